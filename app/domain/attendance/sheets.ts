import { z } from 'zod'
import { id } from '../fields'

/**
 * What a sheet can be, several at once: `open` (begun and not closed), `late` (over for more than a day and not closed), `conflict`
 * (marks contradict each other), `lacking` (a scan is missing), `proposals` (a mark that came after the closing waits), `closed`,
 * `corrected` (changed or looked at after the closing).
 */
export const SHEET_STATES = ['open', 'late', 'conflict', 'lacking', 'proposals', 'closed', 'corrected'] as const
export type SheetState = (typeof SHEET_STATES)[number]

export const LATE_AFTER_MS = 24 * 60 * 60 * 1000

/** The filter of the list as the address has it; what is not understood filters nothing. */
export const SheetsFilterForm = z.object({
  state: z.enum(SHEET_STATES).nullable().catch(null),
  q: z.string().max(200).catch(''),
  trainer: id().nullable().catch(null),
  page: z.coerce.number().int().min(1).catch(1),
})
export type SheetsFilter = z.output<typeof SheetsFilterForm>
