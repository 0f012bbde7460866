import { z } from 'zod'
import { id, lines, optional } from '../fields'
import { takenFrom } from './offered'
import { rosterRows, type RosterRows } from './roster-form'

/** The file itself is read from the form: a schema's reply would carry it back. */
export const ImportForm = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('read') }),
  z.object({
    intent: z.literal('record'),
    seen: z.string().regex(/^\d{1,18}$/, 'field.invalid'),
    fileName: z.string().min(1).max(200),
    /** Why it is entered afterwards; needed from a week after the end. */
    reason: optional(lines(1000)),
  }),
])

/**
 * The rows to be recorded: those of a roster, and rows somebody has chosen a person for: `who.<row>` holds the person, `says.<row>` the
 * mark with its minutes (`present|5|0`). A person chosen for two rows, or marked already, comes back as an error beside the choice.
 */
export function importedRows(form: FormData): RosterRows {
  const { rows, errors } = rosterRows(form)
  const named = new Set(rows.map(({ personId }) => personId))
  for (const [name, value] of form) {
    const line = /^who\.(\d{1,4})$/.exec(name)?.[1]
    if (!line || value === '') continue
    const personId = id().safeParse(value).data
    const typed = takenFrom(String(form.get(`says.${line}`) ?? '').replaceAll('|', '.'))
    if (!personId || !typed) errors[name] = ['field.choice']
    else if (named.has(personId)) errors[name] = ['attendance.chosen_twice']
    else {
      named.add(personId)
      rows.push({ personId, typed })
    }
  }
  return { rows, errors }
}
