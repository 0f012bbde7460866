import type pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { append, fullMunicipality } from './full-municipality'
import { asOwner, endConnections, refusalOf, rowsOf, undone, valueOf, within } from './raw-sql'

const EVIDENCE = [
  'AttendanceClaim',
  'AuditErasure',
  'AuditEvent',
  'AuditPayload',
  'Blob',
  'Certificate',
  'CertificateFacts',
  'CertificateFile',
  'CertificateRevocation',
  'EnrolmentStep',
  'FunderProfileVersion',
  'RefusedCheckIn',
  'ScanPlacement',
  'SheetClosure',
  'SheetReading',
  'SheetScan',
  'SheetUpload',
]

let owner: pg.Client
let world: Awaited<ReturnType<typeof fullMunicipality>>
endConnections()
beforeAll(async () => {
  owner = await asOwner()
  world = await fullMunicipality()
})

describe.each(EVIDENCE)('%s', (table) => {
  const count = () => valueOf(owner, `select count(*)::int from "${table}"`)

  test('even the owner neither changes nor deletes a row, nor empties the table', async () => {
    const before = await count()
    expect(before).toBeGreaterThan(0)
    const [column] = await rowsOf(owner, `select attname as name from pg_attribute where attrelid = $1::regclass and attnum = 1`, [
      `"${table}"`,
    ])
    for (const attempt of [
      `update "${table}" set "${column!['name']}" = "${column!['name']}"`,
      `delete from "${table}"`,
      `truncate "${table}" cascade`,
    ]) {
      const { code, message } = await refusalOf(owner.query(attempt))
      expect([attempt, code, message]).toEqual([attempt, '42501', expect.stringContaining('is append-only')])
    }
    expect(await count()).toBe(before)
  })

  test('a parent that is emptied does not take it along', async () => {
    for (const parent of ['Municipality', 'Person', 'Training', 'Session', 'Account'])
      await refusalOf(owner.query(`truncate "${parent}" cascade`))
    expect(await count()).toBeGreaterThan(0)
  })

  test('one row on conflict is not overwritten', async () => {
    await undone(owner, async () => {
      const [key] = await rowsOf(
        owner,
        `select string_agg(quote_ident(a.attname), ', ') as columns from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey) where i.indrelid = $1::regclass and i.indisprimary`,
        [`"${table}"`],
      )
      const first = String(key!['columns']).split(', ')[0]
      const { code } = await refusalOf(
        owner.query(
          `insert into "${table}" select * from "${table}" limit 1 on conflict (${key!['columns']}) do update set ${first} = excluded.${first}`,
        ),
      )
      expect(code).toBe('42501')
    })
  })
})

test('the list of evidence is that of the triggers', async () => {
  const guarded = await rowsOf(
    owner,
    `select t.relname from pg_class t where 2 = (select count(*) from pg_trigger g where g.tgrelid = t.oid and g.tgname in ('append_only', 'append_only_truncate') and g.tgenabled = 'O') order by 1`,
  )
  expect(guarded.map((row) => row['relname'])).toEqual(EVIDENCE)
})

test('only the erasure of audit payloads deletes, leaves a tombstone for each and a chain that closes', async () => {
  const { municipalityId } = world
  const closes = () => within(owner, municipalityId, () => rowsOf(owner, 'select * from audit_chain_faults($1)', [municipalityId]))
  const seq = await within(owner, municipalityId, () =>
    append(owner, municipalityId, 'person.renamed', '{"actor":"Проба","to":"Ивана Йорданова"}'),
  )
  const payloads = () => rowsOf(owner, `select "seq"::int from "AuditPayload" where "chainId" = $1 order by 1`, [municipalityId])
  const kept = await payloads()
  expect(kept.at(-1)).toEqual({ seq })
  // nothing is older than a moment long past
  expect(await valueOf(owner, `select erase_audit_payloads($1, '2020-01-01', 'срок')`, [municipalityId])).toBe(0)
  expect(await valueOf(owner, `select erase_audit_payloads($1, now() + interval '1 hour', 'срок на съхранение')`, [municipalityId])).toBe(
    kept.length,
  )
  expect(await payloads()).toEqual([])
  expect(await rowsOf(owner, `select "reason" from "AuditErasure" where "chainId" = $1 and "seq" = $2`, [municipalityId, seq])).toEqual([
    { reason: 'срок на съхранение' },
  ])
  expect(await closes()).toEqual([])
  expect((await rowsOf(owner, `select 1 from "AuditEvent" where "chainId" = $1`, [municipalityId])).length).toBe(
    Number(await valueOf(owner, `select count(*) from "AuditErasure" where "chainId" = $1`, [municipalityId])),
  )
  // the door is shut again behind it
  await within(owner, municipalityId, () => append(owner, municipalityId))
  expect((await refusalOf(owner.query(`delete from "AuditPayload"`))).code).toBe('42501')
  expect(await closes()).toEqual([])
})
