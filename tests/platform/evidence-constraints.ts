import { randomUUID } from 'node:crypto'
import type { fullMunicipality } from './full-municipality'

type World = Awaited<ReturnType<typeof fullMunicipality>>
type Columns = Record<string, string>
type Statement = (w: World) => string

const long = (length: number) => `repeat('я', ${length})`
const TODAY = `(now() at time zone 'Europe/Sofia')::date`

/** An insert of one row that nothing refuses, with some of its columns (as SQL) put otherwise. */
const into =
  (table: string, allowed: (w: World) => Columns) =>
  (over: Columns = {}): Statement =>
  (w) => {
    const all = { municipalityId: `'${w.municipalityId}'`, ...allowed(w), ...over }
    return `insert into "${table}" (${Object.keys(all)
      .map((name) => `"${name}"`)
      .join(', ')}) values (${Object.values(all).join(', ')})`
  }
const then =
  (...statements: Statement[]): Statement =>
  (w) =>
    statements.map((statement) => statement(w)).join('; ')
const change =
  (table: string, set: string): Statement =>
  (w) =>
    `update "${table}" set ${set} where "municipalityId" = '${w.municipalityId}'`

const version = into('FunderProfileVersion', ({ evidence }) => ({
  profileId: `'${evidence.profileId}'`,
  validFrom: `'2099-01-01'`,
  showsEuBlock: 'false',
  columns: `'{name,signature}'`,
  createdByName: `'Координатор'`,
}))
const refused = into('RefusedCheckIn', (w) => ({
  sessionId: `'${w.session.id}'`,
  personId: `'${w.second.id}'`,
  accountId: 'gen_random_uuid()',
  source: `'code'`,
  reason: `'too_early'`,
  scannedAt: 'now()',
}))
const upload = into('SheetUpload', (w) => ({
  id: `'${w.evidence.freeId}'`,
  fileSha256: `(select min("sha256") from "Blob" where "municipalityId" = '${w.municipalityId}')`,
  fileName: `'списък.pdf'`,
  uploadedById: 'gen_random_uuid()',
  uploadedByName: `'Обучител'`,
}))
const reading = into('SheetReading', (w) => ({ uploadId: `'${w.evidence.freeId}'`, pageCount: '1' }))
const scan = into('SheetScan', (w) => ({
  uploadId: `'${w.evidence.uploadId}'`,
  pageOfFile: '500',
  viewSha256: `(select min("sha256") from "Blob" where "municipalityId" = '${w.municipalityId}')`,
}))
const placement = into('ScanPlacement', (w) => ({
  scanId: `'${w.evidence.scanId}'`,
  sessionId: `'${w.session.id}'`,
  page: '500',
  isByQr: 'false',
  placedById: 'gen_random_uuid()',
  placedByName: `'Обучител'`,
}))
const claim = into('AttendanceClaim', (w) => ({
  sessionId: `'${w.closedSession.id}'`,
  personId: `'${w.second.id}'`,
  kind: `'correction'`,
  mark: `'absent'`,
  source: `'late_entry'`,
  authorKind: `'account'`,
  authorName: `'Обучител'`,
  reason: `'по хартиения списък'`,
  key: `'${randomUUID()}'`,
}))
/** Marks the second person, and with that everybody, in the session that is still open. */
const second = (over: Columns = {}) =>
  then(
    (w) => claim({ kind: `'mark'`, sessionId: `'${w.session.id}'` })(w),
    into('Attendance', (w) => ({
      sessionId: `'${w.session.id}'`,
      personId: `'${w.second.id}'`,
      mark: `'absent'`,
      attendedMinutes: '0',
      claimId: `(select max("id") from "AttendanceClaim")`,
    }))(over),
  )
const closure = into('SheetClosure', (w) => ({
  sessionId: `'${w.session.id}'`,
  statement: `'Пълен е.'`,
  rowCount: '2',
  lastClaimId: `(select max("id") from "AttendanceClaim" where "sessionId" = '${w.session.id}')`,
  digest: `repeat('0', 64)`,
  closedByName: `'Обучител'`,
}))
/** A session of no training, in which nobody claims anything. */
const meeting: Statement = (w) =>
  `insert into "Session" ("id", "municipalityId", "kind", "leaderAccountId", "startsAt", "endsAt") values ('${w.evidence.freeId}', '${w.municipalityId}', 'supervision', '${w.trainer.accountId}', '2026-11-05T08:00Z', '2026-11-05T10:00Z')`
const closedMeeting = (over: Columns = {}) =>
  then(meeting, (w) => closure({ sessionId: `'${w.evidence.freeId}'`, lastClaimId: 'null', rowCount: '0', ...over })(w))

const ofClosed =
  (set: string): Statement =>
  (w) =>
    `update "Session" set ${set} where "id" = '${w.closedSession.id}'`
const pauseOf =
  (session: 'session' | 'closedSession', sql: (id: string, w: World) => string): Statement =>
  (w) =>
    sql(w[session].id, w)

/** Statements that break the constraints of attendance as evidence, each one and nothing else. */
export const BROKEN_EVIDENCE: Record<string, Statement[]> = {
  session_check_in: ['"checkInOpensMinutes" = -1', '"checkInOpensMinutes" = 241', '"codeSeconds" = 9', '"codeSeconds" = 121'].map((set) =>
    change('Session', set),
  ),
  attendance_minutes_of_present: [
    change('Attendance', `"mark" = 'absent', "attendedMinutes" = 0, "lateMinutes" = 1`),
    change('Attendance', `"mark" = 'excused', "attendedMinutes" = 0, "leftEarlyMinutes" = 1`),
  ],
  attendance_claim_minutes_of_present: [
    claim({ lateMinutes: '1' }),
    claim({ mark: `'excused'`, leftEarlyMinutes: '1' }),
    (w) => claim({ sessionId: `'${w.session.id}'`, kind: `'check_in'`, mark: 'null', lateMinutes: '1' })(w),
  ],
  attendance_leaves_after: [change('Attendance', `"arrivedAt" = '2026-11-02T08:00Z', "leftAt" = '2026-11-02T07:59Z'`)],
  funder_profile_name_length: [change('FunderProfile', `"name" = ''`), change('FunderProfile', `"name" = ${long(201)}`)],
  funder_version_form: [
    version({ statement: `''` }),
    version({ statement: long(1001) }),
    ...['null', `'{name,signature}' || array_fill('note'::text, array[11])`].map((columns) => version({ columns })),
  ],
  funder_version_is_signed: [`'{name}'`, `'{signature,note}'`].map((columns) => version({ columns })),
  funder_version_in_turn: [
    version({ validFrom: `'2019-12-31'` }),
    version({ validFrom: TODAY }),
    then(version(), version({ validFrom: `'2098-12-31'` })),
  ],
  refused_check_in_minutes: ['-1', '1441'].flatMap((minutes) => [
    refused({ lateMinutes: minutes }),
    refused({ leftEarlyMinutes: minutes }),
  ]),
  refused_check_in_reason: [refused({ reason: `''` }), refused({ reason: `'forged'` })],
  sheet_is_closed: [
    ...['mark', 'check_in', 'check_out'].map((kind) => claim({ kind: `'${kind}'` })),
    // among others that are allowed
    (w) =>
      `${claim()(w)}, ${claim({ sessionId: `'${w.session.id}'`, kind: `'mark'` })(w).split(' values ')[1]}, ${claim({ kind: `'mark'` })(w).split(' values ')[1]}`,
  ],
  sheet_is_whole: [closure(), then(second({ isConflicting: 'true' }), closure()), then(second({ lacksScan: 'true' }), closure())],
  sheet_closure_knows_claims: [
    then(second(), closure({ lastClaimId: 'null' })),
    then(second(), (w) => closure({ lastClaimId: `(select min("id") from "AttendanceClaim" where "sessionId" = '${w.session.id}')` })(w)),
    then(second(), closure({ lastClaimId: '9007199254740993' })),
    closedMeeting({ lastClaimId: `(select max("id") from "AttendanceClaim")` }),
  ],
  sheet_closure_form: [
    ...[`''`, `'   '`, long(1001)].map((statement) => closedMeeting({ statement })),
    closedMeeting({ rowCount: '-1' }),
    ...[`repeat('0', 63)`, `repeat('0', 65)`, `repeat('A', 64)`, `repeat('0', 63) || E'\\n'`].map((digest) => closedMeeting({ digest })),
  ],
  closed_session_stays: [
    ofClosed(`"startsAt" = "startsAt" + interval '1 minute'`),
    ofClosed(`"endsAt" = "endsAt" - interval '1 minute'`),
    ofClosed('"cancelledAt" = now()'),
    ofClosed('"hasCheckOut" = true'),
    ofClosed('"checkInOpensMinutes" = 31'),
    pauseOf(
      'closedSession',
      (id, w) =>
        `insert into "SessionBreak" ("municipalityId", "sessionId", "startsAt", "endsAt") values ('${w.municipalityId}', '${id}', '2026-11-03T12:00Z', '2026-11-03T12:15Z')`,
    ),
    pauseOf('closedSession', (id) => `update "SessionBreak" set "endsAt" = "endsAt" - interval '1 minute' where "sessionId" = '${id}'`),
    pauseOf('closedSession', (id) => `delete from "SessionBreak" where "sessionId" = '${id}'`),
    pauseOf(
      'session',
      (id, w) =>
        `update "SessionBreak" set "sessionId" = '${w.closedSession.id}', "startsAt" = '2026-11-03T12:00Z', "endsAt" = '2026-11-03T12:15Z' where "sessionId" = '${id}'`,
    ),
    pauseOf(
      'closedSession',
      (id, w) =>
        `update "SessionBreak" set "sessionId" = '${w.session.id}', "startsAt" = '2026-11-02T12:00Z', "endsAt" = '2026-11-02T12:15Z' where "sessionId" = '${id}'`,
    ),
    then(closedMeeting(), (w) => `update "Session" set "endsAt" = "endsAt" - interval '1 minute' where "id" = '${w.evidence.freeId}'`),
  ],
  sheet_upload_name_length: [upload({ fileName: `''` }), upload({ fileName: long(201) })],
  sheet_reading_form: [
    ...['0', '501', '-1'].map((pageCount) => then(upload(), reading({ pageCount }))),
    then(upload(), reading({ refusedFor: `'too_many_pages'` })),
  ],
  sheet_reading_page: [
    then(upload(), reading({ refusedPage: '1' })),
    ...['0', '501'].map((refusedPage) => then(upload(), reading({ pageCount: '0', refusedFor: `'broken'`, refusedPage }))),
  ],
  sheet_scan_page: [scan({ pageOfFile: '0' }), scan({ pageOfFile: '501' }), scan({ sheetOnPage: '0' }), scan({ sheetOnPage: '21' })],
  scan_placement_author: [placement({ isByQr: 'true' }), placement({ placedById: 'null' })],
  scan_placement_form: [placement({ sessionId: 'null' }), placement({ page: '0' }), placement({ page: '501' })],
}

/** What lies on the edge of the same constraints and is allowed, one after another. */
export const ALLOWED_EVIDENCE: Statement[] = [
  change('Session', '"checkInOpensMinutes" = "checkInOpensMinutes", "hasCheckOut" = "hasCheckOut", "startsAt" = "startsAt"'),
  ofClosed(`"place" = 'Зала 2', "codeSeconds" = 10, "sequence" = "sequence" + 1`),
  (w) => `update "Session" set "leaderAccountId" = '${w.otherTrainer.accountId}' where "id" = '${w.closedSession.id}'`,
  pauseOf('session', (id) => `update "SessionBreak" set "endsAt" = "endsAt" + interval '15 minutes' where "sessionId" = '${id}'`),
  (w) => `update "Session" set "checkInOpensMinutes" = 0, "codeSeconds" = 120, "hasCheckOut" = true where "id" = '${w.session.id}'`,
  change('Attendance', `"arrivedAt" = '2026-11-02T08:00Z', "leftAt" = '2026-11-02T08:00Z'`),
  version({ validFrom: `${TODAY} + 1`, statement: long(1000), columns: `'{name,signature}' || array_fill('note'::text, array[10])` }),
  version({ statement: 'null' }),
  into('FunderProfile', () => ({ id: `'0197a000-0000-7000-8000-000000000001'`, name: `'Друга'` }))(),
  version({ profileId: `'0197a000-0000-7000-8000-000000000001'`, validFrom: `'2015-01-01'` }),
  refused(),
  claim(),
  claim({ kind: `'proposal'`, reason: 'null' }),
  second(),
  closure({ statement: long(1000) }),
  closedMeeting(),
  // its number is taken by the meeting in another table
  upload({ fileName: long(200) }),
  reading({ pageCount: '500' }),
  scan(),
  placement(),
  placement({ page: 'null' }),
  placement({ page: 'null', sessionId: 'null' }),
]
