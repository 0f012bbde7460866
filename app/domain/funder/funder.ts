/** The columns a sheet for signing may have. Name and signature are always there. */
export const SHEET_COLUMNS = [
  'number',
  'name',
  'position',
  'unit',
  'employee_number',
  'arrival',
  'departure',
  'minutes',
  'signature',
  'note',
] as const
export type SheetColumn = (typeof SHEET_COLUMNS)[number]
export const NEEDED_COLUMNS = ['name', 'signature'] as const satisfies readonly SheetColumn[]

/** What a sheet has where no funder's profile says otherwise. */
export const USUAL_COLUMNS: readonly SheetColumn[] = ['number', 'name', 'position', 'unit', 'signature']

/** The columns of a stored version; names that are no columns of this program any more are passed over. */
export const sheetColumns = (stored: readonly string[]): SheetColumn[] =>
  stored.flatMap((name) => SHEET_COLUMNS.filter((column) => column === name))
