import { z } from 'zod'
import { choice, id, lines, optional, wholeNumber } from '../fields'
import { MARKS, type Record } from './attendance'

export const CloseForm = z.object({ session: id(), statement: lines(1000, 'attendance.statement_required') })

const minutes = () => optional(wholeNumber(0, 1440)).transform((value) => value ?? 0)
const OFFERED = /^(present|absent|excused)\.(\d{1,4})\.(\d{1,4})$/

/** How one of several things said travels in the button that takes it: `present.15.0`. */
export const offered = ({ mark, lateMinutes, leftEarlyMinutes }: Record): string => [mark, lateMinutes, leftEarlyMinutes].join('.')

/** The last word about one person: `take`, the record of the button that was pressed, else what the fields say. */
export const CorrectionForm = z
  .object({
    session: id(),
    seen: z.string({ error: 'field.required' }).regex(/^\d{1,18}$/, 'field.invalid'),
    reason: optional(lines(1000)),
    take: optional(z.string().regex(OFFERED, 'field.choice')),
    mark: optional(choice(MARKS)),
    late: minutes(),
    early: minutes(),
  })
  .superRefine(({ take, mark, late, early }, ctx) => {
    if (take) return
    if (!mark) ctx.addIssue({ code: 'custom', path: ['mark'], message: 'field.choice' })
    else if (mark !== 'present' && (late || early))
      ctx.addIssue({ code: 'custom', path: ['mark'], message: 'attendance.minutes_of_absent' })
  })
  .transform(({ take, mark, late, early, ...rest }) => ({
    ...rest,
    record: take ? takenFrom(take) : { mark: mark!, lateMinutes: late, leftEarlyMinutes: early },
  }))

function takenFrom(take: string): Record {
  const [, mark, late, early] = OFFERED.exec(take)!
  return { mark: mark as Record['mark'], lateMinutes: Number(late), leftEarlyMinutes: Number(early) }
}
