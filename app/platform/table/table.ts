import type { Language } from '~/i18n/language'

export const TABLE_FORMATS = ['csv', 'xlsx', 'ods', 'pdf'] as const
export type TableFormat = (typeof TABLE_FORMATS)[number]

/**
 * What the cells of a column are. `text` is never read as a number, a date or a formula; `integer` and `decimal` (one place after the
 * point) are numbers; `date` is a calendar day (`2026-03-29`); `instant` is shown as the wall clock of the table's zone, to the minute.
 */
export type CellKind = 'text' | 'integer' | 'decimal' | 'date' | 'instant'
/** An `instant` is a Date, a number a number, everything else text; null is an empty cell. */
export type Cell = string | number | Date | null

export type Column<Row> = {
  header: string
  kind: CellKind
  /** Characters. */
  width: number
  cell: (row: Row) => Cell
  /** Left out of the PDF, whose paper is narrow. */
  notOnPaper?: boolean
  /** What a row is known by: it and the columns before it stand on every page of a workbook printed several pages wide. Without any, the first. */
  isKey?: boolean
}

/** Rows in the order of the file, some hundreds at a time. */
export type Batches<Row> = Iterable<Row[]> | AsyncIterable<Row[]>

/** What the writers see of a sheet: the type of its rows is known to its maker alone. */
export type Sheet = {
  name: string
  columns: Omit<Column<never>, 'cell'>[]
  batches: () => AsyncIterable<Cell[][]>
}

export type Table = {
  title: string
  /** What the file is about, line by line: label and value. Asked when all rows have been written, so that it can say their sums. */
  facts: () => [label: string, value: string][]
  /** Name of the sheet that holds title and facts. */
  factsName: string
  /** The first is the table itself: CSV and PDF hold it alone. */
  sheets: [Sheet, ...Sheet[]]
  /** File name without its ending: in Latin letters for old programs, and as it reads. */
  fileName: { ascii: string; full: string }
  language: Language
  timeZone: string
  /** Who the file is from: the municipality. */
  author: string
  createdAt: Date
  /** The project is co-funded by the European Union: the PDF says so. */
  isEuFunded: boolean
}

/** Rows written before others get their turn: some milliseconds of work. */
const ROWS_AT_ONCE = 500

/** A sheet of typed rows, read once when it is written. */
export function sheet<Row>(name: string, columns: Column<Row>[], rows: Batches<Row>): Sheet {
  return {
    name,
    columns,
    async *batches() {
      for await (const batch of rows)
        for (let at = 0; at < batch.length; at += ROWS_AT_ONCE)
          yield batch.slice(at, at + ROWS_AT_ONCE).map((row) => columns.map(({ cell }) => cell(row)))
    },
  }
}

/** Rows of a list asked for at once when all of it goes into a file. */
export const ROWS_OF_A_FILE = 1_000

/** Every page of a list one after another: what `read` says of page 1, 2, … until all `total` rows are there. No row comes twice. */
export async function* allPages<Row>(
  read: (page: number) => Promise<{ rows: Row[]; total: number; page: number; rowsPerPage: number }>,
  keyOf: (row: Row) => string,
): AsyncGenerator<Row[]> {
  const given = new Set<string>()
  for (let page = 1; ; page += 1) {
    const found = await read(page)
    if (found.page !== page && page > 1) return
    const rows = found.rows.filter((row) => !given.has(keyOf(row)))
    for (const row of rows) given.add(keyOf(row))
    yield rows
    if (page * found.rowsPerPage >= found.total) return
  }
}
