import { spawn, spawnSync } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAlive } from '~/launch/postgres-leftover'
import { embeddedApp, eventually, isReady, webPids } from './embedded-app'

const embedded = embeddedApp()
const kept = () => embedded.asked<{ n: number }>('select n from kept order by n').then((rows) => rows.map((row) => row.n))

beforeAll(async () => {
  const app = await embedded.start()
  await embedded.asked('create table kept (n int); insert into kept values (1)')
  expect(await app.stop()).toBe(0)
})
afterAll(() => embedded.end())

test('a stop leaves no process, and a second start finds what was kept', async () => {
  expect(embedded.databasePid()).toBeUndefined()
  const app = await embedded.start()
  const pids = [app.pid, embedded.databasePid()!, ...(await webPids(app.baseUrl))]
  expect(pids).toHaveLength(4)
  expect(await kept()).toEqual([1])
  expect(await app.stop()).toBe(0)
  expect(pids.filter(isAlive)).toEqual([])
})

test('a second start on the same data says so and ends with 1', async () => {
  const app = await embedded.start()
  const second = spawnSync(process.execPath, ['build/server/index.js'], {
    env: { ...process.env, DATABASE_URL: '', DATABASE_OWNER_URL: '', DATA_DIR: embedded.dataDir, PORT: '0' },
    encoding: 'utf8',
  })
  expect(second.stderr).toContain(`already running with the data in ${embedded.dataDir}`)
  expect(second.status).toBe(1)
  expect(await isReady(app.baseUrl)).toBe(true)
  await app.stop()
})

test('a start right after a stop waits for it to end', async () => {
  const app = await embedded.start()
  const stopped = app.stop()
  const next = await embedded.start()
  expect(await stopped).toBe(0)
  expect(await isReady(next.baseUrl)).toBe(true)
  await next.stop()
})

test('a stop in the middle of a start leaves no process', async () => {
  const child = spawn(process.execPath, ['build/server/index.js'], {
    env: { ...process.env, DATABASE_URL: '', DATABASE_OWNER_URL: '', DATA_DIR: embedded.dataDir, PORT: '0' },
  })
  await eventually('the database has begun to start', () => embedded.databasePid() !== undefined)
  const database = embedded.databasePid()!
  child.kill('SIGTERM')
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0)
  expect(isAlive(database)).toBe(false)
})

test('after kill -9 of the app alone its web processes end, and the next start takes the database over', async () => {
  const app = await embedded.start()
  const web = await webPids(app.baseUrl)
  const left = embedded.databasePid()!
  await embedded.asked('insert into kept values (2)')
  process.kill(app.pid, 'SIGKILL')
  await eventually('the web processes end', () => !web.some(isAlive))
  expect(isAlive(left)).toBe(true)
  const next = await embedded.start()
  expect(isAlive(left)).toBe(false)
  expect(await kept()).toEqual([1, 2])
  await next.stop()
})

test('after kill -9 of the database alone it is started again and the pages come back', async () => {
  const app = await embedded.start()
  await embedded.asked('insert into kept values (3)')
  const killed = embedded.databasePid()!
  process.kill(killed, 'SIGKILL')
  await eventually('another server runs', () => (embedded.databasePid() ?? killed) !== killed)
  await eventually('the app is ready', () => isReady(app.baseUrl))
  expect((await fetch(`${app.baseUrl}/login`)).status).toBe(200)
  expect(await kept()).toEqual([1, 2, 3])
  expect(await app.stop()).toBe(0)
})

test('after kill -9 of everything the next start recovers', async () => {
  const app = await embedded.start()
  await embedded.asked('insert into kept values (4)')
  const all = [app.pid, ...(await webPids(app.baseUrl)), embedded.databasePid()!]
  for (const pid of all) process.kill(pid, 'SIGKILL')
  await eventually('all are gone', () => !all.some(isAlive))
  expect(embedded.databasePid()).toBe(all.at(-1)) // the stale postmaster.pid is what the next start meets
  const next = await embedded.start()
  expect(await kept()).toEqual([1, 2, 3, 4])
  await next.stop()
})

test('a web process that dies is replaced', async () => {
  const app = await embedded.start()
  const [first] = await webPids(app.baseUrl)
  process.kill(first!, 'SIGKILL')
  await eventually('two other processes serve', async () => {
    return !(await webPids(app.baseUrl)).includes(first!)
  })
  await app.stop()
})
