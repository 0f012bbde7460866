import { z } from 'zod'
import { day, line, optional, wholeNumber } from '../fields'
import { NEEDED_COLUMNS, SHEET_COLUMNS, type SheetColumn } from './funder'

export const LONGEST_STATEMENT = 1000

const place = optional(wholeNumber(1, SHEET_COLUMNS.length))
type Places = { [C in SheetColumn]: number | null }

/** The columns by their places; a column without a place is left out. */
const places = z
  .object(Object.fromEntries(SHEET_COLUMNS.map((column) => [column, place])) as { [C in SheetColumn]: typeof place })
  .superRefine((typed: Places, refusal) => {
    for (const column of NEEDED_COLUMNS)
      if (typed[column] === null) refusal.addIssue({ code: 'custom', path: [column], message: 'funder.needed_column' })
    SHEET_COLUMNS.forEach((column, index) => {
      const before = SHEET_COLUMNS.slice(0, index).some((other) => typed[other] !== null && typed[other] === typed[column])
      if (before) refusal.addIssue({ code: 'custom', path: [column], message: 'funder.same_place' })
    })
  })
  .transform((typed: Places) => SHEET_COLUMNS.filter((column) => typed[column] !== null).sort((a, b) => typed[a]! - typed[b]!))

const version = {
  validFrom: day(),
  showsEuBlock: z.boolean().optional().default(false),
  statement: optional(line(LONGEST_STATEMENT)),
  places,
}
const name = line(200, 'funder.name')

/** A profile with its first version. */
export const newFunderSchema = z.object({ name, ...version })
export type NewFunder = z.output<typeof newFunderSchema>

/** A further version; the logo of the one before stays unless another comes or it is given up. */
export const funderVersionSchema = z.object({ ...version, keepsLogo: z.boolean().optional().default(false) })
export type FunderVersionInput = z.output<typeof funderVersionSchema>

export const renameFunderSchema = z.object({ name })
