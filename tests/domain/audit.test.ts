import { readdirSync, readFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditWords } from '~/i18n/audit'
import { authorWords, AUDIT_ACTIONS, AUDIT_TYPES, wordsOfAction } from '~/i18n/audit-codes'
import { translator } from '~/i18n/dictionary'
import { LANGUAGES } from '~/i18n/language'
import { checkAuditChain, listAuditEvents } from '~/domain/audit/audit.server'
import { exportAudit } from '~/domain/audit/export-audit.server'
import { auditQuerySchema } from '~/domain/audit/schema'
import { recordEvent } from '~/platform/audit.server'
import { disconnect, inMunicipality } from '~/platform/db.server'
import { aMunicipality, somebody, type Somebody } from '../factories'
import { csvRows } from '../tables'

let chief: Somebody
beforeAll(async () => {
  chief = await somebody((await aMunicipality()).id, 'admin')
})
afterAll(disconnect)

const told = (action: `${string}.${string}`, type: string, payload: Parameters<typeof recordEvent>[4] = {}) =>
  inMunicipality(chief.actor, (tx) => recordEvent(tx, chief.actor, action, { type, id: null }, payload))

/** The source of whatever records an event of a municipality. */
const recording = ['app/domain', 'prisma/seed']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(file, 'utf8'))
  .filter((text) => /\brecordEvent\(/.test(text))

const codesIn = (text: string) => [...text.matchAll(/'([a-z_]+\.[a-z_]+)'/g)].map(([, code]) => code!)

test('every action that is recorded, and no other, has words in both languages', () => {
  expect(recording.length).toBeGreaterThan(30)
  const recorded = recording.flatMap((text) => {
    const calls = [...text.matchAll(/\brecordEvent\(([\s\S]*?)(?:\{ type\b|\bsubject\b)/g)].map(([, given]) => given!)
    return calls.flatMap((given) => {
      const codes = codesIn(given)
      // who decides an enrolment hands the action on
      const handed = /\bverb\b/.test(given) ? [...text.matchAll(/\btake\(([^)]*)\)/g)].flatMap(([, one]) => codesIn(one!)) : []
      expect(codes.length + handed.length, given).toBeGreaterThan(0)
      return [...codes, ...handed]
    })
  })
  expect([...new Set(recorded)].sort()).toEqual([...AUDIT_ACTIONS])
  for (const action of AUDIT_ACTIONS)
    for (const language of LANGUAGES) expect(translator(auditWords, language)(`actions.${wordsOfAction(action)!}`)).not.toMatch(/[._]|^$/)
})

test('every kind of subject has words in both languages', () => {
  const types = new Set(recording.flatMap((text) => [...text.matchAll(/\{ type: '([a-z_]+)', id\b/g)].map(([, type]) => type!)))
  expect([...types].filter((type) => !(AUDIT_TYPES as readonly string[]).includes(type))).toEqual([])
  expect(types.size).toBeGreaterThan(10)
})

test('actions whose noun is of two words are named and found by the code they are recorded with', async () => {
  await told('check_in.recorded', 'session')
  await told('funder_profile.version_added', 'funder_profile')
  await told('scan.placed', 'scan')
  for (const action of ['check_in.recorded', 'funder_profile.version_added', 'scan.placed']) {
    const query = auditQuerySchema.parse({ action })
    expect((await listAuditEvents(chief.actor, query, 50)).total).toBe(1)
  }
  const { bytes } = await exportAudit(chief.actor, auditQuerySchema.parse({}), { format: 'csv', language: 'bg' })
  expect(csvRows(bytes).map((row) => [row[3], row[4]])).toEqual([
    ['Какво', 'Върху какво'],
    ['подреди сканирана страница', 'сканирана страница'],
    ['добави версия на профил на финансиращ орган', 'профил на финансиращ орган'],
    ['отбеляза присъствие с код', 'занятие'],
  ])
  expect(wordsOfAction('check.in_recorded')).toBeNull()
})

test('who did it is said in words, in the file as on the page', async () => {
  const say = translator(auditWords, 'bg')
  const words = (actorKind: string, who: string | null) => authorWords({ actorKind, who }, say)
  expect(words('account', 'Мария Петрова')).toBe('Мария Петрова')
  expect(words('account', null)).toBe('профил')
  expect(words('import', 'Внасяне 2024')).toBe('внасяне: Внасяне 2024')
  expect(words('worker', 'read-scans')).toBe('системата')
  const { actor } = await somebody((await aMunicipality()).id, 'admin')
  await inMunicipality(actor, (tx) => recordEvent(tx, actor, 'scan.placed', { type: 'scan', id: null }))
  const owner = new pg.Client(process.env.DATABASE_OWNER_URL)
  await owner.connect()
  await owner.query(`select erase_audit_payloads($1, now() + interval '1 hour', 'срок на съхранение')`, [actor.municipalityId])
  await owner.end()
  const { bytes } = await exportAudit(actor, auditQuerySchema.parse({}), { format: 'csv', language: 'bg' })
  expect(csvRows(bytes)[1]![2]).toBe('профил')
})

test('a value that says nothing is no detail: an empty text, an empty list, none at all', async () => {
  await told('attendance.received', 'session', { rows: 2, proposed: 0, refused: [], claims: null, note: '', isDone: false })
  const { entries } = await listAuditEvents(chief.actor, auditQuerySchema.parse({ action: 'attendance.received' }), 50)
  expect(entries[0]!.details).toEqual([
    { name: 'rows', value: '2' },
    { name: 'proposed', value: '0' },
    { name: 'isDone', value: 'false' },
  ])
})

test('what happens while the chain is checked is in neither the check nor the list beside it', async () => {
  await told('scan.placed', 'scan')
  const { events, lastSeq, faultCount } = await checkAuditChain(chief.actor)
  await told('scan.placed', 'scan')
  const query = auditQuerySchema.parse({})
  expect(faultCount).toBe(0)
  expect((await listAuditEvents(chief.actor, query, 50, lastSeq)).total).toBe(events)
  expect((await listAuditEvents(chief.actor, query, 50)).total).toBe(events + 1)
})
