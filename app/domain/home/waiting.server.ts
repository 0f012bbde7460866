import { Prisma } from '~/generated/prisma/client'
import type { EnrolmentState } from '~/generated/prisma/enums'
import type { AccountActor } from '~/platform/actor'
import { can, hasRole } from '../policy'
import { type Counted, type ListQuery, MOST_ROWS } from './list'

/** How far back a home looks for what was left undone; the lists themselves go further. */
export const BACK_DAYS = 60
const LONGEST_TRAINING_DAYS = 400
const DAY_MS = 86_400_000
const daysBefore = (now: Date, days: number) => new Date(+now - days * DAY_MS)

type Titled = { trainingId: string; title: string; titleEn: string | null }

export type SheetToClose = Titled &
  Counted & {
    sessionId: string
    startsAt: string
    endsAt: string
    seatsTaken: number
    marked: number
    isConflicting: boolean
    lacksScan: boolean
  }

/**
 * Sessions of the last sixty days that are over and whose sheets are not closed: those with contradicting marks first, then the latest.
 * The coordinator's all, a trainer's own.
 */
export function sheetsToClose(actor: AccountActor, now: Date): ListQuery<SheetToClose> {
  if (!can(actor, 'sheet.list', null)) return null
  const own = hasRole(actor, 'coordinator') ? Prisma.sql`true` : Prisma.sql`t."trainerAccountId" = ${actor.accountId}::uuid`
  // what is marked is counted for the ten that are shown, not for all
  return Prisma.sql`
    with first as materialized (
      select s."id", s."startsAt", s."endsAt", t."id" as "trainingId", t."courseId", t."seatsTaken", count(*) over ()::int as "total",
        exists (select from "Attendance" a where a."sessionId" = s."id" and a."isConflicting") as "isConflicting"
      from "Session" s
      join "TrainingSession" ts on ts."sessionId" = s."id"
      join "Training" t on t."id" = ts."trainingId"
      where s."municipalityId" = ${actor.municipalityId}::uuid and s."startsAt" >= ${daysBefore(now, BACK_DAYS)} and s."startsAt" < ${now} and s."endsAt" <= ${now}
        and s."cancelledAt" is null and t."cancelledAt" is null and t."seatsTaken" > 0 and not exists (select from "SheetClosure" k where k."sessionId" = s."id") and ${own}
      order by "isConflicting" desc, s."startsAt" desc, s."id" limit ${MOST_ROWS}
    )
    select f."id" as "sessionId", f."trainingId", c."title", c."titleEn", f."startsAt", f."endsAt", f."seatsTaken", f."isConflicting", f."total", m."marked", m."lacksScan"
    from first f
    join "Course" c on c."id" = f."courseId"
    cross join lateral (
      select count(*)::int as "marked", coalesce(bool_or(a."lacksScan"), false) as "lacksScan" from "Attendance" a where a."sessionId" = f."id"
    ) m
    order by f."isConflicting" desc, f."startsAt" desc, f."id"`
}

export type Undecided = Titled & Counted & { startsAt: string | null; requested: number; nominated: number; free: number }

/** Trainings still to come or under way with requests and nominations to decide, the soonest first. */
export function undecidedEnrolments(actor: AccountActor, now: Date): ListQuery<Undecided> {
  if (!can(actor, 'enrolment.manage', null)) return null
  // by training and not by state: under row-level security an index on an enum is not searched (its equality is not leakproof)
  return Prisma.sql`
    with soonest as (
      select t."id", t."courseId", t."startsAt", t."capacity" - t."seatsTaken" as "free", p."requested", p."nominated", count(*) over ()::int as "total"
      from "Training" t
      cross join lateral (
        select count(*) filter (where e."state" = 'requested')::int as "requested", count(*) filter (where e."state" = 'nominated')::int as "nominated"
        from "Enrolment" e where e."trainingId" = t."id"
      ) p
      where t."municipalityId" = ${actor.municipalityId}::uuid and t."cancelledAt" is null and (t."endsAt" is null or t."endsAt" > ${now}) and p."requested" + p."nominated" > 0
      order by t."startsAt" nulls last, t."id" limit ${MOST_ROWS}
    )
    select s."id" as "trainingId", c."title", c."titleEn", s."startsAt", s."free", s."requested", s."nominated", s."total"
    from soonest s join "Course" c on c."id" = s."courseId"
    order by s."startsAt" nulls last, s."id"`
}

export type CertificatesDue = Titled & Counted & { endsAt: string; due: number; openSheets: number }

/**
 * Trainings that ended within the last sixty days in which people have earned a certificate and have none valid, by the same rule as the
 * issuing: a seat, every session marked, whole minutes of at least the required share. The latest first.
 */
export function certificatesDue(actor: AccountActor, now: Date): ListQuery<CertificatesDue> {
  if (!can(actor, 'certificate.issue', null)) return null
  // a training of which every seat has its certificate is passed over, unless one of them may be of somebody who has left
  // „offset 0“ and „materialized“ have the minutes of a training added up once and not for each place that names them
  return Prisma.sql`
    with ended as materialized (
      select t."id", t."courseId", t."endsAt" from "Training" t
      where t."municipalityId" = ${actor.municipalityId}::uuid and t."startsAt" >= ${daysBefore(now, LONGEST_TRAINING_DAYS)} and t."startsAt" < ${now}
        and t."endsAt" <= ${now} and t."endsAt" >= ${daysBefore(now, BACK_DAYS)} and t."cancelledAt" is null
        and (t."seatsTaken" > (
            select count(*) from "Certificate" v where v."trainingId" = t."id" and v."id" not in (select r."certificateId" from "CertificateRevocation" r))
          or exists (select from "Enrolment" e where e."trainingId" = t."id" and e."state" <> 'approved'))
    )
    select t."id" as "trainingId", c."title", c."titleEn", t."endsAt", earned."due", count(*) over ()::int as "total",
      (select count(*)::int from unnest(held."sessionIds") as h("id") where not exists (select from "SheetClosure" k where k."sessionId" = h."id")) as "openSheets"
    from ended t
    join "Course" c on c."id" = t."courseId"
    cross join lateral (
      select array_agg(s."id") as "sessionIds", sum(floor(extract(epoch from s."endsAt" - s."startsAt" - coalesce((
        select sum(b."endsAt" - b."startsAt") from "SessionBreak" b where b."sessionId" = s."id"), interval '0')) / 60)) as "minutes"
      from "TrainingSession" ts join "Session" s on s."id" = ts."sessionId" where ts."trainingId" = t."id" and s."cancelledAt" is null
      offset 0
    ) held
    cross join lateral (
      select count(*)::int as "due" from (
        select a."personId" from unnest(held."sessionIds") as h("sessionId") join "Attendance" a on a."sessionId" = h."sessionId"
        group by a."personId"
        having count(*) = cardinality(held."sessionIds") and sum(a."attendedMinutes") * 100 >= c."requiredSharePercent" * held."minutes"
        intersect
        select e."personId" from "Enrolment" e where e."trainingId" = t."id" and e."state" = 'approved'
        except
        select v."personId" from "Certificate" v where v."trainingId" = t."id"
          and not exists (select from "CertificateRevocation" r where r."certificateId" = v."id")
      ) person
    ) earned
    where held."minutes" > 0 and earned."due" > 0
    order by t."endsAt" desc, t."id" limit ${MOST_ROWS}`
}

export type Nomination = Titled &
  Counted & {
    enrolmentId: string
    givenName: string
    middleName: string | null
    familyName: string | null
    /** In the manager's service; of oneself none is given. */
    position: string | null
    personId: string
    employeeNumber: string | null
    state: EnrolmentState
    isOwn: boolean
    startsAt: string | null
  }

/** How the requests and nominations of a manager's people, and those of an employee himself, stand, for trainings that are not over: refused ones first, then the soonest. */
export function ownNominations(actor: AccountActor, today: string, now: Date): ListQuery<Nomination> {
  const self = hasRole(actor, 'employee') ? actor.personId : null
  const whose: Prisma.Sql[] = []
  if (hasRole(actor, 'manager'))
    whose.push(Prisma.sql`(
      select distinct on (a."personId") a."personId", a."position" from "Assignment" a
      where a."municipalityId" = ${actor.municipalityId}::uuid and a."serviceId" = any (${actor.serviceIds}::uuid[])
        and a."personId" is distinct from ${self}::uuid and a."startsOn" <= ${today}::date and (a."endsOn" is null or a."endsOn" >= ${today}::date)
      order by a."personId", a."startsOn" desc)`)
  // of oneself by the person alone: a request stands also while no post does
  if (self) whose.push(Prisma.sql`(select ${self}::uuid, null)`)
  if (whose.length === 0) return null
  return Prisma.sql`
    with own ("personId", "position") as (${Prisma.join(whose, ' union all ')})
    select e."id" as "enrolmentId", t."id" as "trainingId", c."title", c."titleEn", p."givenName", p."middleName", p."familyName", own."position", own."personId", p."employeeNumber", e."state"::text as "state", t."startsAt",
      own."personId" is not distinct from ${self}::uuid as "isOwn", count(*) over ()::int as "total"
    from own
    join "Enrolment" e on e."personId" = own."personId" and e."state" in ('requested', 'nominated', 'waiting', 'refused')
    join "Training" t on t."id" = e."trainingId" and t."cancelledAt" is null and (t."endsAt" is null or t."endsAt" > ${now})
    join "Course" c on c."id" = t."courseId"
    join "Person" p on p."id" = own."personId"
    order by e."state" <> 'refused', t."startsAt" nulls last, p."sortName", e."id" limit ${MOST_ROWS}`
}

export type Invitation = Counted & {
  membershipId: string
  name: string
  login: string
  since: string
  linkEndsAt: string | null
  isLinkOver: boolean
}

/** Accounts with a role here whose owner has never set a password, the longest waiting first, with the end of the last link. */
export function openInvitations(actor: AccountActor, now: Date): ListQuery<Invitation> {
  if (!can(actor, 'account.manage', null)) return null
  return Prisma.sql`
    select m."id" as "membershipId", m."displayName" as "name", a."login", m."createdAt" as "since", count(*) over ()::int as "total",
      link."endsAt" as "linkEndsAt", coalesce(link."endsAt" <= ${now}, false) as "isLinkOver"
    from "Membership" m
    join "Account" a on a."id" = m."accountId" and a."passwordHash" is null
    cross join lateral (
      select max(l."expiresAt") as "endsAt" from "PasswordLink" l where l."accountId" = a."id" and l."municipalityId" = m."municipalityId" and l."usedAt" is null
    ) link
    where m."municipalityId" = ${actor.municipalityId}::uuid and exists (select from "RoleGrant" g where g."membershipId" = m."id" and g."endedAt" is null)
    order by m."createdAt", m."id" limit ${MOST_ROWS}`
}
