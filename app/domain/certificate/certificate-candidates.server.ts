import { scheduledMinutes } from '~/domain/attendance/attendance'
import { namesakeNumbers } from '~/domain/person/namesakes'
import { postOnDay } from '~/domain/person/post-on-day.server'
import type { AccountActor } from '~/domain/policy'
import { Prisma } from '~/generated/prisma/client'
import { fullName } from '~/i18n/format'
import type { Tx } from '~/platform/db.server'
import { dayOf } from '~/platform/zoned.server'
import { certificateVerdict, type Verdict } from './certificate'

export type HeldSession = {
  id: string
  startsAt: Date
  endsAt: Date
  place: string | null
  onlineUrl: string | null
  scheduledMinutes: number
  /** Its sheet is closed. */
  isClosed: boolean
}

export type LastCertificate = {
  id: string
  ordinal: number
  registerYear: number
  registerNumber: number
  isRevoked: boolean
  hasFile: boolean
}

export type Candidate = {
  personId: string
  givenName: string
  middleName: string | null
  familyName: string | null
  /** The post held on the training's last day. */
  position: string | null
  unit: string | null
  /** Where another one of these has the same name, position and unit. */
  number: string | null
  /** Attended minutes by session; a session without a mark is missing. */
  attended: Record<string, number>
  last: LastCertificate | null
  verdict: Verdict
}

/** The training with all a certificate says of it; sessions that were not cancelled, in order. The caller has seen that the actor may. */
export async function certifiedTraining(tx: Tx, trainingId: string) {
  const training = await tx.training.findUniqueOrThrow({
    where: { id: trainingId },
    include: {
      course: true,
      project: true,
      activity: true,
      trainer: { select: { displayName: true } },
      sessions: {
        select: { session: { include: { breaks: true, closure: { select: { sessionId: true } } } } },
        where: { session: { cancelledAt: null } },
      },
    },
  })
  const sessions: HeldSession[] = training.sessions
    .map(({ session }) => ({ ...session, scheduledMinutes: scheduledMinutes(session, session.breaks), isClosed: session.closure !== null }))
    .sort((a, b) => +a.startsAt - +b.startsAt)
  return { ...training, sessions }
}
export type CertifiedTraining = Awaited<ReturnType<typeof certifiedTraining>>

type Row = Omit<Candidate, 'verdict' | 'number'> & { isEnrolled: boolean; employeeNumber: string | null }

/**
 * Everybody with a place in the training, and whoever has a certificate of it, by surname; each with what his certificate would
 * rest on at `now`. One query.
 */
export async function certificateCandidates(tx: Tx, actor: AccountActor, training: CertifiedTraining, now: Date): Promise<Candidate[]> {
  const { sessions, course } = training
  const ids = sessions.map(({ id }) => id)
  const end = sessions.reduce((last, { endsAt }) => (endsAt > last ? endsAt : last), training.startsAt ?? now)
  const rows = await tx.$queryRaw<Row[]>`
    select p."id" as "personId", p."givenName", p."middleName", p."familyName", p."employeeNumber", post."position", post."unit", e."state" = 'approved' as "isEnrolled",
      coalesce(marks."attended", '{}') as "attended", last."certificate" as "last"
    from "Enrolment" e
    join "Person" p on p."id" = e."personId"
    ${postOnDay(Prisma.sql`p."id"`, Prisma.sql`${dayOf(end, actor.timeZone)}::date`)}
    left join (
      select a."personId", json_object_agg(a."sessionId", a."attendedMinutes") as "attended"
      from "Attendance" a where a."sessionId" = any (${ids}::uuid[]) group by a."personId"
    ) marks on marks."personId" = p."id"
    left join lateral (
      select json_build_object('id', c."id", 'ordinal', c."ordinal", 'registerYear', c."registerYear", 'registerNumber', c."registerNumber",
        'isRevoked', exists (select from "CertificateRevocation" r where r."certificateId" = c."id"),
        'hasFile', exists (select from "CertificateFile" f where f."certificateId" = c."id")) as "certificate"
      from "Certificate" c where c."trainingId" = e."trainingId" and c."personId" = p."id" order by c."ordinal" desc limit 1
    ) last on true
    where e."trainingId" = ${training.id}::uuid and e."municipalityId" = ${actor.municipalityId}::uuid and (e."state" = 'approved' or last."certificate" is not null)
    order by p."sortName", p."id"`
  const numbers = namesakeNumbers(
    rows.map((row) => ({
      key: row.personId,
      name: fullName(row),
      position: row.position,
      unit: row.unit,
      employeeNumber: row.employeeNumber,
    })),
  )
  return rows.map((row) => ({
    personId: row.personId,
    givenName: row.givenName,
    middleName: row.middleName,
    familyName: row.familyName,
    position: row.position,
    unit: row.unit,
    attended: row.attended,
    last: row.last,
    number: numbers.get(row.personId) ?? null,
    verdict: certificateVerdict(
      {
        isEnrolled: row.isEnrolled,
        isTrainingCancelled: training.cancelledAt !== null,
        requiredSharePercent: course.requiredSharePercent,
        sessions: sessions.map((session) => ({ ...session, attendedMinutes: row.attended[session.id] ?? null })),
      },
      now,
    ),
  }))
}

/** Whether the candidate is to be issued a certificate: earned, and none valid yet. */
export const isDue = ({ verdict, last }: Candidate): boolean => verdict.refusal === null && (last === null || last.isRevoked)
