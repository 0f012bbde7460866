import type pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import { asApp, asOwner, endConnections, refusalOf, rowsOf } from './raw-sql'

/** What the app may do beyond reading. A right that is not here, or one of these that is gone, fails. */
const EVERYTHING = ['DELETE', 'INSERT', 'UPDATE']
const PUT_AND_CHANGE = ['INSERT', 'UPDATE']
const PUT = ['INSERT']
const RIGHTS: Record<string, string[]> = {
  Account: PUT_AND_CHANGE,
  Activity: PUT_AND_CHANGE,
  Assignment: PUT_AND_CHANGE,
  Attendance: PUT_AND_CHANGE,
  AttendanceClaim: PUT,
  AuditErasure: [],
  AuditEvent: [],
  AuditPayload: [],
  Blob: PUT,
  Certificate: PUT,
  CertificateFacts: PUT,
  CertificateFile: PUT,
  CertificateRevocation: PUT,
  Course: PUT_AND_CHANGE,
  Employer: PUT_AND_CHANGE,
  Enrolment: [],
  EnrolmentStep: PUT,
  FunderProfile: PUT,
  FunderProfileVersion: PUT,
  InstallationGrant: PUT,
  LoginSession: EVERYTHING,
  Membership: PUT_AND_CHANGE,
  Municipality: PUT_AND_CHANGE,
  PasswordLink: EVERYTHING,
  PendingSubmission: EVERYTHING,
  Person: PUT_AND_CHANGE,
  Project: PUT_AND_CHANGE,
  ProjectWarning: EVERYTHING,
  RefusedCheckIn: PUT,
  RegisterCounter: [],
  RoleGrant: PUT_AND_CHANGE,
  ScanPlacement: PUT,
  ServiceAnnex: EVERYTHING,
  Session: PUT_AND_CHANGE,
  SessionBreak: EVERYTHING,
  SheetClosure: PUT,
  SheetReading: PUT,
  SheetScan: PUT,
  SheetUpload: PUT,
  SocialService: PUT_AND_CHANGE,
  SubmissionKey: PUT,
  Training: [],
  TrainingSession: PUT,
  _prisma_migrations: [],
  rate_limit: EVERYTHING,
}
const COLUMN_RIGHTS = {
  'Enrolment INSERT': ['id', 'municipalityId', 'personId', 'trainingId'],
  'FunderProfile UPDATE': ['name'],
  'Training INSERT': [
    'activityId',
    'cancelledAt',
    'capacity',
    'courseId',
    'createdAt',
    'id',
    'isInvented',
    'municipalityId',
    'note',
    'onlineUrl',
    'place',
    'projectId',
    'trainerAccountId',
  ],
  'Training UPDATE': ['activityId', 'cancelledAt', 'capacity', 'courseId', 'note', 'onlineUrl', 'place', 'projectId', 'trainerAccountId'],
}
const CALLABLE = [
  'account_works_elsewhere',
  'app_municipality_ids',
  'append_audit_event',
  'audit_chain_faults',
  'fold_for_search',
  'municipalities_with_missing_files',
  'municipalities_without_admin',
  'municipality_of',
  'resolve_login_session',
  'take_register_numbers',
  'verify_certificate',
]

let owner: pg.Client
endConnections()
beforeAll(async () => {
  owner = await asOwner()
})

const PRIVILEGES = `unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) as p(name)`
const TABLES = `pg_class t where t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p', 'v', 'm', 'f')`

test('the app’s role holds these rights on tables and no other', async () => {
  const held = await rowsOf(
    owner,
    `select t.relname as table, coalesce(array_agg(p.name order by p.name) filter (where has_table_privilege('kapacitet_app', t.oid, p.name)), '{}') as rights
     from ${PRIVILEGES}, ${TABLES} group by 1`,
  )
  const expected = Object.fromEntries(Object.entries(RIGHTS).map(([table, rights]) => [table, [...rights, 'SELECT'].sort()]))
  expect(Object.fromEntries(held.map((row) => [row['table'], row['rights']]))).toEqual({ ...expected, AuditHead: [] })
})

test('an enrolment’s state and a training’s taken seats are moved by steps only, and of a funder’s profile the name alone is changed', async () => {
  const held = await rowsOf(
    owner,
    `select t.relname || ' ' || p.name as right, array_agg(c.attname::text order by c.attname) as columns
     from unnest(array['INSERT', 'UPDATE', 'REFERENCES']) as p(name), ${TABLES.replace('where', 'join pg_attribute c on c.attrelid = t.oid and c.attnum > 0 and not c.attisdropped where')}
       and has_column_privilege('kapacitet_app', t.oid, c.attnum, p.name) and not has_table_privilege('kapacitet_app', t.oid, p.name) group by 1`,
  )
  expect(Object.fromEntries(held.map((row) => [row['right'], row['columns']]))).toEqual(COLUMN_RIGHTS)
})

test('the app’s role calls these functions and no other', async () => {
  const callable = await rowsOf(
    owner,
    `select p.proname from pg_proc p where p.pronamespace = 'public'::regnamespace and has_function_privilege('kapacitet_app', p.oid, 'EXECUTE')
     and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e') order by 1`,
  )
  expect(callable.map((row) => row['proname'])).toEqual(CALLABLE)
})

test('the public holds nothing, and the app’s role creates nothing', async () => {
  expect(
    await rowsOf(owner, `select t.relname from ${TABLES} and exists (select from aclexplode(t.relacl) g where g.grantee = 0)`),
  ).toEqual([])
  expect(await rowsOf(owner, `select has_schema_privilege('kapacitet_app', 'public', 'CREATE') as it`)).toEqual([{ it: false }])
  expect(
    await rowsOf(
      owner,
      `select s.relname from pg_class s where s.relnamespace = 'public'::regnamespace and case when s.relkind = 'S' then has_sequence_privilege('kapacitet_app', s.oid, 'UPDATE') end`,
    ),
  ).toEqual([])
})

test.each(Object.entries(RIGHTS).filter(([, rights]) => rights !== EVERYTHING))('%s is not emptied by the app', async (table, rights) => {
  const app = await asApp()
  const attempts = [
    `truncate "${table}" cascade`,
    `delete from "${table}"`,
    ...(rights.includes('UPDATE') || table === 'Training' ? [] : [`update "${table}" set ${await aColumn(table)}`]),
  ]
  for (const attempt of attempts)
    expect(await refusalOf(app.query(attempt))).toMatchObject({ code: '42501', message: expect.stringContaining('permission denied') })
})

const aColumn = async (table: string) => {
  const [row] = await rowsOf(
    owner,
    `select quote_ident(attname) as it from pg_attribute where attrelid = $1::regclass and attnum > 0 limit 1`,
    [`"${table}"`],
  )
  return `${row!['it']} = ${row!['it']}`
}

test.each([
  `update "Enrolment" set "state" = 'approved'`,
  `insert into "Enrolment" ("municipalityId", "trainingId", "personId", "state") values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'approved')`,
  `update "Training" set "seatsTaken" = 0`,
  `update "Training" set "startsAt" = now()`,
  `update "Training" set "municipalityId" = "municipalityId"`,
  `update "FunderProfile" set "municipalityId" = "municipalityId"`,
  `insert into "RegisterCounter" values (gen_random_uuid(), 2026, 1)`,
  `insert into "AuditHead" values (gen_random_uuid(), 1, '')`,
  `select * from "AuditHead"`,
  `insert into "AuditEvent" ("chainId", "seq") values (gen_random_uuid(), 1)`,
  `insert into "AuditPayload" ("chainId", "seq", "salt", "payload") values (gen_random_uuid(), 1, '', '')`,
  `insert into "AuditErasure" ("chainId", "seq", "reason") values (gen_random_uuid(), 1, '')`,
  `select erase_audit_payloads(gen_random_uuid(), now(), 'няма причина')`,
  `select setval('"AttendanceClaim_id_seq"', 1)`,
  `select setval('"RefusedCheckIn_id_seq"', 1)`,
  `select require_chain(null)`,
])('the app is refused: %s', async (statement) => {
  const app = await asApp()
  expect((await refusalOf(app.query(statement))).code).toBe('42501')
})
