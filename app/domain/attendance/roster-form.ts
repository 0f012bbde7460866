import { z } from 'zod'
import { UUID } from '~/platform/uuid'
import { id, lines, optional } from '../fields'
import { MARKS, MOST_MINUTES, type Record } from './attendance'
import { isSettledText, settledFrom } from './settled'

/** What belongs to the sheet as a whole; the rows are read by `rosterRows`. */
export const RosterForm = z.object({
  sessionId: id(),
  seen: z.string({ error: 'field.required' }).regex(/^\d{1,18}$/, 'field.invalid'),
  intent: z.enum(['save', 'all-present'], { error: 'field.choice' }).default('save'),
  /** As `settledText` writes it. */
  settled: optional(z.string().refine(isSettledText, 'field.invalid')).transform((text) => (text ? settledFrom(text) : null)),
  /** Why it is entered afterwards; needed from a week after the end. */
  reason: optional(lines(1000)),
})

export type RosterRow = { personId: string; typed: Record }
export type RosterRows = { rows: RosterRow[]; errors: { [field: string]: string[] } }

const minutes = (value: FormDataEntryValue | undefined): number | null => {
  if (value === undefined || value === '') return 0
  return typeof value === 'string' && /^\s*\d{1,4}\s*$/.test(value) && Number(value) <= MOST_MINUTES ? Number(value) : null
}

/**
 * The rows of a submitted roster: `mark.<person>` with `late.<person>` and `early.<person>` in minutes. A person without a mark is not
 * in the answer. Minutes that are no number from 0 to 1440, or stand beside somebody who is not present, come back as errors by field
 * name. Read by hand and not by a schema: a roster of 500 is 1,500 fields.
 */
export function rosterRows(form: FormData): RosterRows {
  const fields = new Map<string, FormDataEntryValue>()
  for (const [name, value] of form) fields.set(name, value)
  const rows: RosterRow[] = []
  const errors: RosterRows['errors'] = {}
  for (const [name, value] of fields) {
    if (!name.startsWith('mark.')) continue
    const personId = name.slice(5)
    const mark = MARKS.find((one) => one === value)
    if (!UUID.test(personId) || !mark) {
      errors[name] = ['field.choice']
      continue
    }
    const lateMinutes = minutes(fields.get(`late.${personId}`))
    const leftEarlyMinutes = minutes(fields.get(`early.${personId}`))
    if (lateMinutes === null) errors[`late.${personId}`] = ['attendance.minutes']
    if (leftEarlyMinutes === null) errors[`early.${personId}`] = ['attendance.minutes']
    if (mark !== 'present' && (lateMinutes || leftEarlyMinutes)) errors[`mark.${personId}`] = ['attendance.minutes_of_absent']
    rows.push({ personId, typed: { mark, lateMinutes: lateMinutes ?? 0, leftEarlyMinutes: leftEarlyMinutes ?? 0 } })
  }
  return { rows, errors }
}
