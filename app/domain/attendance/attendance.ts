import type { AttendanceMark } from '~/generated/prisma/enums'

export type Mark = AttendanceMark
export const MARKS = ['present', 'absent', 'excused'] as const satisfies readonly Mark[]

export type Span = { startsAt: Date; endsAt: Date }
export type Record = { mark: Mark; lateMinutes: number; leftEarlyMinutes: number }

const MINUTE_MS = 60_000
/** A day: no session is longer, so nobody is later. */
export const MOST_MINUTES = 1440
const isMinutes = (value: number) => Number.isInteger(value) && value >= 0 && value <= MOST_MINUTES

/** Whether a mark with its minutes may be recorded at all, whichever way it comes in: minutes belong to who was present. */
export const isRecord = ({ mark, lateMinutes, leftEarlyMinutes }: Record): boolean =>
  isMinutes(lateMinutes) && isMinutes(leftEarlyMinutes) && (mark === 'present' || lateMinutes + leftEarlyMinutes === 0)

const overlapMs = (a: Span, b: Span) => Math.max(0, Math.min(+a.endsAt, +b.endsAt) - Math.max(+a.startsAt, +b.startsAt))
const minutesOf = (span: Span, breaks: Span[]) =>
  Math.floor((Math.max(0, +span.endsAt - +span.startsAt) - breaks.reduce((sum, pause) => sum + overlapMs(span, pause), 0)) / MINUTE_MS)

/** Minutes of teaching in a session: start to end less its breaks, which do not overlap each other. From instants, so a change of clocks changes nothing. */
export const scheduledMinutes = (session: Span, breaks: Span[]): number => minutesOf(session, breaks)

/**
 * Minutes somebody was taught: from the late arrival to the early leave, less the breaks that lie within that time. Late arrival,
 * early leave and breaks are independent; 0 for an absence, and for a stay that ends before it begins.
 */
export function attendedMinutes(session: Span, breaks: Span[], record: Record): number {
  if (record.mark !== 'present') return 0
  const stay = {
    startsAt: new Date(+session.startsAt + record.lateMinutes * MINUTE_MS),
    endsAt: new Date(+session.endsAt - record.leftEarlyMinutes * MINUTE_MS),
  }
  return stay.endsAt <= stay.startsAt ? 0 : minutesOf(stay, breaks)
}

export const sameRecord = (a: Record | null, b: Record | null): boolean =>
  a === b || (!!a && !!b && a.mark === b.mark && a.lateMinutes === b.lateMinutes && a.leftEarlyMinutes === b.leftEarlyMinutes)

export type Decision = 'unchanged' | 'record' | 'conflict'

/**
 * What becomes of one row of a roster that was drawn while `seen` held and comes back as `typed`, when `now` holds: a row nobody
 * touched leaves what others recorded meanwhile; two different changes of one row are a conflict for the trainer to settle.
 */
export function decide(seen: Record | null, now: Record | null, typed: Record | null): Decision {
  if (!typed || sameRecord(typed, now)) return 'unchanged'
  if (sameRecord(seen, now)) return 'record'
  return sameRecord(typed, seen) ? 'unchanged' : 'conflict'
}
