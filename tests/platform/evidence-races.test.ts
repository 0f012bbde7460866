import type pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { aTraining } from '../factories'
import { claimed, closed, marked } from './evidence-rows'
import { asApp, asOwner, endConnections, rowsOf, valueOf, within } from './raw-sql'

let owner: pg.Client
endConnections()
beforeAll(async () => {
  owner = await asOwner()
})

type Run = (client: pg.Client) => Promise<unknown>

/** A session of the past in which both people of its training are marked. */
async function aMarkedSession() {
  const { municipalityId, sessions, people } = await aTraining()
  const sessionId = sessions[0]!.id
  const places = people.map(({ id: personId }) => ({ municipalityId, sessionId, personId }))
  const claims: string[] = []
  await within(owner, municipalityId, async () => {
    for (const place of places) claims.push(await marked(owner, place))
  })
  return { municipalityId, sessionId, first: places[0]!, claims }
}

async function begun(municipalityId: string) {
  const client = await asApp()
  await client.query('begin')
  await client.query(`select set_config('app.municipalities', $1, true)`, [`{${municipalityId}}`])
  return client
}

/**
 * Runs `first` in a transaction and, before it ends, `second` in another, which has to wait for it; then ends the first as told. Returns
 * the constraint that refused the second, or null once it is committed.
 */
async function oneAfterOther(municipalityId: string, first: Run, second: Run, end: 'commit' | 'rollback' = 'commit') {
  const [one, other] = [await begun(municipalityId), await begun(municipalityId)]
  const pid = await valueOf(other, 'select pg_backend_pid()')
  await first(one)
  const outcome = second(other).then(
    () => other.query('commit').then(() => null),
    (error: pg.DatabaseError) => other.query('rollback').then(() => error.constraint ?? error.message),
  )
  await expect.poll(() => valueOf(owner, 'select cardinality(pg_blocking_pids($1))', [pid])).toBe(1)
  await one.query(end)
  return outcome
}

const closures = (sessionId: string) => rowsOf(owner, `select "lastClaimId" from "SheetClosure" where "sessionId" = $1`, [sessionId])
const ids = (sessionId: string) =>
  rowsOf(owner, `select "id" from "AttendanceClaim" where "sessionId" = $1 order by 1`, [sessionId]).then((rows) =>
    rows.map((row) => row['id']),
  )

describe('a claim and the closure of its sheet at the same moment', () => {
  test('the closure that comes second is refused while it does not know of the claim, and stands once it does', async () => {
    const { municipalityId, sessionId, first, claims } = await aMarkedSession()
    const close: Run = (client) => closed(client, { municipalityId, sessionId }, claims.at(-1)!)
    expect(await oneAfterOther(municipalityId, (client) => claimed(client, first, 'mark', 'absent'), close)).toBe(
      'sheet_closure_knows_claims',
    )
    expect(await closures(sessionId)).toEqual([])
    const last = (await ids(sessionId)).at(-1)
    await within(owner, municipalityId, () => closed(owner, { municipalityId, sessionId }, last))
    expect(await closures(sessionId)).toEqual([{ lastClaimId: last }])
  })

  test('the closure that comes second is refused when the claim brought a contradiction', async () => {
    const { municipalityId, sessionId, first } = await aMarkedSession()
    const contradict: Run = async (client) => {
      await claimed(client, first, 'mark', 'absent')
      await client.query(`update "Attendance" set "isConflicting" = true where "sessionId" = $1 and "personId" = $2`, [
        sessionId,
        first.personId,
      ])
    }
    expect(await oneAfterOther(municipalityId, contradict, (client) => closed(client, { municipalityId, sessionId }))).toBe(
      'sheet_is_whole',
    )
    expect(await closures(sessionId)).toEqual([])
  })

  test('a claim taken back is in nobody’s way', async () => {
    const { municipalityId, sessionId, first, claims } = await aMarkedSession()
    const close: Run = (client) => closed(client, { municipalityId, sessionId }, claims.at(-1)!)
    expect(await oneAfterOther(municipalityId, (client) => claimed(client, first), close, 'rollback')).toBeNull()
    expect(await closures(sessionId)).toEqual([{ lastClaimId: claims.at(-1) }])
  })

  test.each(['mark', 'check_in', 'check_out'])('the %s that comes second is refused', async (kind) => {
    const { municipalityId, sessionId, first, claims } = await aMarkedSession()
    const close: Run = (client) => closed(client, { municipalityId, sessionId })
    expect(await oneAfterOther(municipalityId, close, (client) => claimed(client, first, kind))).toBe('sheet_is_closed')
    expect(await ids(sessionId)).toEqual(claims)
  })

  test.each(['proposal', 'correction'])('the %s that comes second stays', async (kind) => {
    const { municipalityId, sessionId, first, claims } = await aMarkedSession()
    const close: Run = (client) => closed(client, { municipalityId, sessionId })
    expect(await oneAfterOther(municipalityId, close, (client) => claimed(client, first, kind, 'absent', 'по списъка'))).toBeNull()
    expect(await ids(sessionId)).toHaveLength(claims.length + 1)
  })

  test('a closure taken back is in nobody’s way', async () => {
    const { municipalityId, sessionId, first, claims } = await aMarkedSession()
    const close: Run = (client) => closed(client, { municipalityId, sessionId })
    expect(await oneAfterOther(municipalityId, close, (client) => claimed(client, first), 'rollback')).toBeNull()
    expect(await ids(sessionId)).toHaveLength(claims.length + 1)
  })
})

test('of six closures at once one stands', async () => {
  const { municipalityId, sessionId } = await aMarkedSession()
  const clients = await Promise.all(Array.from({ length: 6 }, asApp))
  const results = await Promise.allSettled(
    clients.map((client) => within(client, municipalityId, () => closed(client, { municipalityId, sessionId }))),
  )
  expect(results.flatMap((one) => (one.status === 'rejected' ? [(one.reason as pg.DatabaseError).constraint] : []))).toEqual(
    Array(5).fill('SheetClosure_pkey'),
  )
  expect(await closures(sessionId)).toHaveLength(1)
})

test('forty marks and a closure at once: the closure knows of all that stand, or does not stand', async () => {
  const { municipalityId, sessionId, first } = await aMarkedSession()
  const clients = await Promise.all(Array.from({ length: 10 }, asApp))
  const marks = clients.flatMap((client) => [
    async () => {
      for (let i = 0; i < 4; i++) await within(client, municipalityId, () => claimed(client, first)).catch(isClosed)
    },
  ])
  const closer = await asApp()
  const close = async () => {
    for (let i = 0; i < 200 && (await closures(sessionId)).length === 0; i++)
      await within(closer, municipalityId, () => closed(closer, { municipalityId, sessionId })).catch(isUnknowing)
  }
  await Promise.all([...marks.map((mark) => mark()), close()])
  expect(await closures(sessionId)).toEqual([{ lastClaimId: (await ids(sessionId)).at(-1) }])
})
const onlyBy = (name: string) => (error: pg.DatabaseError) => {
  if (error.constraint !== name) throw error
}
const isClosed = onlyBy('sheet_is_closed')
const isUnknowing = onlyBy('sheet_closure_knows_claims')

describe('the times of a session and the closure of its sheet at the same moment', () => {
  const CHANGES: [string, (client: pg.Client, sessionId: string, municipalityId: string) => Promise<unknown>][] = [
    ['a later end', (client, id) => client.query(`update "Session" set "endsAt" = "endsAt" + interval '1 hour' where "id" = $1`, [id])],
    ['check-out switched on', (client, id) => client.query(`update "Session" set "hasCheckOut" = true where "id" = $1`, [id])],
    [
      'a break put down',
      (client, id, municipalityId) =>
        client.query(
          `insert into "SessionBreak" ("municipalityId", "sessionId", "startsAt", "endsAt") values ($1, $2, '2026-11-02T12:00Z', '2026-11-02T12:15Z')`,
          [municipalityId, id],
        ),
    ],
    ['a break taken away', (client, id) => client.query(`delete from "SessionBreak" where "sessionId" = $1`, [id])],
  ]

  test.each(CHANGES)('%s that comes second is refused', async (_, change) => {
    const { municipalityId, sessionId } = await aMarkedSession()
    const close: Run = (client) => closed(client, { municipalityId, sessionId })
    expect(await oneAfterOther(municipalityId, close, (client) => change(client, sessionId, municipalityId))).toBe('closed_session_stays')
  })

  test.each(CHANGES)('%s that comes first is waited for', async (_, change) => {
    const { municipalityId, sessionId } = await aMarkedSession()
    const close: Run = (client) => closed(client, { municipalityId, sessionId })
    expect(await oneAfterOther(municipalityId, (client) => change(client, sessionId, municipalityId), close)).toBeNull()
    expect(await closures(sessionId)).toHaveLength(1)
  })
})

describe('two versions of a funder’s profile at the same moment', () => {
  async function aProfile() {
    const { municipalityId } = await aTraining({ people: 0 })
    const profileId = await within(owner, municipalityId, () =>
      valueOf(owner, `insert into "FunderProfile" ("municipalityId", "name") values ($1, 'Програма') returning "id"`, [municipalityId]),
    )
    const version =
      (validFrom: string): Run =>
      (client) =>
        client.query(
          `insert into "FunderProfileVersion" ("municipalityId", "profileId", "validFrom", "showsEuBlock", "columns", "createdByName") values ($1, $2, $3, false, '{name,signature}', 'Координатор')`,
          [municipalityId, profileId, validFrom],
        )
    return { municipalityId, version }
  }

  test('the second is refused for a day before the first’s', async () => {
    const { municipalityId, version } = await aProfile()
    expect(await oneAfterOther(municipalityId, version('2099-01-01'), version('2098-12-31'))).toBe('funder_version_in_turn')
  })

  test('both stand in their turn, and the second alone when the first is taken back', async () => {
    const { municipalityId, version } = await aProfile()
    expect(await oneAfterOther(municipalityId, version('2098-01-01'), version('2098-01-02'))).toBeNull()
    expect(await oneAfterOther(municipalityId, version('2099-01-01'), version('2098-12-31'), 'rollback')).toBeNull()
  })
})
