import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { ALLOWED_EVIDENCE, BROKEN_EVIDENCE } from './evidence-constraints'
import { fullMunicipality } from './full-municipality'
import { asOwner, endConnections, refusalOf, rowsOf, undone } from './raw-sql'

type World = Awaited<ReturnType<typeof fullMunicipality>>
let owner: pg.Client
let world: World
endConnections()
beforeAll(async () => {
  owner = await asOwner()
  world = await fullMunicipality()
})

const set = (table: string, change: string) => (w: World) =>
  `update "${table}" set ${change} where "municipalityId" = '${w.municipalityId}'`
const ofOpen = (table: 'Session' | 'SessionBreak', change: string) => (w: World) =>
  `update "${table}" set ${change} where "${table === 'Session' ? 'id' : 'sessionId'}" = '${w.session.id}'`
const claim = (w: World, columns: Record<string, string>) => {
  const all = { kind: `'mark'`, mark: `'present'`, ...columns }
  return `insert into "AttendanceClaim" ("municipalityId", "sessionId", "personId", "source", "authorKind", "authorName", "key", ${Object.keys(
    all,
  )
    .map((name) => `"${name}"`)
    .join(
      ', ',
    )}) values ('${w.municipalityId}', '${w.session.id}', '${w.second.id}', 'roster', 'account', 'Обучител', '${randomUUID()}', ${Object.values(all).join(', ')})`
}
const certificate = (w: World, columns: Record<string, string>) => {
  const all = {
    personId: `'${w.second.id}'`,
    ordinal: '2',
    registerYear: '2026',
    registerNumber: '1',
    issuedOn: `'2026-11-03'`,
    verifyCode: `'${randomUUID()}'`,
    ...columns,
  }
  return `insert into "Certificate" ("municipalityId", "trainingId", "issuedByName", "factsHash", ${Object.keys(all)
    .map((name) => `"${name}"`)
    .join(', ')}) values ('${w.municipalityId}', '${w.training.id}', 'Координатор', '', ${Object.values(all).join(', ')})`
}
const long = (length: number) => `repeat('я', ${length})`

/** For each constraint written by hand, statements that break it and nothing else. */
const BROKEN: Record<string, ((w: World) => string)[]> = {
  municipality_name_length: [
    (w) => `update "Municipality" set "name" = '' where "id" = '${w.municipalityId}'`,
    (w) => `update "Municipality" set "name" = ${long(101)} where "id" = '${w.municipalityId}'`,
  ],
  municipality_academic_hour: [29, 61].map(
    (n) => (w) => `update "Municipality" set "academicHourMinutes" = ${n} where "id" = '${w.municipalityId}'`,
  ),
  account_login_form: [`'Ivan@example.test'`, `'ab'`, `'a b@example.test'`, long(255)].map(
    (login) => (w) => `update "Account" set "login" = ${login} where "id" = '${w.admin.accountId}'`,
  ),
  account_name_length: [`''`, long(201)].map(
    (name) => (w) => `update "Account" set "displayName" = ${name} where "id" = '${w.admin.accountId}'`,
  ),
  account_language: [(w) => `update "Account" set "language" = 'de' where "id" = '${w.admin.accountId}'`],
  membership_name_length: [set('Membership', `"displayName" = ''`), set('Membership', `"displayName" = ${long(201)}`)],
  role_grant_manager_has_service: [
    (w) => `update "RoleGrant" set "serviceId" = null where "membershipId" = '${w.manager.membershipId}'`,
    (w) => `update "RoleGrant" set "serviceId" = '${w.service.id}' where "membershipId" = '${w.trainer.membershipId}'`,
  ],
  role_grant_ends_after: [set('RoleGrant', `"endedAt" = "grantedAt" - interval '1 second'`)],
  employer_name_length: [set('Employer', `"name" = ''`), set('Employer', `"name" = ${long(201)}`)],
  social_service_name_length: [set('SocialService', `"name" = ''`), set('SocialService', `"name" = ${long(201)}`)],
  service_annex_number: [set('ServiceAnnex', `"annex" = 0`), set('ServiceAnnex', `"annex" = 26`)],
  person_name_length: [
    ...['givenName', 'middleName', 'familyName', 'latinName'].map((column) => set('Person', `"${column}" = ''`)),
    ...['givenName', 'middleName', 'familyName'].map((column) => set('Person', `"${column}" = ${long(101)}`)),
    set('Person', `"latinName" = ${long(301)}`),
  ],
  person_number_is_no_personal_number: [`'7501020018'`, `' 7501020018 '`, `E'7501020018\\n'`, `''`, long(41)].map(
    (number) => (w) => `update "Person" set "employeeNumber" = ${number} where "id" = '${w.first.id}'`,
  ),
  assignment_ends_after: [set('Assignment', `"endsOn" = "startsOn" - 1`)],
  assignment_position_length: [set('Assignment', `"position" = ''`), set('Assignment', `"position" = ${long(201)}`)],
  project_amount_has_kind: [set('Project', `"amountBgn" = 100`), set('Project', `"amountKind" = 'grant'`)],
  project_amount_positive: [
    set('Project', `"amountBgn" = 0, "amountKind" = 'grant'`),
    set('Project', `"amountBgn" = -5, "amountKind" = 'total'`),
  ],
  project_ends_after: [set('Project', `"startsOn" = '2024-05-01', "endsOn" = '2024-04-30'`)],
  project_term_positive: [set('Project', `"termMonths" = 0`), set('Project', `"termMonths" = 241`)],
  project_text_length: [
    set('Project', `"title" = ''`),
    set('Project', `"title" = ${long(501)}`),
    set('Project', `"numberAsWritten" = ''`),
    set('Project', `"numberAsWritten" = ${long(101)}`),
  ],
  activity_form: [set('Activity', `"ordinal" = 0`), set('Activity', `"title" = ''`), set('Activity', `"title" = ${long(501)}`)],
  course_title_length: [set('Course', `"title" = ''`), set('Course', `"title" = ${long(301)}`), set('Course', `"titleEn" = ''`)],
  course_duration: [set('Course', `"durationMinutes" = 0`), set('Course', `"durationMinutes" = 60001`)],
  course_required_share: [set('Course', `"requiredSharePercent" = 0`), set('Course', `"requiredSharePercent" = 101`)],
  course_text_length: [
    set('Course', `"topics" = ${long(5001)}`),
    set('Course', `"materials" = ${long(20001)}`),
    set('Course', `"legalBasis" = ''`),
  ],
  training_capacity_holds: [set('Training', `"capacity" = 1`), set('Training', `"seatsTaken" = 21`), set('Training', `"seatsTaken" = -1`)],
  training_capacity_range: [set('Training', `"capacity" = 2001`)],
  training_activity_has_project: [set('Training', `"projectId" = null`)],
  training_place_length: [
    set('Training', `"place" = ''`),
    set('Training', `"place" = ${long(301)}`),
    set('Training', `"onlineUrl" = ${long(501)}`),
    set('Training', `"note" = ${long(2001)}`),
  ],
  session_ends_after: [set('Session', `"endsAt" = "startsAt"`)],
  session_within_a_day: [set('Session', `"endsAt" = "startsAt" + interval '24 hours 1 second'`)],
  session_break_ends_after: [set('SessionBreak', `"endsAt" = "startsAt"`)],
  session_breaks_apart: [
    (w) =>
      `insert into "SessionBreak" ("municipalityId", "sessionId", "startsAt", "endsAt") select "municipalityId", "sessionId", "startsAt" + interval '30 minutes', "endsAt" + interval '30 minutes' from "SessionBreak" where "sessionId" = '${w.session.id}'`,
  ],
  session_leader_is_free: [
    (w) =>
      `insert into "Session" ("municipalityId", "kind", "leaderAccountId", "startsAt", "endsAt") select "municipalityId", 'supervision', "leaderAccountId", "endsAt" - interval '1 second', "endsAt" + interval '1 hour' from "Session" where "id" = '${w.session.id}'`,
  ],
  session_break_within: [
    (w) =>
      `insert into "SessionBreak" ("municipalityId", "sessionId", "startsAt", "endsAt") select "municipalityId", "id", "startsAt" - interval '1 minute', "startsAt" + interval '1 minute' from "Session" where "id" = '${w.session.id}'`,
    ofOpen('Session', `"startsAt" = "startsAt" + interval '4 hours'`),
    ofOpen('Session', `"endsAt" = "endsAt" - interval '4 hours'`),
    ofOpen('SessionBreak', `"endsAt" = "endsAt" + interval '5 hours'`),
  ],
  training_sessions_apart: [
    (
      w,
    ) => `with other as (insert into "Session" ("municipalityId", "kind", "leaderAccountId", "startsAt", "endsAt") select "municipalityId", "kind", '${w.otherTrainer.accountId}', "startsAt" + interval '1 hour', "endsAt" from "Session" where "id" = '${w.session.id}' returning *)
      insert into "TrainingSession" ("sessionId", "municipalityId", "trainingId") select "id", "municipalityId", '${w.training.id}' from other`,
  ],
  attendance_claim_minutes: [`-1`, `1441`].flatMap((n) => [
    (w: World) => claim(w, { lateMinutes: n }),
    (w: World) => claim(w, { leftEarlyMinutes: n }),
  ]),
  attendance_claim_mark: [(w) => claim(w, { mark: 'null' }), (w) => claim(w, { kind: `'correction'`, mark: 'null', reason: `'сгрешено'` })],
  attendance_claim_correction_has_reason: [
    (w) => claim(w, { kind: `'correction'`, reason: `''` }),
    (w) => claim(w, { kind: `'correction'` }),
  ],
  attendance_minutes: [
    set('Attendance', `"attendedMinutes" = -1`),
    set('Attendance', `"mark" = 'absent'`),
    set('Attendance', `"mark" = 'excused'`),
  ],
  certificate_year_of_issue: [(w) => certificate(w, { issuedOn: `'2025-12-31'` }), (w) => certificate(w, { issuedOn: `'2027-01-01'` })],
  certificate_number_positive: [(w) => certificate(w, { registerNumber: '0' }), (w) => certificate(w, { ordinal: '0' })],
  certificate_code_length: [(w) => certificate(w, { verifyCode: `'ABCDEFGHJKMNPQR'` })],
  certificate_number_from_register: [
    (w) => certificate(w, { registerNumber: '999' }),
    (w) => certificate(w, { registerYear: '2027', issuedOn: `'2027-01-01'` }),
  ],
  certificate_one_valid: [(w) => certificate(w, { personId: `'${w.first.id}'` }), (w) => certificate(w, { ordinal: '3' })],
  certificate_facts_match: [
    (w) =>
      `insert into "CertificateFacts" ("certificateId", "municipalityId", "salt", "facts") select "certificateId", "municipalityId", "salt", "facts" || ' ' from "CertificateFacts" where "certificateId" = '${w.certificate.id}'`,
    (w) =>
      `insert into "CertificateFacts" ("certificateId", "municipalityId", "salt", "facts") select "certificateId", "municipalityId", '', "facts" from "CertificateFacts" where "certificateId" = '${w.certificate.id}'`,
  ],
  certificate_revocation_reason: [`''`, `'   '`, long(1001)].map(
    (reason) => (w: World) =>
      `insert into "CertificateRevocation" ("certificateId", "municipalityId", "reason", "revokedByName") values ('${w.certificate.id}', '${w.municipalityId}', ${reason}, 'Координатор')`,
  ),
  register_has_no_gap: [
    (w) => `select take_register_numbers('${w.municipalityId}', 2026, 1)`,
    (w) => `select take_register_numbers('${w.municipalityId}', 2031, 5)`,
  ],
  blob_is_its_hash: [
    (w) =>
      `insert into "Blob" ("municipalityId", "sha256", "mediaType", "sizeBytes", "bytes") select "municipalityId", repeat('a', 64), "mediaType", "sizeBytes", "bytes" from "Blob" where "municipalityId" = '${w.municipalityId}'`,
    (w) =>
      `insert into "Blob" ("municipalityId", "sha256", "mediaType", "sizeBytes", "bytes") values ('${w.municipalityId}', encode(sha256('друго'), 'hex'), 'application/pdf', 3, 'друго')`,
  ],
  ...BROKEN_EVIDENCE,
  ...Object.fromEntries(
    ['event', 'payload', 'erasure'].map((kind) => {
      const table = `Audit${kind[0]!.toUpperCase()}${kind.slice(1)}`
      return [
        `audit_${kind}_of_its_chain`,
        [
          (w: World) =>
            `alter table "${table}" disable trigger user; update "${table}" set "municipalityId" = null where "chainId" = '${w.municipalityId}'`,
        ],
      ]
    }),
  ),
}

test('every constraint written by hand is in the table below', async () => {
  const written = await rowsOf(
    owner,
    `select conname as name from pg_constraint where connamespace = 'public'::regnamespace and contype in ('c', 'x')
     union select (regexp_matches(prosrc, 'CONSTRAINT = ''(\\w+)''', 'g'))[1] from pg_proc where pronamespace = 'public'::regnamespace`,
  )
  expect(Object.keys(BROKEN).sort()).toEqual(written.map((row) => row['name']).sort())
})

describe.each(Object.entries(BROKEN))('%s', (name, attempts) => {
  test.each(attempts.map((attempt, i) => [i + 1, attempt] as const))('breaks with statement %i', async (_, attempt) => {
    const refusal = await undone(owner, async () => {
      await owner.query(`select set_config('app.municipalities', $1, true)`, [`{${world.municipalityId}}`])
      return refusalOf(owner.query(attempt(world)).then(() => owner.query('set constraints all immediate')))
    })
    expect(refusal).toMatchObject({ constraint: name, code: expect.stringMatching(/^23(514|P01)$/) })
  })
})

test('what lies on the edge is allowed', async () => {
  await undone(owner, async () => {
    await owner.query(`select set_config('app.municipalities', $1, true)`, [`{${world.municipalityId}}`])
    const allowed = [
      // a session that begins when another ends, and a cancelled one at the same time
      `insert into "Session" ("municipalityId", "kind", "leaderAccountId", "startsAt", "endsAt") select "municipalityId", "kind", "leaderAccountId", "endsAt", "endsAt" + interval '1 hour' from "Session" where "id" = '${world.session.id}'`,
      `insert into "Session" ("municipalityId", "kind", "leaderAccountId", "startsAt", "endsAt", "cancelledAt") select "municipalityId", "kind", "leaderAccountId", "startsAt", "endsAt", now() from "Session" where "id" = '${world.session.id}'`,
      `insert into "SessionBreak" ("municipalityId", "sessionId", "startsAt", "endsAt") select "municipalityId", "id", "startsAt", "startsAt" + interval '10 minutes' from "Session" where "id" = '${world.session.id}'`,
      set('Training', '"capacity" = 2')(world),
      `update "Person" set "employeeNumber" = '123456789' where "id" = '${world.first.id}'`,
      `update "Person" set "employeeNumber" = '75010200181' where "id" = '${world.second.id}'`,
      set('Assignment', `"endsOn" = "startsOn"`)(world),
      // the second certificate was revoked, so a third may follow it
      `select take_register_numbers('${world.municipalityId}', 2026, 1)`,
      certificate(world, { registerNumber: '3' }),
      ...ALLOWED_EVIDENCE.map((statement) => statement(world)),
      'set constraints all immediate',
    ]
    for (const statement of allowed) await owner.query(statement)
  })
})
