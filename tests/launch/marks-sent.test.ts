import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sealedPage } from '~/domain/attendance/drawn-page.server'
import { recountAttendance } from '~/domain/attendance/recount.server'
import { isAlive } from '~/launch/postgres-leftover'
import { disconnect, inMunicipality } from '~/platform/db.server'
import { aTraining } from '../factories'
import { type RunningApp, startApp } from '../setup/app-server'
import { eventually, webPids } from './embedded-app'

const PEOPLE = 60
const SAVES = 30
const HOUR = 3_600_000
/** For an answer, also while the processes that died are replaced. */
const PATIENCE_MS = 120_000
const owner = new pg.Client(process.env.DATABASE_OWNER_URL)
let app: RunningApp | undefined

beforeAll(() => owner.connect())
afterAll(async () => {
  await app?.stop()
  await owner.end()
  await disconnect()
})

test('kill -9 of every web process while a device sends its marks: asked again, each mark is one claim', async () => {
  const now = Date.now()
  const span = { startsAt: new Date(now - HOUR).toISOString(), endsAt: new Date(now + HOUR).toISOString() }
  const w = await aTraining({ people: PEOPLE, capacity: PEOPLE, sessions: [span] })
  const sessionId = w.sessions[0]!.id
  const keys = Array.from({ length: SAVES }, () => randomUUID())
  // everybody is marked again and again on one page, the last time absent
  const saves = keys.map((key, at) => ({
    key,
    at: now - 60_000 + at,
    seen: '0',
    after: keys.slice(0, at),
    drawn: sealedPage(w.trainer.actor, sessionId, { at: now - 120_000, seen: '0' }),
    reason: null,
    rows: w.people.map(({ id: personId }) => ({
      personId,
      mark: at === SAVES - 1 ? 'absent' : 'present',
      lateMinutes: at === SAVES - 1 ? 0 : at,
      leftEarlyMinutes: 0,
    })),
  }))
  app = await startApp()
  const processes = await webPids(app.baseUrl)
  const claims = async () =>
    Number((await owner.query(`select count(*) n from "AttendanceClaim" where "sessionId" = $1`, [sessionId])).rows[0].n)

  let lost = 0
  async function send(batch: typeof saves, timeout = 10_000): Promise<{ outcome: string }[]> {
    for (const until = Date.now() + PATIENCE_MS; ;)
      try {
        const answer = await fetch(`${app!.baseUrl}/sessions/${sessionId}/marks`, {
          method: 'POST',
          headers: { cookie: w.trainer.cookie, 'sec-fetch-site': 'same-origin' },
          body: new URLSearchParams({
            _for: `${w.municipalityId}.${w.trainer.accountId}`,
            deviceNow: String(Date.now()),
            saves: JSON.stringify(batch),
          }),
          signal: AbortSignal.timeout(timeout),
        })
        if (answer.status !== 200) throw new Error(`answered ${answer.status}`)
        return ((await answer.json()) as { answers: { outcome: string }[] }).answers
      } catch (error) {
        lost += 1
        if (Date.now() > until) throw error
        await sleep(100)
      }
  }
  /** While the session is kept from them a request has come and cannot end: it is lost for certain. */
  async function killInTheMiddle() {
    while ((await claims()) < PEOPLE * 3) await sleep(2)
    await owner.query('begin')
    await owner.query(`select from "Session" where "id" = $1 for update`, [sessionId])
    const waits = 'select from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids("pid"))'
    await eventually('a request waits for the session', async () => (await owner.query(waits)).rowCount! > 0)
    for (const pid of processes) process.kill(pid, 'SIGKILL')
    await eventually('they are gone', () => !processes.some(isAlive))
    await owner.query('rollback')
  }
  const killed = killInTheMiddle()
  const answers: { outcome: string }[] = []
  for (const save of saves) answers.push(...(await send([save])))
  await killed
  expect(lost).toBeGreaterThan(0)
  expect(answers.map(({ outcome }) => outcome).filter((outcome) => outcome !== 'taken' && outcome !== 'known')).toEqual([])
  expect(answers).toHaveLength(PEOPLE * SAVES)

  const again = await send(saves, 60_000)
  expect(new Set(again.map(({ outcome }) => outcome))).toEqual(new Set(['known']))
  const { rows } = await owner.query(
    `select count(*)::int n, count(distinct ("personId", "key"))::int pairs from "AttendanceClaim" where "sessionId" = $1`,
    [sessionId],
  )
  expect(rows).toEqual([{ n: PEOPLE * SAVES, pairs: PEOPLE * SAVES }])
  await inMunicipality(w.coordinator.actor, async (tx) => {
    expect(await tx.attendance.count({ where: { sessionId, mark: 'absent', isConflicting: false } })).toBe(PEOPLE)
    expect((await recountAttendance(tx, w.municipalityId)).faults).toEqual([])
  })
})
