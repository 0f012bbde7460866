import { isRecord, MARKS, type Record } from './attendance'

/** How one of several things said travels in the button that takes it: `present.15.0`. */
export const offered = ({ mark, lateMinutes, leftEarlyMinutes }: Record): string => [mark, lateMinutes, leftEarlyMinutes].join('.')

/** What such a button says; null for what no button can have said. */
export function takenFrom(text: string): Record | null {
  const [word, late = '', early = '', ...more] = text.split('.')
  const mark = MARKS.find((one) => one === word)
  if (!mark || more.length > 0 || ![late, early].every((minutes) => /^\d{1,4}$/.test(minutes))) return null
  const record = { mark, lateMinutes: Number(late), leftEarlyMinutes: Number(early) }
  return isRecord(record) ? record : null
}
