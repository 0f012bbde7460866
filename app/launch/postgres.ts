import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive, postmaster, stopLeftover } from './postgres-leftover'
import { type ServerPlace, serverFolder, serverPlace } from './postgres-user'

const OWNER = 'kapacitet_owner'
const APP_LOGIN = 'kapacitet_app'
export const DATABASE = 'kapacitet'
const PORT = 5432 // only names the socket file; nothing listens on the network

interface Access {
  owner: string
  app: string
  port?: number
}

export interface PostgresServer {
  /** Connection string of the owner (superuser of this cluster: migrates, creates databases). */
  ownerUrl(database: string): string
  /** Connection string of the app's own login, which owns nothing. */
  appUrl(database: string): string
  appPassword: string
  pid: number
  /** Called once when the server ends without having been asked to. */
  onUnexpectedExit(listener: (reason: string) => void): void
  /** Ends open transactions, writes a checkpoint and stops. Safe to call twice. */
  stop(): Promise<void>
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Passwords and, on Windows, the port; made once and kept for the life of the cluster, readable by the app's user alone. */
async function accessOf(dataDir: string, cluster: string): Promise<Access> {
  const file = join(dataDir, 'database-access.json')
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Access
  if (existsSync(cluster))
    throw new Error(`The passwords of the database in ${cluster} are missing: bring ${file} back, or remove that folder to begin anew.`)
  const secret = () => randomBytes(24).toString('base64url')
  const access: Access = { owner: secret(), app: secret(), ...(process.platform === 'win32' ? { port: await freePort() } : {}) }
  writeFileSync(`${file}.new`, JSON.stringify(access), { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return access
}

/** A Unix socket's path ends at 107 bytes and PostgreSQL adds „/.s.PGSQL.5432“ (with .lock) to it: a deep DATA_DIR gets a short folder under the temporary one. */
export function socketFolder(dataDir: string) {
  const near = join(serverFolder(dataDir), 'run')
  if (Buffer.byteLength(near) <= 80) return near
  return join(tmpdir(), `kapacitet-${createHash('sha256').update(near).digest('hex').slice(0, 16)}`)
}

function ownFolder(folder: string, { user }: ServerPlace, mode: number) {
  mkdirSync(folder, { recursive: true, mode })
  const owner = statSync(folder).uid
  if (owner !== process.getuid?.() && owner !== user.uid) throw new Error(`${folder} belongs to somebody else; remove it and start again.`)
  chmodSync(folder, mode)
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid)
}

/** Written under another name and renamed, so an interrupted first start leaves nothing that looks like a cluster. */
function createCluster(place: ServerPlace, password: string) {
  const fresh = join(place.folder, 'postgres.new')
  const passwordFile = join(place.folder, 'initdb.password')
  rmSync(fresh, { recursive: true, force: true })
  rmSync(passwordFile, { force: true })
  ownFolder(fresh, place, 0o700)
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (place.user.uid !== undefined && place.user.gid !== undefined) chownSync(passwordFile, place.user.uid, place.user.gid)
  try {
    const run = spawnSync(
      join(place.native, 'bin', 'initdb'),
      [
        `--pgdata=${fresh}`,
        `--username=${OWNER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=icu',
        '--icu-locale=bg-BG',
        '--no-instructions',
      ],
      { ...place.user, cwd: fresh, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C' } },
    )
    if (run.error) throw run.error
    if (run.status !== 0) throw new Error(`initdb could not create the database in ${fresh}:\n${run.stderr}`)
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(fresh, join(place.folder, 'postgres'))
}

/** Small on purpose: app and database together stay under 400 MiB. Given on the command line, so an upgrade of the app brings its own. */
function settings(durable: boolean): Record<string, string | number> {
  return {
    max_connections: 40,
    shared_buffers: '64MB',
    effective_cache_size: '512MB',
    work_mem: '6MB',
    maintenance_work_mem: '48MB',
    max_wal_size: '256MB',
    min_wal_size: '64MB',
    random_page_cost: 1.1,
    jit: 'off',
    io_method: 'sync',
    max_worker_processes: 2,
    max_parallel_workers_per_gather: 0,
    max_wal_senders: 0,
    autovacuum: 'on',
    autovacuum_max_workers: 2,
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'warning',
    fsync: durable ? 'on' : 'off',
    synchronous_commit: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
  }
}

function logFile(dataDir: string) {
  const file = join(dataDir, 'postgres.log')
  if (existsSync(file) && statSync(file).size > 10_000_000) renameSync(file, `${file}.1`)
  return file
}

function launch(
  place: ServerPlace,
  cluster: string,
  sockets: string,
  log: string,
  options: { durable: boolean; port?: number; connections?: number },
) {
  const windows = process.platform === 'win32'
  const given = { ...settings(options.durable), ...(options.connections ? { max_connections: options.connections } : {}) }
  const args = ['-D', cluster, '-p', String(options.port ?? PORT), '-c', `listen_addresses=${windows ? '127.0.0.1' : ''}`]
  if (!windows) args.push('-c', `unix_socket_directories=${sockets}`, '-c', 'unix_socket_permissions=0777') // the folder guards it
  for (const [name, value] of Object.entries(given)) args.push('-c', `${name}=${value}`)
  const output = openSync(log, 'a', 0o600)
  // A session of its own: Ctrl-C reaches the whole terminal group, and the database must outlive the requests that are still running.
  return spawn(join(place.native, 'bin', 'postgres'), args, {
    ...place.user,
    cwd: cluster,
    detached: !windows,
    stdio: ['ignore', output, output],
    env: { ...process.env, LC_ALL: 'C' },
  })
}

async function becomeReady(child: ChildProcess, cluster: string, log: string) {
  let ended: string | undefined
  child.once('error', (error) => (ended = error.message))
  child.once('exit', (code, signal) => (ended ??= `ended with ${signal ?? `code ${code}`}`))
  for (let waited = 0; !(postmaster(cluster)?.pid === child.pid && postmaster(cluster)?.ready); waited += 20) {
    if (ended)
      throw new Error(
        `PostgreSQL did not start (${ended}). The end of ${log}:\n${readFileSync(log, 'utf8').split('\n').slice(-15).join('\n')}`,
      )
    if (waited > 180_000) throw new Error(`PostgreSQL is not ready after three minutes; see ${log}.`) // recovery after a crash takes its time
    await sleep(20)
  }
}

/** The processes of a server that was killed may hold its memory a moment longer than itself: the new one then refuses, and is tried again. */
async function beginUntilReady(begin: () => ChildProcess, cluster: string, log: string) {
  for (let attempt = 1; ; attempt++) {
    const child = begin()
    const exited = new Promise<string>((resolve) => child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`)))
    try {
      await becomeReady(child, cluster, log)
      return { child, exited }
    } catch (error) {
      if (attempt === 10 || !/still in use/.test((error as Error).message)) throw error
      await sleep(500)
    }
  }
}

/**
 * Starts the embedded PostgreSQL of this DATA_DIR, creating the cluster (UTF-8, ICU bg-BG) on the first start and stopping one that
 * outlived its app. Resolves when it accepts connections. `durable: false` is for throw-away data: nothing survives a crash.
 * Throws with the end of the server's log when it does not start.
 */
export async function startPostgres({
  dataDir,
  durable = true,
  connections,
}: {
  dataDir: string
  durable?: boolean
  connections?: number
}): Promise<PostgresServer> {
  const place = serverPlace(dataDir)
  const cluster = join(place.folder, 'postgres')
  const access = await accessOf(dataDir, cluster)
  if (!existsSync(join(cluster, 'PG_VERSION'))) createCluster(place, access.owner)
  const sockets = socketFolder(dataDir)
  await stopLeftover(cluster, sockets)
  ownFolder(sockets, place, 0o700)
  const log = logFile(dataDir)
  const begin = () => launch(place, cluster, sockets, log, { durable, port: access.port, connections })
  const { child, exited } = await beginUntilReady(begin, cluster, log)
  let stopping = false
  const host = access.port ? `127.0.0.1:${access.port}` : encodeURIComponent(sockets)
  const urlFor = (user: string, password: string) => (database: string) => `postgres://${user}:${password}@${host}/${database}`
  return {
    ownerUrl: urlFor(OWNER, access.owner),
    appUrl: urlFor(APP_LOGIN, access.app),
    appPassword: access.app,
    pid: child.pid!,
    onUnexpectedExit(listener) {
      void exited.then((reason) => !stopping && listener(reason))
    },
    async stop() {
      stopping = true
      if (child.exitCode === null && child.signalCode === null && isAlive(child.pid!)) {
        if (process.platform === 'win32') spawnSync(join(place.native, 'bin', 'pg_ctl'), ['stop', '-D', cluster, '-m', 'fast', '-w'])
        else child.kill('SIGINT')
      }
      await exited
    },
  }
}
