import type { EnrolmentState } from '~/generated/prisma/enums'
import type { Actor } from '~/platform/actor'
import { clock } from '~/platform/clock.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { certificateState, type CertificateState } from '../certificate/certificate'
import { dayText } from '../day'
import { can, hasRole } from '../policy'
import type { FoundPerson } from './person.server'

export type AttendedTraining = {
  trainingId: string
  title: string
  startsAt: Date | null
  endsAt: Date | null
  /** Null for somebody who was there without an enrolment. */
  state: EnrolmentState | null
  sessions: number
  /** False while there is nothing to count: no session of it is over, or the person never came to a place in it. */
  isCounted: boolean
  present: number
  attendedMinutes: number
}
export type HeldCertificate = { id: string; number: string; issuedOn: string; title: string; state: CertificateState }
export type PersonRecord = { trainings: AttendedTraining[]; certificates: HeldCertificate[] }

const MOST = 500

/**
 * What a person was enrolled in and attended, the latest first, and the certificates: the whole of it for the coordinator, the person
 * himself and the manager of his services; for a trainer only his own trainings and no certificates; for everybody else null.
 */
export async function personRecord(actor: Actor, person: FoundPerson): Promise<PersonRecord | null> {
  const seesAll = can(actor, 'person.record', person)
  const ownOnly = !seesAll && hasRole(actor, 'trainer') && actor.kind === 'account' ? actor.accountId : null
  if (!seesAll && !ownOnly) return null
  return inMunicipality(actor, async (tx) => ({
    trainings: await trainingsOf(tx, actor.municipalityId, person.id, ownOnly),
    certificates: seesAll ? await certificatesOf(tx, actor.municipalityId, person.id) : [],
  }))
}

/** `trainer` null: of every trainer. */
function trainingsOf(tx: Tx, municipalityId: string, personId: string, trainer: string | null) {
  return tx.$queryRaw<AttendedTraining[]>`
    select t."id" as "trainingId", c."title", t."startsAt", t."endsAt", e."state"::text as "state",
      count(s."id")::int as "sessions",
      count(*) filter (where a."mark" = 'present')::int as "present",
      coalesce(bool_or(a."mark" = 'present' or (s."endsAt" <= ${clock.now()} and (a."mark" is not null or e."state"::text = 'approved'))), false) as "isCounted",
      coalesce(sum(a."attendedMinutes"), 0)::int as "attendedMinutes"
    from "Training" t
    join "Course" c on c."id" = t."courseId"
    left join "Enrolment" e on e."trainingId" = t."id" and e."personId" = ${personId}::uuid
    left join "TrainingSession" ts on ts."trainingId" = t."id"
    left join "Session" s on s."id" = ts."sessionId" and s."cancelledAt" is null
    left join "Attendance" a on a."sessionId" = ts."sessionId" and a."personId" = ${personId}::uuid
    where t."municipalityId" = ${municipalityId}::uuid
      and (${trainer}::uuid is null or t."trainerAccountId" = ${trainer}::uuid)
      and t."id" in (
        select x."trainingId" from "Enrolment" x where x."personId" = ${personId}::uuid
        union
        select y."trainingId" from "Attendance" b join "TrainingSession" y on y."sessionId" = b."sessionId" where b."personId" = ${personId}::uuid)
    group by t."id", c."title", e."state"
    order by t."startsAt" desc nulls last, t."id"
    limit ${MOST}`
}

async function certificatesOf(tx: Tx, municipalityId: string, personId: string): Promise<HeldCertificate[]> {
  const rows = await tx.certificate.findMany({
    where: { municipalityId, personId },
    orderBy: [{ issuedOn: 'desc' }, { registerNumber: 'desc' }],
    take: MOST,
    select: {
      id: true,
      registerNumber: true,
      registerYear: true,
      issuedOn: true,
      training: { select: { course: { select: { title: true } } } },
      revocation: { select: { certificateId: true } },
      facts: { select: { certificateId: true } },
    },
  })
  return rows.map((row) => ({
    id: row.id,
    number: String(row.registerNumber),
    issuedOn: dayText(row.issuedOn),
    title: row.training.course.title,
    state: certificateState({ isRevoked: row.revocation !== null, hasFacts: row.facts !== null }),
  }))
}

/** Minutes attended in all the trainings given. */
export const minutesAttended = (trainings: Pick<AttendedTraining, 'attendedMinutes'>[]): number =>
  trainings.reduce((sum, training) => sum + training.attendedMinutes, 0)
