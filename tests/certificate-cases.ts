import pg from 'pg'
import { connectionPool, inMunicipality } from '~/platform/db.server'
import { aCourse, aPerson, aSession, aTraining, enrolled, type SessionTimes } from './factories'

export type TrainingCase = Awaited<ReturnType<typeof aTraining>>
type Held = Pick<TrainingCase, 'municipalityId' | 'people' | 'sessions'>

/** After the sessions of `aTraining`: 20 November 2026, 12:00 in Sofia. */
export const AFTERWARDS = new Date('2026-11-20T10:00:00Z')

/** Marks everybody present in every session for `attendedMinutes` each (all 360 scheduled ones unless said), by claims of an import. */
export const present = ({ municipalityId, people, sessions }: Held, attendedMinutes = 360) =>
  inMunicipality({ municipalityId }, async (tx) => {
    await tx.$executeRaw`
      with claims as (
        insert into "AttendanceClaim" ("municipalityId", "sessionId", "personId", "kind", "source", "mark", "authorKind", "authorName", "key")
        select ${municipalityId}::uuid, s, p, 'mark', 'import', 'present', 'import', 'Тест', gen_random_uuid()
        from unnest(${sessions.map(({ id }) => id)}::uuid[]) s, unnest(${people.map(({ id }) => id)}::uuid[]) p
        returning "id", "sessionId", "personId"
      )
      insert into "Attendance" ("sessionId", "personId", "municipalityId", "mark", "attendedMinutes", "claimId")
      select c."sessionId", c."personId", ${municipalityId}::uuid, 'present', ${attendedMinutes}::int, c."id" from claims c`
  })

const TIMES: SessionTimes = { startsAt: '2026-11-03T07:00:00Z', endsAt: '2026-11-03T13:00:00Z' }

/** Another training of the same municipality, with people of its own who were all present for its 360 minutes. Days apart, so that its trainer is free. */
export async function anotherHeld({ municipalityId, trainer, service }: TrainingCase, people: number, dayOfMonth: number) {
  const course = await aCourse(municipalityId)
  const training = await inMunicipality({ municipalityId }, (tx) =>
    tx.training.create({
      data: { municipalityId, courseId: course.id, trainerAccountId: trainer.accountId, place: 'Зала 1', capacity: Math.max(people, 1) },
    }),
  )
  const day = (instant: string) => instant.replace('-03T', `-${String(dayOfMonth).padStart(2, '0')}T`)
  const session = await aSession(municipalityId, training, { startsAt: day(TIMES.startsAt), endsAt: day(TIMES.endsAt) })
  const persons = []
  for (let i = 0; i < people; i++) {
    const person = await aPerson(municipalityId, { service })
    await enrolled(municipalityId, training.id, person.id)
    persons.push(person)
  }
  await present({ municipalityId, people: persons, sessions: [session] })
  return { training, people: persons, session }
}

/** The register of a municipality in order: number, person, training. */
export const register = (municipalityId: string) =>
  inMunicipality({ municipalityId }, (tx) =>
    tx.certificate.findMany({
      where: { municipalityId },
      orderBy: [{ registerYear: 'asc' }, { registerNumber: 'asc' }],
      include: { facts: true, file: { include: { blob: true } }, revocation: true },
    }),
  )

/** Takes the facts of a certificate away, as they are at the end of the retention term. */
export async function eraseFacts(certificateId: string) {
  const owner = new pg.Client(process.env.DATABASE_OWNER_URL)
  await owner.connect()
  await owner.query(`alter table "CertificateFacts" disable trigger append_only`)
  await owner.query(`delete from "CertificateFacts" where "certificateId" = $1`, [certificateId])
  await owner.query(`alter table "CertificateFacts" enable trigger append_only`)
  await owner.end()
}

/** A training of one session that many people attended, made quickly. */
export async function aLargeTraining(people: number) {
  const one = await aTraining({ people: 0, capacity: 2000 })
  const { municipalityId, training } = one
  const persons = await inMunicipality({ municipalityId }, async (tx) => {
    const made = await tx.person.createManyAndReturn({
      data: Array.from({ length: people }, (_, index) => ({ municipalityId, givenName: 'Име', familyName: `Фамилия${index}` })),
    })
    const ids = made.map(({ id }) => id)
    await tx.$executeRaw`
      insert into "Enrolment" ("municipalityId", "trainingId", "personId")
      select ${municipalityId}::uuid, ${training.id}::uuid, p from unnest(${ids}::uuid[]) p`
    await tx.$executeRaw`
      insert into "EnrolmentStep" ("municipalityId", "enrolmentId", "state", "actorKind", "actorName")
      select ${municipalityId}::uuid, e."id", 'approved', 'import', 'Тест' from "Enrolment" e where e."trainingId" = ${training.id}::uuid`
    return made
  })
  await present({ ...one, people: persons })
  return { ...one, people: persons }
}
export type LargeTraining = Awaited<ReturnType<typeof aLargeTraining>>

/** The texts of every statement the app sends to the database while `run` runs. */
export async function statementsOf(run: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = []
  const restore: (() => void)[] = []
  const watched = new Set<pg.PoolClient>()
  const watch = (client: pg.PoolClient) => {
    if (watched.has(client)) return
    watched.add(client)
    const query = client.query
    client.query = ((...args: any[]) => (sent.push(args[0]?.text ?? args[0]), (query as any).apply(client, args))) as never
    restore.push(() => void (client.query = query))
  }
  connectionPool().on('acquire', watch)
  try {
    await run()
  } finally {
    connectionPool().off('acquire', watch)
    for (const undo of restore) undo()
  }
  return sent
}
