import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { DATABASE, startPostgres } from '~/launch/postgres'
import { clusterFolders } from '~/launch/postgres-user'
import { migrate } from '~/platform/migrate.server'
import { measureCertificates } from './certificates'
import { measureCheckIn } from './check-in'
import { fill, type RosterSize, type World } from './data'
import { measure, type Figure } from './load'
import { processorTime, proportionalMemory } from './memory'
import { measurePolicyCost } from './policy-cost'
import { weighRoster } from './weight'

type Goal = { p50?: number; p95?: number; perSecond?: number }

const judged = (figure: Figure, goal: Goal): Figure => ({
  ...figure,
  goal: [goal.p50 ? `p50 ≤ ${goal.p50} ms` : '', goal.p95 ? `p95 ≤ ${goal.p95} ms` : '', goal.perSecond ? `≥ ${goal.perSecond}/s` : '']
    .filter(Boolean)
    .join(', '),
  met:
    (!goal.p50 || figure.p50 <= goal.p50) &&
    (!goal.p95 || figure.p95 <= goal.p95) &&
    (!goal.perSecond || figure.perSecond >= goal.perSecond),
})

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function startServer(env: Record<string, string>, profile: boolean) {
  const child = spawn(
    process.execPath,
    [...(profile ? ['--cpu-prof', '--cpu-prof-dir=tests/.output/profiles'] : []), 'build/server/index.js'],
    {
      env: { ...process.env, NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let said = ''
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The app ended with ${code}:\n${said}`)))
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        said += chunk
        if (said.includes('Капацитет работи на')) resolve()
      })
  })
  return {
    pid: child.pid!,
    said: () => said,
    stop: () => new Promise<void>((resolve) => (child.once('exit', () => resolve()), child.kill('SIGTERM'))),
  }
}

/** Process numbers of the web processes, as the app's own figures name them. */
async function webProcesses(baseUrl: string): Promise<number[]> {
  const text = await fetch(`${baseUrl}/metrics`).then((answer) => answer.text())
  return [...text.matchAll(/^process_uptime_seconds\{pid="(\d+)"\}/gm)].map(([, pid]) => Number(pid))
}

/** A roster as a browser sends it: every row changes at every save, so nothing is saved by being the same. */
function rosterBody(world: World, size: RosterSize, i: number) {
  const { trainingId, sessionId, people } = world.rosters[size][i % world.rosters[size].length]!
  const mark = Math.floor(i / world.rosters[size].length) % 2 ? 'absent' : 'present'
  const form = new URLSearchParams({
    _for: `${world.municipalityId}.${world.accountId}`,
    _key: randomUUID(),
    intent: 'save',
    sessionId,
    seen: '999999999999999',
    reason: 'Измерване', // the sessions are over, and a mark made later wants one
  })
  for (const person of people) {
    form.append(`mark.${person}`, mark)
    form.append(`late.${person}`, '')
    form.append(`early.${person}`, '')
  }
  return {
    path: `/trainings/${trainingId}/attendance?session=${sessionId}`,
    method: 'POST' as const,
    body: form.toString(),
    cookie: world.cookie,
    status: 302,
  }
}

/**
 * Everything `npm run bench` measures; `only` keeps the scenarios whose name contains it, `profile` leaves a CPU profile of each process in
 * tests/.output/profiles. Prints a table and writes the figures as JSON.
 */
export async function bench({ only, profile }: { only?: string; profile: boolean }) {
  const folder = mkdtempSync(join(tmpdir(), 'kapacitet-bench-'))
  const server = await startPostgres({ dataDir: folder, durable: true })
  try {
    await run(folder, server, only, profile)
  } finally {
    await server.stop()
    for (const path of [...clusterFolders(folder), folder]) rmSync(path, { recursive: true, force: true })
  }
}

async function run(folder: string, server: Awaited<ReturnType<typeof startPostgres>>, only: string | undefined, profile: boolean) {
  const ownerUrl = server.ownerUrl(DATABASE)
  await prepareDatabase(server)
  await migrate(ownerUrl)
  console.log('Filling the database …')
  const world = await fill(ownerUrl)
  const port = await freePort()
  const baseUrl = `http://127.0.0.1:${port}`
  const env = {
    PORT: String(port),
    HOST: '127.0.0.1',
    BASE_URL: baseUrl,
    DATA_DIR: join(folder, 'app'),
    DATABASE_URL: server.appUrl(DATABASE),
    DATABASE_OWNER_URL: ownerUrl,
    LOG_LEVEL: 'error',
  }
  let app = await startServer(env, profile)
  const wanted = (name: string) => !only || name.includes(only)
  const figures: Figure[] = []
  const extra: Record<string, unknown> = { cores: cpus().length, cpu: cpus()[0]?.model, node: process.version }
  try {
    await sleep(5_000)
    extra.memoryIdleMiB = Math.round(proportionalMemory([app.pid, server.pid]))
    const get = (path: string, cookie: string | undefined = world.cookie) => ({ path, cookie, status: 200 })
    const roster = (size: RosterSize) => (i: number) => {
      const { trainingId, sessionId } = world.rosters[size][i % world.rosters[size].length]!
      return get(`/trainings/${trainingId}/attendance?session=${sessionId}`)
    }
    const SIZES = world.rosters[200].length
    const scenarios: [string, (i: number) => Parameters<typeof measure>[2] extends (i: number) => infer C ? C : never, Goal][] = [
      ['login page', () => ({ path: '/login', status: 200 }), { perSecond: 600 }],
      ['home', () => get('/'), { p50: 12 }],
      ['trainings list', () => get('/trainings?when=all'), {}],
      ['staff list', () => get(`/staff?q=${encodeURIComponent('желева-19')}`), {}],
      ['project page', () => get(`/projects/${world.projectId}`), {}],
      ['roster page 30', roster(30), {}],
      ['roster page 200', roster(200), { p50: 25, perSecond: 100 }],
      ['sheet of 200', (i) => get(`/sessions/${world.rosters[200][i % SIZES]!.sessionId}/sheet.pdf`), { p50: 300 }],
      ['roster save 30', (i) => rosterBody(world, 30, i), { perSecond: 200 }],
      ['roster save 200', (i) => rosterBody(world, 200, i), { p50: 25, perSecond: 100 }],
      ['roster save 500', (i) => rosterBody(world, 500, i), { p95: 400 }],
    ]
    const cpu = () => [processorTime([app.pid]), processorTime([server.pid])]
    let peak = 0
    const watch = setInterval(() => (peak = Math.max(peak, proportionalMemory([app.pid, server.pid]))), 1000)
    for (const [name, make, goal] of scenarios) {
      if (!wanted(name)) continue
      const figure = judged(await measure(baseUrl, name, make, { cpu }), goal)
      figures.push(figure)
      say(figure)
    }
    if (wanted('certificates')) {
      const { perSecond, verifyPath } = await measureCertificates(baseUrl, ownerUrl, world)
      extra.certificatesPerSecond = Math.round(perSecond * 10) / 10
      console.log(`certificates made, numbered and stored: ${perSecond.toFixed(1)}/s (goal ≥ 100/s)`)
      const figure = await measure(baseUrl, 'verify page', () => ({ path: verifyPath, status: 200 }))
      figures.push(figure)
      say(figure)
    }
    if (wanted('check-in')) {
      if ((await webProcesses(baseUrl)).length < 2)
        throw new Error('check-in is measured over two web processes: this machine gives the app one')
      const kill = {
        oneWebProcess: async () => void process.kill((await webProcesses(baseUrl))[0]!, 'SIGKILL'),
        async wholeApp() {
          for (const pid of [app.pid, ...(await webProcesses(baseUrl))]) process.kill(pid, 'SIGKILL')
          app = await startServer(env, profile)
        },
      }
      extra.checkIn = await measureCheckIn(baseUrl, ownerUrl, world, cpu, kill)
    }
    clearInterval(watch)
    extra.memoryPeakMiB = Math.round(peak)
    if (wanted('weight')) extra.coldRoster = await weighRoster(baseUrl, world)
    if (wanted('policy')) extra.policyCost = await measurePolicyCost(server.appUrl(DATABASE), ownerUrl, world)
  } finally {
    await app.stop()
  }
  console.log(JSON.stringify(extra, null, 2))
  mkdirSync('tests/.output', { recursive: true })
  writeFileSync('tests/.output/bench.json', JSON.stringify({ at: new Date().toISOString(), figures, ...extra }, null, 2))
  console.log('Written to tests/.output/bench.json')
}

async function prepareDatabase(server: Awaited<ReturnType<typeof startPostgres>>) {
  const admin = new pg.Client(server.ownerUrl('postgres'))
  await admin.connect()
  await admin.query(
    `do $$ begin create role kapacitet_app login nosuperuser nocreatedb nocreaterole nobypassrls; exception when duplicate_object then null; end $$`,
  )
  await admin.query(`alter role kapacitet_app login password '${server.appPassword}'`)
  await admin.query(`create database ${DATABASE}`).catch((error: Error) => {
    if (!/exists|already/.test(error.message)) throw error
  })
  await admin.end()
}

const say = ({ name, p50, p95, perSecond, bytes, cpu, goal, met }: Figure) =>
  console.log(
    `${name.padEnd(18)} p50 ${p50.toFixed(1).padStart(6)} ms  p95 ${p95.toFixed(1).padStart(6)} ms  8 at once ${perSecond.toFixed(1).padStart(7)}/s  ${(bytes / 1000).toFixed(1).padStart(6)} kB  cpu ${cpu.map((ms) => ms.toFixed(1)).join(' + ')} ms${goal ? `  goal ${goal}: ${met ? 'met' : 'MISSED'}` : ''}`,
  )
