/** A session that was held, and how long one person was in it; null where nobody marked that person. Minutes. */
export type SessionMinutes = { endsAt: Date; scheduledMinutes: number; attendedMinutes: number | null }

export type Presence = {
  isEnrolled: boolean
  isTrainingCancelled: boolean
  /** Those that were not cancelled. */
  sessions: SessionMinutes[]
  requiredSharePercent: number
}

export type Refusal = 'training_cancelled' | 'no_sessions' | 'not_over' | 'not_enrolled' | 'unmarked' | 'too_little'
export type Verdict = { attendedMinutes: number; scheduledMinutes: number; unmarked: number; refusal: Refusal | null }

const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0)

/**
 * Whether somebody has earned the certificate of a training at `now`, with the minutes it rests on: an approved place, every session
 * over and marked, and attended minutes of at least the required share of the scheduled ones. Whole minutes are compared, so a share
 * that is exactly met is met and nothing is rounded.
 */
export function certificateVerdict({ isEnrolled, isTrainingCancelled, sessions, requiredSharePercent }: Presence, now: Date): Verdict {
  const scheduledMinutes = sum(sessions.map((session) => session.scheduledMinutes))
  const attendedMinutes = sum(sessions.map((session) => session.attendedMinutes ?? 0))
  const unmarked = sessions.filter((session) => session.attendedMinutes === null).length
  const refusal = (): Refusal | null => {
    if (isTrainingCancelled) return 'training_cancelled'
    if (sessions.length === 0 || scheduledMinutes === 0) return 'no_sessions'
    if (sessions.some(({ endsAt }) => endsAt > now)) return 'not_over'
    if (!isEnrolled) return 'not_enrolled'
    if (unmarked > 0) return 'unmarked'
    return attendedMinutes * 100 >= requiredSharePercent * scheduledMinutes ? null : 'too_little'
  }
  return { attendedMinutes, scheduledMinutes, unmarked, refusal: refusal() }
}

/**
 * The attended share in percent with at most one decimal, rounded; down where rounding would say that the required share is met and it is
 * not. 91.7 for 660 of 720 minutes; 0 where nothing was scheduled.
 */
export function sharePercent(verdict: Pick<Verdict, 'attendedMinutes' | 'scheduledMinutes'>, requiredSharePercent: number): number {
  if (verdict.scheduledMinutes === 0) return 0
  const thousandths = (verdict.attendedMinutes * 1000) / verdict.scheduledMinutes
  const isMet = thousandths >= requiredSharePercent * 10
  const rounded = Math.round(thousandths)
  return (!isMet && rounded >= requiredSharePercent * 10 ? Math.floor(thousandths) : rounded) / 10
}

export type CertificateState = 'valid' | 'revoked' | 'erased'

/** What a certificate is worth today: revoked before all else; `erased` once its facts were deleted after the retention term. */
export const certificateState = (certificate: { isRevoked: boolean; hasFacts: boolean }): CertificateState =>
  certificate.isRevoked ? 'revoked' : certificate.hasFacts ? 'valid' : 'erased'
