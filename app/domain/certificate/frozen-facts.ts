import { topicsOf } from '~/domain/course/course'
import type { Candidate, CertifiedTraining, HeldSession } from './certificate-candidates.server'
import { certificateFactsSchema, type CertificateFacts } from './certificate-facts'
import { groupedCode } from './verify-code'

export type Issuing = {
  municipality: { name: string; district: string | null; timeZone: string; academicHourMinutes: number; isDemo: boolean }
  /** `YYYY-MM-DD` in the municipality's zone; its year is the register's. */
  issuedOn: string
  issuedBy: { name: string; role: string | null }
  /** Scheme and host of the verify page, without a slash at the end. */
  origin: string
}

const inPlace = ({ place, onlineUrl }: HeldSession) => place !== null || onlineUrl === null

function formOf(sessions: HeldSession[]): CertificateFacts['training']['form'] {
  const online = sessions.some(({ onlineUrl }) => onlineUrl !== null)
  if (!online) return 'in_person'
  return sessions.some(inPlace) ? 'mixed' : 'online'
}

const joined = (parts: (string | null)[], separator: string): string | null => parts.filter(Boolean).join(separator) || null

/** „Дейност 1. Обучения“; a title that already begins so is left as it is. */
const activityText = (activity: { ordinal: number; title: string } | null): string | null =>
  activity && (/^дейност/i.test(activity.title) ? activity.title : `Дейност ${activity.ordinal}. ${activity.title}`)

/**
 * The facts a certificate freezes: all of them as they stand at this moment. Throws RangeError when the minutes of a session exceed
 * those scheduled or the sums are not those the verdict rests on: such a certificate would contradict itself.
 */
export function frozenFacts(
  training: CertifiedTraining,
  candidate: Candidate,
  numbered: { registerNumber: number; ordinal: number; code: string },
  { municipality, issuedOn, issuedBy, origin }: Issuing,
): CertificateFacts {
  const { course, project, sessions } = training
  const held = sessions.map((session) => ({
    startsAt: session.startsAt.toISOString(),
    endsAt: session.endsAt.toISOString(),
    scheduledMinutes: session.scheduledMinutes,
    attendedMinutes: candidate.attended[session.id]!,
  }))
  const total = (of: 'scheduledMinutes' | 'attendedMinutes') => held.reduce((sum, session) => sum + session[of], 0)
  const { scheduledMinutes, attendedMinutes } = candidate.verdict
  if (held.some((session) => session.attendedMinutes > session.scheduledMinutes)) throw new RangeError('more attended than scheduled')
  if (total('scheduledMinutes') !== scheduledMinutes || total('attendedMinutes') !== attendedMinutes)
    throw new RangeError('the sums are not those of the sessions')
  return certificateFactsSchema.parse({
    version: 1,
    registerNumber: numbered.registerNumber,
    registerYear: Number(issuedOn.slice(0, 4)),
    issuedOn,
    ordinal: numbered.ordinal,
    issuer: { municipality: municipality.name, district: municipality.district },
    recipient: {
      givenName: candidate.givenName,
      middleName: candidate.middleName,
      familyName: candidate.familyName,
      position: candidate.position,
      unit: candidate.unit,
    },
    course: {
      title: course.title,
      titleEn: course.titleEn,
      kind: course.kind,
      legalBasis: course.legalBasis,
      topics: topicsOf(course.topics),
    },
    training: {
      form: formOf(sessions),
      place: joined([...new Set(sessions.map(({ place, onlineUrl }) => place ?? (onlineUrl ? null : training.place)))], '; '),
      trainer: training.trainer.displayName,
      sessions: held,
    },
    scheduledMinutes,
    attendedMinutes,
    requiredSharePercent: course.requiredSharePercent,
    academicHourMinutes: municipality.academicHourMinutes,
    timeZone: municipality.timeZone,
    project: project && {
      number: project.numberAsWritten,
      title: project.title,
      activity: activityText(training.activity),
      funding: joined([project.programme, project.funding], '; '),
      euFunded: project.isEuFunded,
    },
    issuedBy,
    verifyCode: groupedCode(numbered.code),
    verifyUrl: `${origin}/verify/${numbered.code}`,
    demo: municipality.isDemo,
  } satisfies CertificateFacts)
}
