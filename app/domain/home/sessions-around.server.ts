import { Prisma } from '~/generated/prisma/client'
import type { AccountActor } from '~/platform/actor'
import { boundsOfDay, daysAfter } from '~/platform/zoned.server'
import { hasRoom, marksOpenAt, nextScan, type Presence, type ScanKind } from '../attendance/decision'
import { presenceIn } from '../attendance/presence.server'
import { can, hasRole } from '../policy'
import { type Counted, type ListQuery, MOST_ROWS } from './list'

export const AHEAD_DAYS = 14

/** `total` counts the sessions of the same day, or of the days ahead, that the actor sees. */
export type AroundSession = Counted & {
  sessionId: string
  trainingId: string
  title: string
  titleEn: string | null
  startsAt: string
  endsAt: string
  place: string | null
  onlineUrl: string | null
  trainer: string
  isToday: boolean
  isLedByMe: boolean
  isMine: boolean
  /** People of the manager's services who hold a seat; 0 for everybody else. */
  ownPeople: number
  seatsTaken: number
  marked: number
  checkInOpensMinutes: number
  hasCheckOut: boolean
  isClosed: boolean
  /** What is known of the actor himself in it. */
  own: Presence
}

/** Whose sessions an actor sees: the coordinator all, a trainer those of his trainings, a manager those his people go to, an employee his own. */
function scope(actor: AccountActor, today: string): Prisma.Sql {
  if (hasRole(actor, 'coordinator')) return Prisma.sql`true`
  const parts: Prisma.Sql[] = []
  if (hasRole(actor, 'trainer')) parts.push(Prisma.sql`t."trainerAccountId" = ${actor.accountId}::uuid`)
  if (hasRole(actor, 'manager')) parts.push(Prisma.sql`exists (select from ${ownPeople(actor, today)})`)
  if (hasRole(actor, 'employee') && actor.personId) parts.push(attends(actor.personId))
  return parts.length > 0 ? Prisma.sql`(${Prisma.join(parts, ' or ')})` : Prisma.sql`false`
}

const attends = (personId: string) => Prisma.sql`exists (
  select from "Enrolment" e where e."trainingId" = t."id" and e."personId" = ${personId}::uuid and e."state" = 'approved')`

const ownPeople = (actor: AccountActor, today: string) => Prisma.sql`"Enrolment" e
  join "Assignment" a on a."personId" = e."personId" and a."serviceId" = any (${actor.serviceIds}::uuid[])
    and a."startsOn" <= ${today}::date and (a."endsOn" is null or a."endsOn" >= ${today}::date)
  where e."trainingId" = t."id" and e."state" = 'approved'`

/** Today's sessions by time, and those of the fourteen days after; at most ten of each. */
export function sessionsAround(actor: AccountActor, today: string): ListQuery<AroundSession> {
  if (!can(actor, 'training.list', null)) return null
  const day = boundsOfDay(today, actor.timeZone)
  const ahead = boundsOfDay(daysAfter(today, AHEAD_DAYS), actor.timeZone).to
  const isLedByMe = hasRole(actor, 'trainer') ? Prisma.sql`t."trainerAccountId" = ${actor.accountId}::uuid` : Prisma.sql`false`
  const isMine = hasRole(actor, 'employee') && actor.personId ? attends(actor.personId) : Prisma.sql`false`
  const own = hasRole(actor, 'manager')
    ? Prisma.sql`(select count(distinct e."personId")::int from ${ownPeople(actor, today)})`
    : Prisma.sql`0`
  // a session that began last evening and ends today is today's too; none is longer than a day
  const earliest = boundsOfDay(daysAfter(today, -1), actor.timeZone).from
  return Prisma.sql`
    with seen as (
      select s."id" as "sessionId", s."startsAt", s."endsAt", s."place", s."onlineUrl", s."checkInOpensMinutes", s."hasCheckOut", t."id", t."courseId", t."trainerAccountId", t."municipalityId", t."seatsTaken",
        s."startsAt" < ${day.to} as "isToday",
        count(*) over (partition by s."startsAt" < ${day.to})::int as "total",
        row_number() over (partition by s."startsAt" < ${day.to} order by s."startsAt", s."id") as "ordinal"
      from "Session" s
      join "TrainingSession" ts on ts."sessionId" = s."id"
      join "Training" t on t."id" = ts."trainingId"
      where s."municipalityId" = ${actor.municipalityId}::uuid and s."startsAt" >= ${earliest} and s."startsAt" < ${ahead} and s."endsAt" > ${day.from}
        and s."cancelledAt" is null and t."cancelledAt" is null and ${scope(actor, today)}
    )
    select t."sessionId", t."id" as "trainingId", c."title", c."titleEn", t."startsAt", t."endsAt", t."place", t."onlineUrl", t."checkInOpensMinutes", t."hasCheckOut", m."displayName" as "trainer", t."isToday",
      t."total", t."seatsTaken", ${isLedByMe} as "isLedByMe", ${isMine} as "isMine", ${own} as "ownPeople",
      case when t."isToday" then (select count(*)::int from "Attendance" x where x."sessionId" = t."sessionId") else 0 end as "marked",
      exists (select from "SheetClosure" k where k."sessionId" = t."sessionId") as "isClosed",
      ${presenceIn(Prisma.sql`t."sessionId"`, actor.personId)} as "own"
    from seen t
    join "Course" c on c."id" = t."courseId"
    join "Membership" m on m."accountId" = t."trainerAccountId" and m."municipalityId" = t."municipalityId"
    where t."ordinal" <= ${MOST_ROWS}
    order by t."startsAt", t."sessionId"`
}

/** The scan the actor has still to make at `now` in a session of his own that meets in a room, or null. */
export function ownScan(session: AroundSession, now: Date): ScanKind | null {
  const meeting = { ...session, startsAt: new Date(session.startsAt), endsAt: new Date(session.endsAt) }
  return session.isMine && !session.isClosed && hasRoom(session) ? nextScan(meeting, session.own, now) : null
}

/** Whether the actor can fill in the sheet of a session at `now`: the coordinator every one, a trainer his own, from when it can be marked. */
export function canMark(actor: AccountActor, session: AroundSession, now: Date): boolean {
  const span = { startsAt: new Date(session.startsAt), endsAt: new Date(session.endsAt) }
  return (hasRole(actor, 'coordinator') || session.isLedByMe) && marksOpenAt(span) <= now
}
