import { z } from 'zod'
import { MARKS } from './attendance'
import { rosterRows, type RosterRows } from './roster-form'

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

/** The file itself is read from the form: a schema's reply would carry it back. */
export const ImportForm = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('read') }),
  z.object({
    intent: z.literal('record'),
    seen: z.string().regex(/^\d{1,18}$/, 'field.invalid'),
    fileName: z.string().min(1).max(200),
  }),
])

/**
 * The rows to be recorded: those of a roster, and namesakes somebody has chosen among: `who.<row>` holds the person, `says.<row>` the
 * mark with its minutes (`present|5|0`). A person chosen for two rows, or marked already, comes back as an error beside the choice.
 */
export function importedRows(form: FormData): RosterRows {
  const { rows, errors } = rosterRows(form)
  const named = new Set(rows.map(({ personId }) => personId))
  for (const [name, personId] of form) {
    const line = /^who\.(\d{1,4})$/.exec(name)?.[1]
    if (!line || personId === '') continue
    const [mark, late = '', early = ''] = String(form.get(`says.${line}`) ?? '').split('|')
    const known = MARKS.find((one) => one === mark)
    if (typeof personId !== 'string' || !UUID.test(personId) || !known || !/^\d{1,4}$/.test(late) || !/^\d{1,4}$/.test(early))
      errors[name] = ['field.choice']
    else if (named.has(personId)) errors[name] = ['attendance.chosen_twice']
    else {
      named.add(personId)
      rows.push({ personId, typed: { mark: known, lateMinutes: Number(late), leftEarlyMinutes: Number(early) } })
    }
  }
  return { rows, errors }
}
