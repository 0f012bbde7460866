import { type ChildProcess, fork } from 'node:child_process'
import { createServer } from 'node:net'
import { mkdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Environment, EnvironmentError, readEnvironment } from '~/platform/environment.server'
import { claimPurpose } from './data-purpose'
import { removeDemoData } from './fresh'
import { DATABASE, type PostgresServer, startPostgres } from './postgres'
import { claimDataDir } from './single-instance'
import { type WebProcesses, startWebProcesses } from './web-processes'
import { announce, complain } from './words'

/** Why the start stops; shown to people without a stack trace. */
class StartRefused extends Error {}

type Variables = Record<string, string | undefined>

/** A taken port is said before anything heavy has begun. */
async function checkPort({ port, host }: Environment) {
  if (port === 0) return
  const probe = createServer()
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error: NodeJS.ErrnoException) =>
      reject(new StartRefused(`Cannot listen on port ${port} (${error.code}). Set PORT to another one.`)),
    )
    probe.listen({ port, host }, () => probe.close(() => resolve()))
  })
}

/** Migrates (and seeds the demo) in a process of its own; rejects when that fails, having let it say why. */
async function prepare(entry: string, env: Variables, running: (child: ChildProcess) => void) {
  const child = fork(entry, ['prepare'], { env: env as NodeJS.ProcessEnv, stdio: 'inherit' })
  running(child)
  const code = await new Promise((resolve) => child.once('exit', resolve))
  if (code !== 0) throw new StartRefused('The database could not be prepared; the reason stands above.')
}

/** Starts the embedded server again whenever it ends by itself; the web processes reconnect. */
function watch(
  server: PostgresServer,
  restart: () => Promise<PostgresServer>,
  isStopping: () => boolean,
  replace: (server: PostgresServer) => void,
) {
  server.onUnexpectedExit(async (reason) => {
    complain(`PostgreSQL ended (${reason}); starting it again`)
    for (let pause = 250; !isStopping(); pause = Math.min(pause * 2, 15_000))
      try {
        const next = await restart()
        replace(next)
        if (isStopping()) return void next.stop()
        return watch(next, restart, isStopping, replace)
      } catch (error) {
        complain((error as Error).message)
        await sleep(pause)
      }
  })
}

/** A terminal's Ctrl-C may arrive twice, from the terminal and from npm; only a later one means impatience. */
const SAME_SIGNAL_MS = 2_000

/** Everything a start has begun, ended in the opposite order. */
class Run {
  stoppingSince?: number
  release?: () => void
  database?: PostgresServer
  databaseStart?: Promise<unknown>
  child?: ChildProcess
  web?: WebProcesses

  get stopping() {
    return this.stoppingSince !== undefined
  }

  async stop(code: number): Promise<void> {
    if (this.stoppingSince !== undefined) {
      if (Date.now() - this.stoppingSince > SAME_SIGNAL_MS) this.web?.kill()
      return
    }
    this.stoppingSince = Date.now()
    this.child?.kill('SIGTERM')
    const isInOrder = (await this.web?.stop()) ?? true
    await this.databaseStart?.catch(() => {})
    await this.database?.stop()
    this.release?.()
    process.exit(isInOrder ? code : 1)
  }
}

async function startDatabase(run: Run, env: Environment, entry: string) {
  const fresh = env.isDemo && process.env.KAPACITET_FRESH === '1'
  if (env.externalDatabaseUrl) {
    await checkPort(env)
    if (fresh) throw new StartRefused('--fresh removes the embedded database only; empty the database of DATABASE_URL yourself.')
    await prepare(entry, process.env, (child) => (run.child = child))
    return { ...process.env, DATABASE_OWNER_URL: undefined }
  }
  mkdirSync(env.dataDir, { recursive: true })
  run.release = await claimDataDir(env.dataDir, () => run.stopping)
  if (!run.release)
    throw new StartRefused(
      `Капацитет is already running with the data in ${env.dataDir}. Stop it first, or set DATA_DIR to another folder.`,
    )
  await checkPort(env)
  if (fresh) await removeDemoData(env.dataDir)
  claimPurpose(env.dataDir, env.isDemo)
  const start = () => startPostgres({ dataDir: env.dataDir })
  run.databaseStart = start().then((server) => (run.database = server))
  await run.databaseStart
  if (run.stopping) throw new StartRefused('Stopped while starting.')
  watch(
    run.database!,
    start,
    () => run.stopping,
    (server) => (run.database = server),
  )
  const variables = { ...process.env, DATA_DIR: env.dataDir, DATABASE_URL: run.database!.appUrl(DATABASE) }
  const secrets = { DATABASE_OWNER_URL: run.database!.ownerUrl(DATABASE), KAPACITET_APP_PASSWORD: run.database!.appPassword }
  await prepare(entry, { ...variables, ...secrets }, (child) => (run.child = child))
  return variables
}

/**
 * The first process: starts the embedded PostgreSQL unless DATABASE_URL is set, has it prepared, forks the processes that serve, and
 * keeps all of them alive until SIGINT, SIGTERM or SIGHUP. Loads neither pages nor database client, so it stays small.
 */
export async function runPrimary(entry: string) {
  const run = new Run()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void run.stop(0))
  try {
    const env = readEnvironment(process.env)
    const variables = await startDatabase(run, env, entry)
    void env.sessionSecret // made here once, before several processes would ask for it
    if (run.stopping) return
    run.web = startWebProcesses(entry, env.role, variables)
    const { port } = await run.web.listening
    announce(env, port)
  } catch (error) {
    if (run.stopping) return
    const known = error instanceof StartRefused || error instanceof EnvironmentError
    complain(known || process.env.LOG_LEVEL !== 'debug' ? (error as Error).message : (error as Error).stack!)
    await run.stop(1)
  }
}
