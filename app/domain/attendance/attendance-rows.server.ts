import { Prisma } from '~/generated/prisma/client'
import type { ClaimKind, ClaimSource } from '~/generated/prisma/enums'
import type { Tx } from '~/platform/db.server'
import { timeZoneOf } from '../person/person.server'
import { postOnDay } from '../person/post-on-day.server'
import type { Actor } from '../policy'
import { scheduledMinutes } from './attendance'
import type { SheetRow } from './attendance.server'

/** What a row says of its session. Instants; minutes whole. */
export type FiledSession = {
  id: string
  startsAt: Date
  endsAt: Date
  place: string | null
  isCancelled: boolean
  scheduledMinutes: number
  closedAt: Date | null
  course: { title: string; titleEn: string | null }
  trainer: string
}

/** One person in one session: what the claims amount to, and the claim that decided it. */
export type FiledAttendance = Omit<SheetRow, 'claimId' | 'number'> & {
  session: FiledSession
  employeeNumber: string | null
  kind: ClaimKind | null
  source: ClaimSource | null
  markedAt: Date | null
  authorName: string | null
  reason: string | null
}
type Columns = Omit<FiledAttendance, 'session'> & { sessionId: string }

export type Narrowing = {
  /** Of this person alone. */
  personId?: string | null
  /** Only those who were there. */
  presentOnly?: boolean
}

const ROWS_AT_ONCE = 1_000

/** The sessions a file is about, by time. */
export async function filedSessions(tx: Tx, where: Prisma.SessionWhereInput): Promise<FiledSession[]> {
  const sessions = await tx.session.findMany({
    where: { AND: [{ kind: 'training' }, where] },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    select: {
      id: true,
      startsAt: true,
      endsAt: true,
      place: true,
      onlineUrl: true,
      cancelledAt: true,
      breaks: { select: { startsAt: true, endsAt: true } },
      closure: { select: { closedAt: true } },
      training: {
        select: {
          training: { select: { course: { select: { title: true, titleEn: true } }, trainer: { select: { displayName: true } } } },
        },
      },
    },
  })
  return sessions.map(({ breaks, closure, training, cancelledAt, onlineUrl, ...session }) => ({
    ...session,
    place: session.place ?? onlineUrl,
    isCancelled: cancelledAt !== null,
    scheduledMinutes: scheduledMinutes(session, breaks),
    closedAt: closure?.closedAt ?? null,
    course: training!.training.course,
    trainer: training!.training.trainer.displayName,
  }))
}

/**
 * Everybody who holds a seat in one of the sessions, or was marked in it, by session and family name. Of a cancelled session only who was
 * marked. One statement, read a thousand rows at a time: the rows are those of one moment and never all in memory.
 */
export async function* filedAttendances(
  tx: Tx,
  actor: Actor,
  sessions: FiledSession[],
  { personId = null, presentOnly = false }: Narrowing = {},
): AsyncGenerator<FiledAttendance[]> {
  const byId = new Map(sessions.map((session) => [session.id, session]))
  const held = sessions.map(({ isCancelled }) => !isCancelled)
  await tx.$executeRaw`
    declare filed_attendance no scroll cursor for
    with wanted as (
      select w."id", w."held", w."at" from unnest(${sessions.map(({ id }) => id)}::uuid[], ${held}::boolean[]) with ordinality as w("id", "held", "at")
    ), member as (
      select w."id" as "sessionId", w."at", e."personId" from wanted w
      join "TrainingSession" ts on ts."sessionId" = w."id"
      join "Enrolment" e on e."trainingId" = ts."trainingId" and e."state" = 'approved'
      where w."held" and (${personId}::uuid is null or e."personId" = ${personId}::uuid)
      union
      select w."id", w."at", a."personId" from wanted w join "Attendance" a on a."sessionId" = w."id"
      where ${personId}::uuid is null or a."personId" = ${personId}::uuid
    )
    select m."sessionId", m."personId", p."givenName", p."middleName", p."familyName", p."employeeNumber", post."position", post."unit",
      e."state" is not null and e."state" = 'approved' as "isEnrolled",
      a."mark"::text as "mark", a."lateMinutes", a."leftEarlyMinutes", a."attendedMinutes", a."arrivedAt", a."leftAt",
      coalesce(a."lacksScan", false) as "lacksScan", coalesce(a."isConflicting", false) as "isConflicting",
      c."kind"::text as "kind", c."source"::text as "source", coalesce(c."madeAt", c."receivedAt") as "markedAt", c."authorName", c."reason"
    from member m
    join "Person" p on p."id" = m."personId"
    join "Session" s on s."id" = m."sessionId"
    join "TrainingSession" ts on ts."sessionId" = m."sessionId"
    left join "Enrolment" e on e."trainingId" = ts."trainingId" and e."personId" = m."personId"
    left join "Attendance" a on a."sessionId" = m."sessionId" and a."personId" = m."personId"
    left join "AttendanceClaim" c on c."id" = a."claimId"
    ${postOnDay(Prisma.sql`m."personId"`, Prisma.sql`(s."startsAt" at time zone ${timeZoneOf(actor)})::date`)}
    where not ${presentOnly}::boolean or a."mark" = 'present'
    order by m."at", p."sortName", p."id"`
  for (;;) {
    const rows = await tx.$queryRaw<Columns[]>`fetch 1000 from filed_attendance`
    yield rows.map(({ sessionId, ...row }) => ({ ...row, session: byId.get(sessionId)! }))
    if (rows.length < ROWS_AT_ONCE) break
  }
  await tx.$executeRaw`close filed_attendance`
}
