import { createHash } from 'node:crypto'
import { verify } from '@node-rs/argon2'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sheetsPage } from '~/domain/attendance/sheets-list.server'
import { isPasswordOf } from '~/domain/account/password-hash.server'
import { auditChainFaults } from '~/platform/audit.server'
import { atInstant } from '~/platform/clock.server'
import { disconnect, inMunicipality } from '~/platform/db.server'
import { principalOfCookie, startSession } from '~/platform/session.server'
import { bgnToEur } from '~/i18n/format'
import { seedDemo } from '../../prisma/seed/demo'
import { demoActor } from '../../prisma/seed/demo-actor'
import { accountIdOf, municipalityIdOf } from '../../prisma/seed/lay-municipality'
import { statements } from '../statements'

// a Saturday; at noon in Sofia today's session is running
const NOW = new Date('2026-10-31T10:00:00Z')
let owner: pg.Client
let before: Record<string, number>

beforeAll(async () => {
  owner = new pg.Client(process.env.DATABASE_OWNER_URL)
  await owner.connect()
  // measured at 1,240: what a start costs must not grow unseen
  expect(await statements(() => atInstant(NOW, seedDemo))).toBeLessThan(2_000)
  before = await counts()
})
afterAll(async () => {
  await owner.end()
  await disconnect()
})

const rows = async <R = Record<string, any>>(sql: string, values: unknown[] = []) => (await owner.query(sql, values)).rows as R[]
const tables = async () =>
  (
    await rows<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not like '\\_%' order by 1`,
    )
  ).map(({ name }) => name)

async function counts() {
  const found: Record<string, number> = {}
  for (const table of await tables()) found[table] = (await rows<{ n: number }>(`select count(*)::int as n from "${table}"`))[0]!.n
  return found
}

test('a second start on the same day changes nothing', async () => {
  await atInstant(new Date(+NOW + 3_600_000), seedDemo)
  expect(await counts()).toEqual(before)
})

test('the five projects are told as in their announcements, and what is not said stays unknown', async () => {
  const found = await rows(`
    select m."name", m."district", m."nsiCode", m."ekatte", m."isDemo", p."numberAsWritten", p."title", p."procedureCode", p."amountBgn"::text as "amountBgn", p."amountKind"::text as "amountKind",
      p."startsOn"::text as "startsOn", p."endsOn"::text as "endsOn", p."termMonths", p."announcedOn"::text as "announcedOn", p."signedAsWritten", p."plannedStaff", p."isEuFunded",
      array(select w."code" from "ProjectWarning" w where w."projectId" = p."id" order by 1) as warnings,
      (select count(*)::int from "Activity" a where a."projectId" = p."id") as activities
    from "Municipality" m join "Project" p on p."municipalityId" = m."id" order by m."nsiCode"`)
  const nothing = {
    isDemo: true,
    isEuFunded: true,
    numberAsWritten: null,
    title: null,
    procedureCode: null,
    amountBgn: null,
    amountKind: null,
    startsOn: null,
    endsOn: null,
    termMonths: null,
    announcedOn: null,
    signedAsWritten: null,
    plannedStaff: null,
    warnings: [],
  }
  expect(found).toEqual([
    {
      ...nothing,
      name: 'Хасково',
      district: 'Хасково',
      nsiCode: 'HKV34',
      ekatte: '77195',
      numberAsWritten: 'BG05SFPR002-2.002-0164',
      title: 'Укрепване на общинския капацитет в община Хасково',
      procedureCode: 'BG05SFPR002-2.002',
      amountBgn: '230942.88',
      amountKind: 'total',
      startsOn: '2023-04-01',
      endsOn: '2025-04-01',
      warnings: ['term_uneven'],
      activities: 6,
    },
    {
      ...nothing,
      name: 'Черноочене',
      district: 'Кърджали',
      nsiCode: 'KRZ35',
      ekatte: '81236',
      numberAsWritten: 'BG05SFRP002-2.002-0012-C01',
      title: 'Укрепване на общинския капацитет- община Черноочене',
      warnings: ['programme_misspelt'],
      activities: 9,
    },
    {
      ...nothing,
      name: 'Раднево',
      district: 'Стара Загора',
      nsiCode: 'SZR27',
      ekatte: '61460',
      numberAsWritten: 'BG05SFPR002-2.002-0160-C01',
      title: 'Повишаване на общинския капацитет на Община Раднево в областта на социалните услуги',
      procedureCode: 'BG05SFPR002-2.002',
      amountBgn: '89597.09',
      amountKind: 'total',
      startsOn: '2023-04-01',
      termMonths: 22,
      signedAsWritten: 'На 21 март',
      activities: 2,
    },
    {
      ...nothing,
      name: 'Аксаково',
      district: 'Варна',
      nsiCode: 'VAR02',
      ekatte: '00182',
      amountBgn: '77115.00',
      amountKind: 'total',
      termMonths: 13,
      activities: 7,
    },
    {
      ...nothing,
      name: 'Елена',
      district: 'Велико Търново',
      nsiCode: 'VTR13',
      ekatte: '27190',
      numberAsWritten: 'BG05SFPR002-2.002-0078',
      title: 'Укрепване капацитета на служителите от общинска администрация Елена',
      procedureCode: 'BG05SFPR002-2.002',
      amountBgn: '49128.00',
      amountKind: 'grant',
      endsOn: '2024-04-13',
      termMonths: 12,
      announcedOn: '2023-03-15',
      plannedStaff: 3,
      warnings: ['term_starts_after_announcement'],
      activities: 6,
    },
  ])
  expect(found.map(({ amountBgn }) => amountBgn && bgnToEur(amountBgn))).toEqual(['118079.22', null, '45810.26', '39428.27', '25118.75'])
})

test('Черноочене tells of three people and five attendances, one at all three trainings, each with a certificate of 2023', async () => {
  const id = municipalityIdOf('chernoochene')
  const attended = await rows<{ trainings: number }>(
    `select count(*)::int as trainings from "Attendance" a join "TrainingSession" s using ("sessionId") join "Training" t on t."id" = s."trainingId"
     where t."municipalityId" = $1 and t."projectId" is not null and a."mark" = 'present' group by a."personId" order by 1`,
    [id],
  )
  expect(attended.map(({ trainings }) => trainings)).toEqual([1, 1, 3])
  const months = await rows(
    `select to_char("startsAt", 'YYYY-MM') as month, "isInvented", "note" like '%само месеците март, април и май%' as "says" from "Training" where "municipalityId" = $1 and "projectId" is not null order by 1`,
    [id],
  )
  expect(months).toEqual(['2023-03', '2023-04', '2023-05'].map((month) => ({ month, isInvented: true, says: true })))
  const certificates = await rows(
    `select "registerYear" as year, "registerNumber" as number, "issuedOn"::text as day from "Certificate" where "municipalityId" = $1 and "registerYear" = 2023 order by 2`,
    [id],
  )
  expect(certificates).toEqual([
    { year: 2023, number: 1, day: '2023-03-23' },
    { year: 2023, number: 2, day: '2023-03-23' },
    { year: 2023, number: 3, day: '2023-04-20' },
    { year: 2023, number: 4, day: '2023-04-20' },
    { year: 2023, number: 5, day: '2023-05-18' },
  ])
})

test('Елена: its three planned staff were trained within the project and certified', async () => {
  const [told] = await rows(
    `select count(distinct e."personId")::int as people, min(t."startsAt") > '2023-04-13' as "afterStart", max(t."endsAt") < '2024-04-13' as "beforeEnd", bool_and(t."isInvented") as invented
     from "Training" t join "Enrolment" e on e."trainingId" = t."id" where t."municipalityId" = $1 and t."projectId" is not null`,
    [municipalityIdOf('elena')],
  )
  expect(told).toEqual({ people: 3, afterStart: true, beforeEnd: true, invented: true })
  const registers = await rows(
    `select "registerYear" as year, count(*)::int as held, max("registerNumber") as last from "Certificate" where "municipalityId" = $1 group by 1 order by 1`,
    [municipalityIdOf('elena')],
  )
  expect(registers).toEqual([
    { year: 2023, held: 6, last: 6 },
    { year: 2024, held: 3, last: 3 },
    { year: 2026, held: 8, last: 8 },
  ])
})

test('every person and training is marked as invented, and trainings of today belong to no project', async () => {
  expect(await rows(`select count(*)::int as n from "Person" where not "isInvented"`)).toEqual([{ n: 0 }])
  expect(await rows(`select count(*)::int as n from "Training" where not "isInvented"`)).toEqual([{ n: 0 }])
  expect(await rows(`select count(*)::int as n from "Training" where "startsAt" > '2025-05-01' and "projectId" is not null`)).toEqual([
    { n: 0 },
  ])
  const people = await rows<{ name: string; n: number }>(
    `select m."name", count(*)::int as n from "Person" p join "Municipality" m on m."id" = p."municipalityId" group by 1 order by 1`,
  )
  for (const { name, n } of people)
    expect([name, n >= (name === 'Елена' ? 40 : 10), n <= (name === 'Елена' ? 60 : 25)]).toEqual([name, true, true])
  // in each municipality one sheet was corrected by its trainer and one mark contradicted by the coordinator
  expect(
    await rows(
      `select "kind"::text as kind, "source"::text as source, "authorKind"::text as author, count(*)::int as n from "AttendanceClaim" where "source" <> 'import' or "authorKind" <> 'import' or "reason" is null group by 1, 2, 3 order by 1`,
    ),
  ).toEqual([
    { kind: 'correction', source: 'roster', author: 'account', n: 5 },
    { kind: 'mark', source: 'paper', author: 'account', n: 5 },
  ])
})

test('sheets stand in every state: closed by their trainer, corrected after it, late, contradicting themselves', async () => {
  const coordinator = await demoActor('elena', 'coordinator@elena.example')
  const sheets = () => sheetsPage(coordinator, { state: null, q: '', trainer: null, page: 1 })
  // the past of Елена has five sessions, the certified training one, the finished one two; today's runs, yesterday's is empty
  const { counts: states, total } = await atInstant(NOW, sheets)
  expect({ total, ...states }).toEqual({ total: 10, open: 3, late: 1, conflict: 1, lacking: 0, proposals: 0, closed: 7, corrected: 1 })
  // yesterday's ended at 15:00
  expect((await atInstant(new Date('2026-10-31T13:00:01Z'), sheets)).counts.late).toBe(2)
  const closures = await rows<{ name: string; statement: string }>(
    `select k."closedByName" as name, k."statement" from "SheetClosure" k join "Municipality" m on m."id" = k."municipalityId" where m."name" = 'Елена'`,
  )
  const { displayName } = await inMunicipality(coordinator, (tx) =>
    tx.membership.findFirstOrThrow({ where: { accountId: accountIdOf('trainer@elena.example') } }),
  )
  expect(new Set(closures.map(({ name }) => name))).toEqual(new Set([displayName]))
  for (const { statement } of closures) expect(statement).toContain('Демонстрационно изявление')
})

// sha256 of the names, so that a test against them does not carry them
const REAL_PEOPLE = new Set([
  '916cebdbd88a0e88d6a23fafcfc59678d6ad04d8c14af666316715d86f6043a1',
  'b58c20b366d0c587709fbe12a2cda0f37e62982a1419ceaed60b354cd3d11e05',
  'be7ae1f01ca5ff6e0f9d7c8c94b6aea4279674381ea3f4bc3d68dd1b824adbf8',
  '35e2702f0d0274a3bba75e0ef46e10bc2d5da3f0d8747d48c991c599846f92ca',
  '8aa176dd8069b2dea44bbb3fb623f5ad415595b8b09e5217665acedcd45f7e2b',
])
const isReal = (words: string) => REAL_PEOPLE.has(createHash('sha256').update(words.toLocaleLowerCase('bg')).digest('hex'))

test('no real person of the announcements is named in any text column', async () => {
  const columns = await rows<{ table: string; column: string }>(
    `select table_name as "table", column_name as "column" from information_schema.columns
     where table_schema = 'public' and data_type in ('text', 'character varying', 'json', 'jsonb') and table_name not like '\\_%'`,
  )
  expect(columns.length).toBeGreaterThan(60)
  let looked = 0
  for (const { table, column } of columns)
    for (const { text } of await rows<{ text: string }>(
      `select distinct "${column}"::text as text from "${table}" where "${column}"::text ~ '[а-яА-Я]'`,
    )) {
      const words = text.split(/[^\p{L}]+/u).filter(Boolean)
      looked += words.length
      for (const [index, word] of words.entries())
        expect([table, column, isReal(word) || isReal(`${word} ${words[index + 1]}`)]).toEqual([table, column, false])
    }
  expect(looked).toBeGreaterThan(2000)
})

test('the accounts have the demo password, and two of them work in two municipalities', async () => {
  const accounts = await rows<{ login: string; passwordHash: string }>(
    `select "login", "passwordHash" from "Account" where "passwordHash" is not null order by 1`,
  )
  expect(accounts.map(({ login }) => login)).toEqual(
    expect.arrayContaining([
      ...['admin', 'coordinator', 'trainer', 'supervisor', 'manager', 'employee'].map((name) => `${name}@elena.example`),
      ...['aksakovo', 'chernoochene', 'haskovo', 'radnevo'].map((key) => `coordinator@${key}.example`),
    ]),
  )
  for (const { passwordHash } of accounts) expect(await verify(passwordHash, 'kapacitet-demo')).toBe(true)
  // outside the demo this password opens nothing, whatever is stored
  expect(await isPasswordOf(accounts[0]!.passwordHash, 'kapacitet-demo')).toBe(false)
  for (const login of ['trainer@elena.example', 'supervisor@elena.example']) {
    const principal = await principalOfCookie((await startSession(accountIdOf(login))).split(';')[0]!)
    expect(principal?.workPlaces.map(({ municipality }) => municipality)).toEqual(['Елена', 'Черноочене'])
  }
})

test('the audit chain of every municipality closes', async () => {
  for (const { id } of await rows<{ id: string }>(`select "id" from "Municipality"`))
    expect(await inMunicipality({ municipalityId: id }, (tx) => auditChainFaults(tx, id))).toEqual([])
})

const sessionsOn = (day: string) =>
  rows<{ name: string; n: number }>(
    `select m."name", count(s."id")::int as n from "Municipality" m left join "Session" s on s."municipalityId" = m."id" and (s."startsAt" at time zone 'Europe/Sofia')::date = $1::date
     group by 1 order by 1`,
    [day],
  )

test('a start on a later day adds a session for that day where there is none, once', async () => {
  for (const day of ['2026-11-01', '2027-03-28', '2027-03-31']) {
    await atInstant(new Date(`${day}T06:00:00Z`), seedDemo)
    const held = await sessionsOn(day)
    for (const { name, n } of held) expect([name, day, n]).toEqual([name, day, Math.max(1, n)])
    const after = await counts()
    await atInstant(new Date(`${day}T18:00:00Z`), seedDemo)
    expect(await counts()).toEqual(after)
  }
})

test('months later there are again coming trainings with free seats in every municipality', async () => {
  const coming = await rows<{ n: number }>(
    `select count(t."id")::int as n from "Municipality" m left join "Training" t on t."municipalityId" = m."id" and t."startsAt" between '2027-03-31' and '2027-04-15' and t."seatsTaken" < t."capacity" group by m."id"`,
  )
  expect(coming.map(({ n }) => n > 0)).toEqual([true, true, true, true, true])
})
