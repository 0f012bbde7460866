import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { auditChainFaults, installationChainFaults, recordEvent, recordInstallationEvent } from '~/platform/audit.server'
import type { ImportActor } from '~/platform/actor'
import { inInstallation, inMunicipality } from '~/platform/db.server'
import { aMunicipality, aTraining, somebody } from '../factories'
import { asApp, asOwner, endConnections, refusalOf, rowsOf, undone, valueOf, within } from './raw-sql'

let owner: pg.Client
let municipalityId: string
let actor: ImportActor
endConnections()
beforeAll(async () => {
  owner = await asOwner()
})
beforeEach(async () => {
  municipalityId = (await aMunicipality()).id
  actor = { kind: 'import', name: 'Проба', municipalityId }
})

const record = (n: number, payload: Parameters<typeof recordEvent>[4] = { n }) =>
  inMunicipality(actor, (tx) => recordEvent(tx, actor, 'probe.made', { type: 'probe', id: String(n) }, payload))
const faults = async () =>
  (await inMunicipality(actor, (tx) => auditChainFaults(tx, municipalityId))).map((one) => `${one.seq} ${one.fault}`)
const sequence = async () =>
  (await rowsOf(owner, `select "seq"::int from "AuditEvent" where "chainId" = $1 order by "seq"`, [municipalityId])).map(
    (row) => row['seq'],
  )

/** Does what only a superuser could: triggers, keys and checks are out of the way. Returns what the chain then says, and undoes it all. */
const afterTampering = (statements: (id: string) => string[], look: () => Promise<unknown> = async () => {}) =>
  undone(owner, async () => {
    await owner.query('set local session_replication_role = replica')
    for (const table of ['AuditEvent', 'AuditPayload', 'AuditErasure'])
      for (const { it } of await rowsOf(
        owner,
        `select quote_ident(conname) as it from pg_constraint where conrelid = $1::regclass and contype in ('c', 'p', 'f')`,
        [`"${table}"`],
      ))
        await owner.query(`alter table "${table}" drop constraint if exists ${it} cascade`)
    for (const statement of statements(municipalityId)) expect((await owner.query(statement)).rowCount, statement).toBeGreaterThan(0)
    await owner.query('set local session_replication_role = origin')
    await look()
    await owner.query(`select set_config('app.municipalities', $1, true)`, [`{${municipalityId}}`])
    return (await rowsOf(owner, 'select "seq"::int, "fault" from audit_chain_faults($1)', [municipalityId])).map(
      (row) => `${row['seq']} ${row['fault']}`,
    )
  })

const event = (id: string, seq: number) => `"chainId" = '${id}' and "seq" = ${seq}`
const RELINK = (text: string) => `encode(sha256(convert_to("previousHash" || ${text}, 'UTF8')), 'hex')`

describe('a chain of six events', () => {
  beforeEach(async () => {
    for (let n = 1; n <= 6; n++) await record(n)
  })

  test('closes', async () => {
    expect(await sequence()).toEqual([1, 2, 3, 4, 5, 6])
    expect(await faults()).toEqual([])
    expect(await afterTampering(() => [])).toEqual([])
  })

  const TAMPERINGS: [string, (id: string) => string[], string[]][] = [
    [
      'a payload altered',
      (id) => [`update "AuditPayload" set "payload" = replace("payload", 'Проба', 'Друг') where ${event(id, 3)}`],
      ['3 payload'],
    ],
    ['a salt altered', (id) => [`update "AuditPayload" set "salt" = '' where ${event(id, 3)}`], ['3 payload']],
    ['a payload deleted without a tombstone', (id) => [`delete from "AuditPayload" where ${event(id, 4)}`], ['4 payload']],
    [
      'a payload put elsewhere',
      (id) => [`update "AuditPayload" set "municipalityId" = gen_random_uuid() where ${event(id, 4)}`],
      ['4 payload'],
    ],
    [
      'two payloads exchanged',
      (id) => [`update "AuditPayload" set "seq" = 5 - "seq" where "chainId" = '${id}' and "seq" in (2, 3)`],
      ['2 payload', '3 payload'],
    ],
    ['the action altered', (id) => [`update "AuditEvent" set "action" = 'probe.undone' where ${event(id, 2)}`], ['2 text']],
    ['the moment altered', (id) => [`update "AuditEvent" set "at" = "at" - interval '1 day' where ${event(id, 2)}`], ['2 text']],
    ['the actor altered', (id) => [`update "AuditEvent" set "actorId" = gen_random_uuid() where ${event(id, 2)}`], ['2 text']],
    ['the actor’s kind altered', (id) => [`update "AuditEvent" set "actorKind" = 'worker' where ${event(id, 2)}`], ['2 text']],
    ['the subject altered', (id) => [`update "AuditEvent" set "subjectId" = '7' where ${event(id, 2)}`], ['2 text']],
    ['the subject’s type altered', (id) => [`update "AuditEvent" set "subjectType" = 'other' where ${event(id, 2)}`], ['2 text']],
    [
      'the hash of the payload altered',
      (id) => [`update "AuditEvent" set "payloadHash" = repeat('a', 64) where ${event(id, 2)}`],
      ['2 payload', '2 text'],
    ],
    [
      'an event shown to another municipality',
      (id) => [`update "AuditEvent" set "municipalityId" = gen_random_uuid() where ${event(id, 2)}`],
      ['2 text'],
    ],
    [
      'the hashed text altered',
      (id) => [`update "AuditEvent" set "hashedText" = replace("hashedText", 'made', 'lost') where ${event(id, 2)}`],
      ['2 link', '2 text'],
    ],
    ['the hashed text made no JSON', (id) => [`update "AuditEvent" set "hashedText" = 'няма' where ${event(id, 2)}`], ['2 link', '2 text']],
    [
      'no JSON, with its hash made anew',
      (id) => [`update "AuditEvent" set "hashedText" = 'няма', "hash" = ${RELINK("'няма'")} where ${event(id, 2)}`],
      ['2 text', '3 link'],
    ],
    [
      'text, column and hash altered together',
      (id) => [
        `update "AuditEvent" set "action" = 'probe.lost', "hashedText" = replace("hashedText", 'made', 'lost'), "hash" = ${RELINK(`replace("hashedText", 'made', 'lost')`)} where ${event(id, 2)}`,
      ],
      ['3 link'],
    ],
    [
      'the last event altered with its hash',
      (id) => [
        `update "AuditEvent" set "action" = 'probe.lost', "hashedText" = replace("hashedText", 'made', 'lost'), "hash" = ${RELINK(`replace("hashedText", 'made', 'lost')`)} where ${event(id, 6)}`,
      ],
      ['6 head'],
    ],
    ['an event deleted', (id) => [`delete from "AuditEvent" where ${event(id, 3)}`], ['3 payload', '4 link', '4 number']],
    [
      'an event deleted with its payload',
      (id) => [`delete from "AuditEvent" where ${event(id, 3)}`, `delete from "AuditPayload" where ${event(id, 3)}`],
      ['4 link', '4 number'],
    ],
    [
      'an event deleted and the rest moved up',
      (id) => [
        `delete from "AuditEvent" where ${event(id, 3)}`,
        `delete from "AuditPayload" where ${event(id, 3)}`,
        `update "AuditEvent" set "seq" = "seq" - 1 where "chainId" = '${id}' and "seq" > 3`,
        `update "AuditPayload" set "seq" = "seq" - 1 where "chainId" = '${id}' and "seq" > 3`,
      ],
      ['3 link', '3 text', '4 text', '5 text', '6 head'],
    ],
    [
      'the first event deleted',
      (id) => [`delete from "AuditEvent" where ${event(id, 1)}`, `delete from "AuditPayload" where ${event(id, 1)}`],
      ['2 link', '2 number'],
    ],
    [
      'the last event deleted',
      (id) => [`delete from "AuditEvent" where ${event(id, 6)}`, `delete from "AuditPayload" where ${event(id, 6)}`],
      ['6 head'],
    ],
    [
      'the end cut off and the head moved back, its payload left',
      (id) => [
        `delete from "AuditEvent" where "chainId" = '${id}' and "seq" > 4`,
        `update "AuditHead" h set "seq" = 4, "hash" = e."hash" from "AuditEvent" e where h."chainId" = '${id}' and e."chainId" = h."chainId" and e."seq" = 4`,
      ],
      ['5 payload', '6 payload'],
    ],
    [
      'all events deleted',
      (id) => [`delete from "AuditEvent" where "chainId" = '${id}'`, `delete from "AuditPayload" where "chainId" = '${id}'`],
      ['6 head'],
    ],
    ['the head deleted', (id) => [`delete from "AuditHead" where "chainId" = '${id}'`], ['6 head']],
    ['the head altered', (id) => [`update "AuditHead" set "hash" = repeat('b', 64) where "chainId" = '${id}'`], ['6 head']],
    [
      'two events exchanged',
      (id) => [`update "AuditEvent" set "seq" = 7 - "seq" where "chainId" = '${id}' and "seq" in (3, 4)`],
      ['3 link', '3 payload', '3 text', '4 link', '4 payload', '4 text', '5 link'],
    ],
    [
      'an event forged at the end',
      (id) => [
        `insert into "AuditEvent" select "chainId", 7, "municipalityId", "at", "actorKind", "actorId", "action", "subjectType", '7', "payloadHash", "hashedText", "hash", repeat('c', 64) from "AuditEvent" where ${event(id, 6)}`,
      ],
      ['6 head', '7 link', '7 payload', '7 text'],
    ],
    [
      'an event forged at the end with everything but the head',
      (id) => [
        `insert into "AuditEvent" select "chainId", 7, "municipalityId", "at", "actorKind", "actorId", "action", "subjectType", "subjectId", "payloadHash", replace("hashedText", '"seq": 6', '"seq": 7'), "hash",
           encode(sha256(convert_to("hash" || replace("hashedText", '"seq": 6', '"seq": 7'), 'UTF8')), 'hex') from "AuditEvent" where ${event(id, 6)}`,
        `insert into "AuditPayload" select "chainId", 7, "municipalityId", "salt", "payload" from "AuditPayload" where ${event(id, 6)}`,
      ],
      ['6 head'],
    ],
    ['an event repeated', (id) => [`insert into "AuditEvent" select * from "AuditEvent" where ${event(id, 3)}`], ['3 link', '3 number']],
    [
      'a tombstone for an event that never was',
      (id) => [`insert into "AuditErasure" ("chainId", "seq", "municipalityId", "reason") values ('${id}', 9, '${id}', 'срок')`],
      ['9 payload'],
    ],
  ]
  test.each(TAMPERINGS)('%s is named', async (_, statements, expected) => {
    expect(await afterTampering(statements)).toEqual(expected)
    expect(await faults()).toEqual([])
  })

  test('an end cut off without a trace closes in itself, and differs from the head noted outside the database', async () => {
    const head = () => valueOf(owner, `select "seq" || ' ' || "hash" from "AuditHead" where "chainId" = $1`, [municipalityId])
    const noted = await head()
    let left: unknown
    const named = await afterTampering(
      (id) => [
        `delete from "AuditEvent" where "chainId" = '${id}' and "seq" > 4`,
        `delete from "AuditPayload" where "chainId" = '${id}' and "seq" > 4`,
        `update "AuditHead" h set "seq" = 4, "hash" = e."hash" from "AuditEvent" e where h."chainId" = '${id}' and e."chainId" = h."chainId" and e."seq" = 4`,
      ],
      async () => (left = await head()),
    )
    expect(named).toEqual([])
    expect(left).toMatch(/^4 /)
    expect(left).not.toBe(noted)
  })

  test('payloads erased by their own function are no fault, and the chain goes on', async () => {
    expect(await valueOf(owner, `select erase_audit_payloads($1, now() + interval '1 minute', 'срок')`, [municipalityId])).toBe(6)
    expect(await faults()).toEqual([])
    await record(7)
    expect(await faults()).toEqual([])
    expect(await afterTampering((id) => [`delete from "AuditErasure" where ${event(id, 2)}`])).toEqual(['2 payload'])
  })
})

test('twenty events at once stand in one row without a gap', async () => {
  await Promise.all(Array.from({ length: 20 }, (_, n) => record(n)))
  expect(await sequence()).toEqual(Array.from({ length: 20 }, (_, n) => n + 1))
  expect(await faults()).toEqual([])
})

test('an event of a change that was taken back leaves no trace', async () => {
  await record(1)
  await expect(
    inMunicipality(actor, async (tx) => {
      await recordEvent(tx, actor, 'probe.made', { type: 'probe', id: '2' })
      throw new Error('taken back')
    }),
  ).rejects.toThrow('taken back')
  expect(await sequence()).toEqual([1])
  await record(3)
  expect(await sequence()).toEqual([1, 2])
  expect(await faults()).toEqual([])
})

test('names lie in the payload alone, so that erasing it erases them', async () => {
  await record(1, { person: 'Йорданка Ѝвова-Петрова', before: null, rows: [{ mark: 'present' }] })
  const [found] = await rowsOf(
    owner,
    `select e."hashedText", to_jsonb(e)::text as event, p."payload" from "AuditEvent" e join "AuditPayload" p using ("chainId", "seq") where e."chainId" = $1`,
    [municipalityId],
  )
  expect(JSON.parse(found!['payload'])).toEqual({
    actor: 'Проба',
    person: 'Йорданка Ѝвова-Петрова',
    before: null,
    rows: [{ mark: 'present' }],
  })
  for (const kept of [found!['hashedText'], found!['event']])
    for (const name of ['Йорданка', 'Проба', 'present']) expect(kept).not.toContain(name)
})

test('the same payload twice has two hashes, so that a hash does not tell what was erased', async () => {
  await record(1, { mark: 'present' })
  await record(1, { mark: 'present' })
  const hashes = await rowsOf(owner, `select "payloadHash" from "AuditEvent" where "chainId" = $1`, [municipalityId])
  expect(new Set(hashes.map((row) => row['payloadHash'])).size).toBe(2)
})

test('the event says who acted and when, by the database’s clock', async () => {
  const coordinator = await somebody(municipalityId, 'coordinator')
  await inMunicipality(coordinator.actor, (tx) => recordEvent(tx, coordinator.actor, 'probe.made', { type: 'probe', id: null }))
  const [found] = await rowsOf(
    owner,
    `select "actorKind", "actorId", "subjectId", abs(extract(epoch from clock_timestamp() - "at")) < 60 as "isNow" from "AuditEvent" where "chainId" = $1`,
    [municipalityId],
  )
  expect(found).toEqual({ actorKind: 'account', actorId: coordinator.accountId, subjectId: null, isNow: true })
})

test('the installation has a chain of its own, which municipalities neither read nor lengthen', async () => {
  const installation = { kind: 'account', accountId: randomUUID(), name: 'Тест', installation: true } as const
  const seen = await inInstallation(installation, async (tx) => {
    await recordInstallationEvent(tx, installation, 'probe.made', { type: 'probe', id: null })
    return [await installationChainFaults(tx), await tx.auditEvent.count()]
  })
  expect(seen).toEqual([[], 1])
  expect(await inMunicipality(actor, (tx) => tx.auditEvent.count())).toBe(0)
  const app = await asApp()
  const refused = await refusalOf(within(app, municipalityId, () => app.query('select * from audit_chain_faults(null)')))
  expect(refused.code).toBe('42501')
})

test('commands of one municipality do not wait for those of another', async () => {
  const other = await aTraining({ people: 0 })
  const app = await asApp()
  await within(app, municipalityId, async () => {
    await app.query(`select append_audit_event($1, 'worker', null, 'probe.held', 'probe', null, '{}')`, [municipalityId])
    // the first transaction still holds its head
    await inMunicipality(other.coordinator.actor, (tx) =>
      recordEvent(tx, other.coordinator.actor, 'probe.made', { type: 'probe', id: null }),
    )
  })
  expect(await sequence()).toEqual([1])
})
