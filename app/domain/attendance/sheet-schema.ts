import { z } from 'zod'
import { choice, id, lines, optional, wholeNumber } from '../fields'
import { MARKS, MOST_MINUTES } from './attendance'
import { takenFrom } from './offered'
import { SHEET_STATES } from './sheets'

export const CloseForm = z.object({ session: id(), statement: lines(1000, 'attendance.statement_required') })

const minutes = () => optional(wholeNumber(0, MOST_MINUTES)).transform((value) => value ?? 0)

/** The last word about one person: `take`, the record of the button that was pressed, else what the fields say. */
export const CorrectionForm = z
  .object({
    session: id(),
    seen: z.string({ error: 'field.required' }).regex(/^\d{1,18}$/, 'field.invalid'),
    reason: optional(lines(1000)),
    take: optional(
      z.string().transform((text, ctx) => {
        const record = takenFrom(text)
        if (!record) ctx.addIssue({ code: 'custom', message: 'field.choice' })
        return record ?? z.NEVER
      }),
    ),
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
    record: take ?? { mark: mark!, lateMinutes: late, leftEarlyMinutes: early },
  }))

/** The filter of the list of sheets as the address has it; what is not understood filters nothing. */
export const SheetsFilterForm = z.object({
  state: z.enum(SHEET_STATES).nullable().catch(null),
  q: z.string().max(200).catch(''),
  trainer: id().nullable().catch(null),
  page: z.coerce.number().int().min(1).catch(1),
})
export type SheetsFilter = z.output<typeof SheetsFilterForm>
