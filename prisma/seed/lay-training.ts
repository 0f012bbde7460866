import { attendedMinutes, type Record, type Span } from '~/domain/attendance/attendance'
import { appendSteps } from '~/domain/enrolment/waiting-list.server'
import type { EnrolmentState } from '~/generated/prisma/enums'
import type { Tx } from '~/platform/db.server'
import { instantAt } from '~/platform/zoned.server'
import type { CourseKey } from './courses'
import { DEMO_REASON, demoId, demoImport, INVENTED } from './demo-id'

/** Wall-clock times of one day. */
export type LaidSession = { day: string; from: string; to: string; breaks: [from: string, to: string][] }
export type LaidTraining = {
  id: string
  course: CourseKey
  trainerAccountId: string
  place: string | null
  onlineUrl?: string
  capacity: number
  note?: string
  projectId?: string
  activityId?: string
  sessions: LaidSession[]
  /** Person ids by the state they are in. */
  people: Partial<{ [state in EnrolmentState]: string[] }>
  /** What the sheets say of the approved people, by their place in the list; left out, the sheets are still to be filled. */
  marks?: (index: number, session: number) => Record
}
export type Ground = { id: string; key: string; timeZone: string }

export const PRESENT: Record = { mark: 'present', lateMinutes: 0, leftEarlyMinutes: 0 }

/** Puts down a training of the demo with its sessions, people and filled sheets, all of it marked as invented, under the import's name. */
export async function layTraining(tx: Tx, ground: Ground, training: LaidTraining): Promise<void> {
  const municipalityId = ground.id
  const { id, course, trainerAccountId, place, onlineUrl = null, capacity, note = INVENTED, projectId = null, activityId = null } = training
  const courseId = demoId(ground.key, 'course', course)
  await tx.training.create({
    data: { id, municipalityId, courseId, projectId, activityId, trainerAccountId, place, onlineUrl, capacity, note, isInvented: true },
    select: { id: true },
  })
  const sessions = training.sessions.map((laid, index) => ({ id: demoId(id, 'session', index), ...spansOf(laid, ground.timeZone) }))
  for (const { id: sessionId, startsAt, endsAt, breaks } of sessions) {
    const leader = { kind: 'training', leaderAccountId: trainerAccountId } as const
    await tx.session.create({
      data: { id: sessionId, municipalityId, ...leader, startsAt, endsAt, place, onlineUrl },
      select: { id: true },
    })
    await tx.trainingSession.create({ data: { municipalityId, sessionId, trainingId: id } })
    await tx.sessionBreak.createMany({ data: breaks.map((pause) => ({ municipalityId, sessionId, ...pause })) })
  }
  await enrol(tx, ground, training)
  if (!training.marks) return
  for (const [index, session] of sessions.entries()) await fillSheet(tx, ground, training, session, index)
}

function spansOf({ day, from, to, breaks }: LaidSession, timeZone: string): Span & { breaks: Span[] } {
  const at = (time: string) => instantAt(day, time, timeZone)
  return { startsAt: at(from), endsAt: at(to), breaks: breaks.map(([start, end]) => ({ startsAt: at(start), endsAt: at(end) })) }
}

async function enrol(tx: Tx, { id: municipalityId }: Ground, { id: trainingId, people }: LaidTraining) {
  const entered = Object.entries(people).flatMap(([state, ids]) =>
    ids.map((personId) => ({ id: demoId(trainingId, 'enrolment', personId), personId, state: state as EnrolmentState })),
  )
  if (entered.length === 0) return
  await tx.$executeRaw`
    insert into "Enrolment" ("id", "municipalityId", "trainingId", "personId")
    select e.id, ${municipalityId}::uuid, ${trainingId}::uuid, e.person
    from unnest(${entered.map((one) => one.id)}::uuid[], ${entered.map((one) => one.personId)}::uuid[]) as e(id, person)`
  const steps = entered.map(({ id, state }) => ({ enrolmentId: id, state }))
  await appendSteps(tx, demoImport(municipalityId), steps, DEMO_REASON)
}

/** One claim and its projection for each approved person; received now, by the import, for so it was. */
async function fillSheet(
  tx: Tx,
  { id: municipalityId }: Ground,
  { people, marks }: LaidTraining,
  session: Span & { id: string; breaks: Span[] },
  ordinal: number,
) {
  const { kind, name } = demoImport(municipalityId)
  const rows = (people.approved ?? []).map((personId, index) => ({ personId, ...marks!(index, ordinal) }))
  const minutes = rows.map((row) => attendedMinutes(session, session.breaks, row))
  await tx.$executeRaw`
    with marked as (
      select * from unnest(${rows.map((row) => row.personId)}::uuid[], ${rows.map((row) => row.mark)}::text[], ${rows.map((row) => row.lateMinutes)}::int[],
        ${rows.map((row) => row.leftEarlyMinutes)}::int[], ${minutes}::int[]) as m("personId", "mark", "late", "early", "attended")
    ), claimed as (
      insert into "AttendanceClaim" ("municipalityId", "sessionId", "personId", "kind", "source", "mark", "lateMinutes", "leftEarlyMinutes", "authorKind", "authorName", "key", "reason")
      select ${municipalityId}::uuid, ${session.id}::uuid, m."personId", 'mark', 'import', m."mark"::"AttendanceMark", m."late", m."early", ${kind}::"ActorKind", ${name}, ${demoId(session.id, 'sheet')}::uuid, ${DEMO_REASON}
      from marked m returning "id", "personId"
    )
    insert into "Attendance" ("sessionId", "personId", "municipalityId", "mark", "lateMinutes", "leftEarlyMinutes", "attendedMinutes", "claimId")
    select ${session.id}::uuid, m."personId", ${municipalityId}::uuid, m."mark"::"AttendanceMark", m."late", m."early", m."attended", c."id"
    from claimed c join marked m using ("personId")`
}
