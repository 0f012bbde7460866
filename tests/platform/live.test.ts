import pg from 'pg'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { disconnect } from '~/platform/db.server'
import { endLive, onNews, tellNews } from '~/platform/live.server'

let owner: pg.Client
beforeAll(async () => {
  owner = new pg.Client(process.env.DATABASE_OWNER_URL)
  await owner.connect()
})
afterAll(async () => {
  await endLive()
  await owner.end()
  await disconnect()
})

/** The connection of this process that listens; undefined while there is none. */
async function listening(): Promise<number | undefined> {
  const { rows } = await owner.query<{ pid: number }>(
    `select pid from pg_stat_activity where application_name = 'kapacitet-live' and datname = current_database() and state = 'idle' and query like 'listen%'`,
  )
  return rows[0]?.pid
}

test('a listener whose connection is broken again and again is soon back each time, and told that news may have been missed', async () => {
  const heard: (string | null)[] = []
  const waits = vi.spyOn(globalThis, 'setTimeout')
  onTestFinished(() => waits.mockRestore())
  onNews('test_news', (subject) => heard.push(subject))
  for (let times = 1; times <= 4; times++) {
    await expect.poll(listening).toBeDefined()
    const pid = await listening()
    const missed = heard.filter((subject) => subject === null).length
    waits.mockClear()
    await owner.query('select pg_terminate_backend($1)', [pid])
    await expect.poll(() => heard.filter((subject) => subject === null).length, { interval: 20 }).toBe(missed + 1)
    // of the waits asked for, that before the line is made again; it may not grow from one time to the next
    expect(
      waits.mock.calls.map(([, ms]) => ms).filter((ms) => ms! >= 500),
      `after ${times} times`,
    ).toEqual([500])
    expect(await listening()).not.toBe(pid)
  }
  tellNews('test_news', 'зала 1')
  await expect.poll(() => heard.at(-1)).toBe('зала 1')
})
