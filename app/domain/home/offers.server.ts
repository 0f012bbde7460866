import { Prisma } from '~/generated/prisma/client'
import type { AccountActor } from '~/platform/actor'
import type { Tx } from '~/platform/db.server'
import { daysAfter } from '~/platform/zoned.server'
import { hasRole } from '../policy'
import { MOST_ROWS } from './sessions-around.server'

const DAY_MS = 86_400_000
const AHEAD_DAYS = 60
const NEW_DAYS = 60

export type Offer = {
  trainingId: string
  title: string
  titleEn: string | null
  startsAt: Date
  endsAt: Date
  place: string | null
  free: number
  total: number
}

/** Coming trainings of the next sixty days with free seats, the soonest first: for a manager all, for an employee those he is not in yet. */
export async function openTrainings(tx: Tx, actor: AccountActor, now: Date): Promise<Offer[]> {
  const isManager = hasRole(actor, 'manager')
  if (!isManager && !(hasRole(actor, 'employee') && actor.personId)) return []
  const notIn = isManager
    ? Prisma.sql`true`
    : Prisma.sql`not exists (select from "Enrolment" e where e."trainingId" = t."id" and e."personId" = ${actor.personId}::uuid and e."state" <> 'withdrawn')`
  return tx.$queryRaw<Offer[]>`
    select t."id" as "trainingId", c."title", c."titleEn", t."startsAt", t."endsAt", t."place", t."capacity" - t."seatsTaken" as "free", count(*) over ()::int as "total"
    from "Training" t join "Course" c on c."id" = t."courseId"
    where t."municipalityId" = ${actor.municipalityId}::uuid and t."startsAt" > ${now} and t."startsAt" < ${new Date(+now + AHEAD_DAYS * DAY_MS)}
      and t."cancelledAt" is null and t."seatsTaken" < t."capacity" and ${notIn}
    order by t."startsAt", t."id" limit ${MOST_ROWS}`
}

export type OwnCertificate = {
  id: string
  registerNumber: number
  registerYear: number
  issuedOn: string
  title: string
  titleEn: string | null
  hasFile: boolean
  total: number
}

/** One's own valid certificates of the last sixty days, the latest first. */
export async function ownCertificates(tx: Tx, actor: AccountActor, today: string): Promise<OwnCertificate[]> {
  if (!hasRole(actor, 'employee') || !actor.personId) return []
  return tx.$queryRaw<OwnCertificate[]>`
    select v."id", v."registerNumber", v."registerYear", v."issuedOn"::text as "issuedOn", c."title", c."titleEn", count(*) over ()::int as "total",
      exists (select from "CertificateFile" f where f."certificateId" = v."id") as "hasFile"
    from "Certificate" v join "Training" t on t."id" = v."trainingId" join "Course" c on c."id" = t."courseId"
    where v."personId" = ${actor.personId}::uuid and v."municipalityId" = ${actor.municipalityId}::uuid and v."issuedOn" >= ${daysAfter(today, -NEW_DAYS)}::date
      and not exists (select from "CertificateRevocation" r where r."certificateId" = v."id")
    order by v."issuedOn" desc, v."registerNumber" desc limit ${MOST_ROWS}`
}
