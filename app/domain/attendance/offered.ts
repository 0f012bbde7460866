import type { Record } from './attendance'

export const OFFERED = /^(present|absent|excused)\.(\d{1,4})\.(\d{1,4})$/

/** How one of several things said travels in the button that takes it: `present.15.0`. */
export const offered = ({ mark, lateMinutes, leftEarlyMinutes }: Record): string => [mark, lateMinutes, leftEarlyMinutes].join('.')

/** What such a button says; its text matches `OFFERED`. */
export function takenFrom(text: string): Record {
  const [, mark, late, early] = OFFERED.exec(text)!
  return { mark: mark as Record['mark'], lateMinutes: Number(late), leftEarlyMinutes: Number(early) }
}
