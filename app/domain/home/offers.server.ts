import { Prisma } from '~/generated/prisma/client'
import type { AccountActor } from '~/platform/actor'
import { daysAfter } from '~/platform/zoned.server'
import { hasRole } from '../policy'
import { type Counted, type ListQuery, MOST_ROWS } from './list'

const DAY_MS = 86_400_000
const AHEAD_DAYS = 60
const NEW_DAYS = 60

export type Offer = Counted & {
  trainingId: string
  title: string
  titleEn: string | null
  startsAt: string
  endsAt: string
  place: string | null
  free: number
}

/** Coming trainings of the next sixty days with free seats, the soonest first: for a manager all, for an employee those he is not in yet. */
export function openTrainings(actor: AccountActor, now: Date): ListQuery<Offer> {
  const isManager = hasRole(actor, 'manager')
  if (!isManager && !(hasRole(actor, 'employee') && actor.personId)) return null
  const notIn = isManager
    ? Prisma.sql`true`
    : Prisma.sql`not exists (select from "Enrolment" e where e."trainingId" = t."id" and e."personId" = ${actor.personId}::uuid and e."state" <> 'withdrawn')`
  return Prisma.sql`
    select t."id" as "trainingId", c."title", c."titleEn", t."startsAt", t."endsAt", t."place", t."capacity" - t."seatsTaken" as "free", count(*) over ()::int as "total"
    from "Training" t join "Course" c on c."id" = t."courseId"
    where t."municipalityId" = ${actor.municipalityId}::uuid and t."startsAt" > ${now} and t."startsAt" < ${new Date(+now + AHEAD_DAYS * DAY_MS)}
      and t."cancelledAt" is null and t."seatsTaken" < t."capacity" and ${notIn}
    order by t."startsAt", t."id" limit ${MOST_ROWS}`
}

export type OwnCertificate = Counted & {
  id: string
  registerNumber: number
  registerYear: number
  issuedOn: string
  title: string
  titleEn: string | null
  hasFile: boolean
}

/** One's own valid certificates of the last sixty days, the latest first. */
export function ownCertificates(actor: AccountActor, today: string): ListQuery<OwnCertificate> {
  if (!hasRole(actor, 'employee') || !actor.personId) return null
  return Prisma.sql`
    select v."id", v."registerNumber", v."registerYear", v."issuedOn"::text as "issuedOn", c."title", c."titleEn", count(*) over ()::int as "total",
      exists (select from "CertificateFile" f where f."certificateId" = v."id") as "hasFile"
    from "Certificate" v join "Training" t on t."id" = v."trainingId" join "Course" c on c."id" = t."courseId"
    where v."personId" = ${actor.personId}::uuid and v."municipalityId" = ${actor.municipalityId}::uuid and v."issuedOn" >= ${daysAfter(today, -NEW_DAYS)}::date
      and not exists (select from "CertificateRevocation" r where r."certificateId" = v."id")
    order by v."issuedOn" desc, v."registerNumber" desc limit ${MOST_ROWS}`
}
