import { setImmediate as othersTurn } from 'node:timers/promises'
import { stringify } from 'csv-stringify/sync'
import { cellText, wallClock } from './cells.server'
import type { Cell, CellKind, Table } from './table'

const BYTE_ORDER_MARK = '\ufeff'
/** Spreadsheet programs read as a formula what begins with one of these, whether or not it stands in quotes; white space does not stop all of them. */
const FORMULA = /^[\s'"]*[=+\-@\uff1d\uff0b\uff0d\uff20]/

/** A text that a spreadsheet program would calculate gets an apostrophe before it. */
const harmless = (text: string) => (FORMULA.test(text) ? `'${text}` : text)

function cellOf(value: Cell, kind: CellKind, timeZone: string): string {
  if (value === null) return ''
  if (kind === 'date') return String(value)
  if (kind === 'instant') return wallClock(value as Date, timeZone).replace('T', ' ')
  if (kind === 'integer') return String(value)
  if (kind === 'decimal') return (value as number).toFixed(1).replace('.', ',')
  return harmless(cellText(value))
}

/**
 * The first sheet as CSV in the form Bulgarian spreadsheet programs open by a double click: UTF-8 with a byte order mark, semicolons,
 * CRLF, decimal comma without groups, days as `2026-03-29`, times as `2026-03-29 09:00` by the wall clock.
 */
export async function* csvOf({ sheets: [{ columns, batches }], timeZone }: Table): AsyncGenerator<string> {
  const lines = (cells: string[][]) => stringify(cells, { delimiter: ';', record_delimiter: '\r\n' })
  yield BYTE_ORDER_MARK + lines([columns.map(({ header }) => harmless(cellText(header)))])
  for await (const rows of batches()) {
    await othersTurn()
    yield lines(rows.map((row) => row.map((value, at) => cellOf(value, columns[at]!.kind, timeZone))))
  }
}
