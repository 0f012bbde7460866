import { createHash, randomBytes } from 'node:crypto'
import pg from 'pg'
import type { World } from './data'

export type Person = { personId: string; accountId: string; cookie: string }
export type Room = { sessionId: string; people: Person[] }

const ROOMS = 8
export const PEOPLE = 500
/** People of the measured municipality nobody else speaks of. */
const OFFSET = 10_000

/** Five hundred people with accounts, each signed in on a phone of his own. */
export async function signInPeople(ownerUrl: string, { municipalityId }: World): Promise<Person[]> {
  const db = new pg.Client(ownerUrl)
  await db.connect()
  const tokens = Array.from({ length: PEOPLE }, () => randomBytes(24).toString('hex'))
  const hashes = tokens.map((token) => createHash('sha256').update(token).digest('hex'))
  const { rows } = await db.query(
    `with chosen as (select "id", row_number() over () as n from (select "id" from "Person" where "municipalityId" = $1 order by "id" offset $2 limit $3) p),
       accounts as (insert into "Account" ("login", "displayName") select 'phone-' || n || '@example.test', 'Телефон ' || n from chosen returning "id", "login"),
       members as (
         insert into "Membership" ("municipalityId", "accountId", "displayName", "personId")
         select $1, a."id", a."login", c."id" from accounts a join chosen c on a."login" = 'phone-' || c.n || '@example.test' returning "id", "accountId", "personId"),
       roles as (insert into "RoleGrant" ("municipalityId", "membershipId", "role") select $1, "id", 'employee' from members),
       logins as (
         insert into "LoginSession" ("id", "accountId", "municipalityId", "expiresAt")
         select h.hash, m."accountId", $1, now() + interval '1 day' from (select "accountId", row_number() over () as n from members) m
         join unnest($4::text[]) with ordinality as h(hash, n) on h.n = m.n returning "id", "accountId")
     select m."personId", m."accountId", l."id" as "hash" from members m join logins l on l."accountId" = m."accountId"`,
    [municipalityId, OFFSET, PEOPLE, hashes],
  )
  await db.end()
  const tokenOf = new Map(hashes.map((hash, i) => [hash, tokens[i]!]))
  return rows.map(({ personId, accountId, hash }) => ({ personId, accountId, cookie: `session=${tokenOf.get(hash)}` }))
}

/** Eight rooms whose sessions have just begun, the people spread over them, each with a seat. */
export async function openRooms(ownerUrl: string, { municipalityId }: World, people: Person[]): Promise<Room[]> {
  const db = new pg.Client(ownerUrl)
  await db.connect()
  const one = async (sql: string, values: unknown[]) => (await db.query(sql, values)).rows[0]!['id'] as string
  const rooms: Room[] = Array.from({ length: ROOMS }, () => ({ sessionId: '', people: [] }))
  for (const [index, person] of people.entries()) rooms[index % ROOMS]!.people.push(person)
  for (const room of rooms) {
    const name = randomBytes(6).toString('hex')
    const trainer = await one(`insert into "Account" ("login", "displayName") values ($1, 'Обучител') returning "id"`, [
      `${name}@example.test`,
    ])
    await db.query(`insert into "Membership" ("municipalityId", "accountId", "displayName") values ($1, $2, 'Обучител')`, [
      municipalityId,
      trainer,
    ])
    const training = await one(
      `insert into "Training" ("municipalityId", "courseId", "trainerAccountId", "place", "capacity")
       select $1, c."id", $2, 'Зала', $3 from "Course" c where c."municipalityId" = $1 limit 1 returning "id"`,
      [municipalityId, trainer, room.people.length],
    )
    room.sessionId = await one(
      `insert into "Session" ("municipalityId", "kind", "leaderAccountId", "startsAt", "endsAt", "place")
       values ($1, 'training', $2, now() - interval '5 minutes', now() + interval '3 hours', 'Зала') returning "id"`,
      [municipalityId, trainer],
    )
    await db.query(`insert into "TrainingSession" ("municipalityId", "sessionId", "trainingId") values ($1, $2, $3)`, [
      municipalityId,
      room.sessionId,
      training,
    ])
    await db.query(
      `with seats as (insert into "Enrolment" ("municipalityId", "trainingId", "personId") select $1, $2, p from unnest($3::uuid[]) p returning "id")
       insert into "EnrolmentStep" ("municipalityId", "enrolmentId", "state", "actorKind", "actorName") select $1, "id", 'approved', 'import', 'Измерване' from seats`,
      [municipalityId, training, room.people.map(({ personId }) => personId)],
    )
  }
  await db.query('analyze')
  await db.end()
  return rooms
}

/** How many of the rooms' people have exactly one way in, and how many claims there are beside those. */
export async function countedIn(ownerUrl: string, rooms: Room[]) {
  const db = new pg.Client(ownerUrl)
  await db.connect()
  const { rows } = await db.query(
    `select count(*) filter (where n = 1)::int as "once", count(*) filter (where n > 1)::int as "more", coalesce(sum(present), 0)::int as "present"
     from (select c."personId", count(*) as n, max((a."mark" = 'present')::int) as present from "AttendanceClaim" c
           left join "Attendance" a on a."sessionId" = c."sessionId" and a."personId" = c."personId"
           where c."sessionId" = any ($1::uuid[]) group by c."sessionId", c."personId") x`,
    [rooms.map(({ sessionId }) => sessionId)],
  )
  await db.end()
  return rows[0] as { once: number; more: number; present: number }
}
