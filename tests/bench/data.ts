import { createHash, randomBytes } from 'node:crypto'
import pg from 'pg'

/** How much there is, overall and where it is measured. */
export const SIZE = { people: 20_000, events: 200_000, pastTrainings: 600, pastPeople: 30, rosters: 8, certificatePeople: 400 } as const

/** The latest of the past trainings, whose certificates still wait to be issued. */
const NOT_YET_CERTIFIED = 5

export type RosterSize = 30 | 200 | 500

export type World = {
  cookie: string
  municipalityId: string
  accountId: string
  projectId: string
  /** Rosters by their number of people; each training has one session. */
  rosters: Record<RosterSize, { trainingId: string; sessionId: string; people: string[] }[]>
  /** A training that has ended, everybody present, nobody certified. */
  certificates: { trainingId: string }
}

/** Fills a migrated database: one municipality with everybody in it, which is the hardest case, and accounts that are signed in. */
export async function fill(ownerUrl: string): Promise<World> {
  const db = new pg.Client(ownerUrl)
  await db.connect()
  const one = async (sql: string, values: unknown[] = []) => (await db.query(sql, values)).rows[0] as Record<string, string>
  const municipality = (await one(`insert into "Municipality" ("name", "isDemo") values ('Измервателна', true) returning "id"`)).id!
  const account = (
    await one(`insert into "Account" ("login", "displayName") values ('bench@example.test', 'Измерващ Координатор') returning "id"`)
  ).id!
  const membership = (
    await one(
      `insert into "Membership" ("municipalityId", "accountId", "displayName") values ($1, $2, 'Измерващ Координатор') returning "id"`,
      [municipality, account],
    )
  ).id!
  await db.query(
    `insert into "RoleGrant" ("municipalityId", "membershipId", "role") select $1, $2, r from unnest(array['coordinator', 'trainer']::"Role"[]) r`,
    [municipality, membership],
  )
  const token = randomBytes(24).toString('hex')
  await db.query(
    `insert into "LoginSession" ("id", "accountId", "municipalityId", "expiresAt") values ($1, $2, $3, now() + interval '1 day')`,
    [createHash('sha256').update(token).digest('hex'), account, municipality],
  )
  const employer = (
    await one(
      `insert into "Employer" ("municipalityId", "kind", "name") values ($1, 'administration', 'Общинска администрация') returning "id"`,
      [municipality],
    )
  ).id!
  await db.query(
    `insert into "SocialService" ("municipalityId", "employerId", "name") select $1, $2, 'Услуга ' || i from generate_series(1, 40) i`,
    [municipality, employer],
  )
  await db.query(
    `insert into "Person" ("municipalityId", "givenName", "middleName", "familyName", "isInvented")
     select $1, (array['Мария','Иван','Елена','Георги','Йорданка','Петър','Ана','Стоян'])[1 + i % 8], (array['Иванова','Петров','Стоянова','Георгиев'])[1 + i % 4],
       (array['Димитрова','Ангелов','Николова','Тодоров','Желева','Щерев'])[1 + i % 6] || '-' || i, true from generate_series(1, $2::int) i`,
    [municipality, SIZE.people],
  )
  await db.query(
    `insert into "Assignment" ("municipalityId", "personId", "employerId", "serviceId", "position", "category", "startsOn")
     select $1, p."id", $2, (select s."id" from "SocialService" s where s."name" = 'Услуга ' || (1 + p.n % 40)), 'социален работник', 'core', '2022-01-01'
     from (select "id", row_number() over () as n from "Person" where "municipalityId" = $1) p`,
    [municipality, employer],
  )
  const course = (
    await one(
      `insert into "Course" ("municipalityId", "kind", "title", "durationMinutes") values ($1, 'introductory', 'Стандарти за качество на социалните услуги', 360) returning "id"`,
      [municipality],
    )
  ).id!
  const project = (
    await one(`insert into "Project" ("municipalityId", "title") values ($1, 'Измервателен проект') returning "id"`, [municipality])
  ).id!
  let slot = 0
  async function training(people: number, offset: number, projectId: string | null) {
    const id = (
      await one(
        `insert into "Training" ("municipalityId", "courseId", "projectId", "trainerAccountId", "place", "capacity") values ($1, $2, $3, $4, 'Зала 1', $5) returning "id"`,
        [municipality, course, projectId, account, Math.max(people, 20)],
      )
    ).id!
    const start = new Date(Date.now() - ++slot * 86_400_000 - 8 * 3_600_000)
    const session = (
      await one(
        `insert into "Session" ("municipalityId", "kind", "leaderAccountId", "startsAt", "endsAt", "place") values ($1, 'training', $2, $3, $4, 'Зала 1') returning "id"`,
        [municipality, account, start, new Date(+start + 7 * 3_600_000)],
      )
    ).id!
    await db.query(`insert into "SessionBreak" ("municipalityId", "sessionId", "startsAt", "endsAt") values ($1, $2, $3, $4)`, [
      municipality,
      session,
      new Date(+start + 3 * 3_600_000),
      new Date(+start + 4 * 3_600_000),
    ])
    await db.query(`insert into "TrainingSession" ("municipalityId", "sessionId", "trainingId") values ($1, $2, $3)`, [
      municipality,
      session,
      id,
    ])
    const { rows } = await db.query(
      `with chosen as (select "id" from "Person" where "municipalityId" = $1 order by "sortName", "id" offset $3 limit $4)
       insert into "Enrolment" ("municipalityId", "trainingId", "personId") select $1, $2, "id" from chosen returning "id", "personId"`,
      [municipality, id, offset, people],
    )
    await db.query(
      `insert into "EnrolmentStep" ("municipalityId", "enrolmentId", "state", "actorKind", "actorName") select $1, e, 'approved', 'import', 'Измерване' from unnest($2::uuid[]) e`,
      [municipality, rows.map((row) => row.id)],
    )
    return { trainingId: id, sessionId: session, people: rows.map((row) => row.personId as string) }
  }
  async function present({ sessionId }: { sessionId: string }, people: string[]) {
    await db.query(
      `with claims as (
         insert into "AttendanceClaim" ("municipalityId", "sessionId", "personId", "kind", "source", "mark", "authorKind", "authorName", "key")
         select $1, $2, p, 'mark', 'import', 'present', 'import', 'Измерване', gen_random_uuid() from unnest($3::uuid[]) p returning "id", "personId")
       insert into "Attendance" ("municipalityId", "sessionId", "personId", "mark", "attendedMinutes", "claimId") select $1, $2, "personId", 'present', 360, "id" from claims`,
      [municipality, sessionId, people],
    )
  }
  let numbered = 0
  /** All on one file: what is measured does not open it, and a missing one would be drawn while others are timed. */
  async function certified({ trainingId }: { trainingId: string }, people: string[]) {
    await db.query('begin')
    await db.query(
      `insert into "RegisterCounter" as c ("municipalityId", "year", "lastNumber") values ($1, extract(year from now()), $2)
       on conflict ("municipalityId", "year") do update set "lastNumber" = c."lastNumber" + $2`,
      [municipality, people.length],
    )
    await db.query(
      `with issued as (
         insert into "Certificate" ("municipalityId", "trainingId", "personId", "registerYear", "registerNumber", "issuedOn", "issuedByName", "verifyCode", "factsHash")
         select $1, $2, p, extract(year from now()), $4::int + n, now(), 'Измерване', upper(replace(gen_random_uuid()::text, '-', '')), repeat('0', 64)
         from unnest($3::uuid[]) with ordinality as x(p, n) returning "id")
       insert into "CertificateFile" ("certificateId", "municipalityId", "sha256") select "id", $1, encode(sha256('bench'), 'hex') from issued`,
      [municipality, trainingId, people, numbered],
    )
    await db.query('commit')
    numbered += people.length
  }
  await db.query(
    `insert into "Blob" ("municipalityId", "sha256", "mediaType", "sizeBytes", "bytes") values ($1, encode(sha256('bench'), 'hex'), 'application/pdf', 5, 'bench')`,
    [municipality],
  )
  const rosters: World['rosters'] = { 30: [], 200: [], 500: [] }
  for (let i = 0; i < 2; i++) rosters[500].push(await training(500, 2000 + i * 500, null))
  for (let i = 0; i < SIZE.rosters; i++) {
    rosters[200].push(await training(200, i * 200, null))
    rosters[30].push(await training(30, i * 30, null))
  }
  const certificates = await training(SIZE.certificatePeople, 0, null)
  await present(certificates, certificates.people)
  for (let i = 0; i < SIZE.pastTrainings; i++) {
    const past = await training(SIZE.pastPeople, (i * SIZE.pastPeople) % (SIZE.people - SIZE.pastPeople), project)
    await present(past, past.people)
    if (i >= NOT_YET_CERTIFIED) await certified(past, past.people)
  }
  await db.query('alter table "AuditEvent" disable trigger all')
  // The links of these events are filled in, not computed: what is measured only appends after them.
  await db.query(
    `insert into "AuditEvent" ("chainId", "seq", "municipalityId", "at", "actorKind", "action", "subjectType", "payloadHash", "hashedText", "previousHash", "hash")
     select $1, i, $1, now(), 'import', 'bench.filled', 'bench', repeat('0', 64), repeat('x', 300), repeat('0', 64), repeat('0', 64) from generate_series(1, $2::int) i`,
    [municipality, SIZE.events],
  )
  await db.query(
    `insert into "AuditPayload" ("chainId", "seq", "municipalityId", "salt", "payload") select $1, i, $1, 'x', '{}' from generate_series(1, $2::int) i`,
    [municipality, SIZE.events],
  )
  await db.query('alter table "AuditEvent" enable trigger all')
  await db.query(`insert into "AuditHead" ("chainId", "seq", "hash") values ($1, $2, repeat('0', 64))`, [municipality, SIZE.events])
  await db.query('vacuum analyze')
  await db.end()
  return {
    cookie: `session=${token}`,
    municipalityId: municipality,
    accountId: account,
    projectId: project,
    rosters,
    certificates: { trainingId: certificates.trainingId },
  }
}
