import { calendarDay, formatTime } from '~/i18n/format'
import { printable } from '../pdf/document.server'
import type { Cell, CellKind } from './table'

/** The most characters spreadsheet programs keep in one cell. */
const LONGEST_CELL = 32_767
const ELLIPSIS = '…'
const DAY_MS = 86_400_000
/** Day 0 of spreadsheets, 30 December 1899. */
const EPOCH_DAYS = 25_569

/** Letters, digits and signs that `printable` would leave as they are: most cells, and they need no looking into. */
const PLAIN = /^(?:[!-~\u0410-\u044f№„“–](?: (?! |$))?)*$/

/** Text of one cell: on one line, without control characters, which XML has no way to hold, and no longer than a cell may be. */
export function cellText(value: Cell): string {
  if (value === null) return ''
  const given = String(value)
  const text = PLAIN.test(given) ? given : printable(given)
  return text.length <= LONGEST_CELL ? text : printable(text.slice(0, LONGEST_CELL - 2)) + ELLIPSIS
}

/** Instants remembered per process: the sessions of a table stand in every row. */
const REMEMBERED = 5_000
const clocks = new Map<string, string>()

/** The wall clock of an instant in a zone, or a calendar day at midnight: `2026-03-29T09:00`. */
export function wallClock(value: string | Date, timeZone: string): string {
  if (typeof value === 'string') return `${value}T00:00`
  const key = `${timeZone} ${Math.floor(+value / 60_000)}`
  const known = clocks.get(key)
  if (known !== undefined) return known
  const read = `${calendarDay(value, timeZone)}T${formatTime(value, timeZone)}`
  if (clocks.size >= REMEMBERED) clocks.clear()
  clocks.set(key, read)
  return read
}

/** Days since day 0 of spreadsheets, by the wall clock and not by UTC. */
export function serialDay(value: string | Date, timeZone: string): number {
  return Date.parse(`${wallClock(value, timeZone)}:00Z`) / DAY_MS + EPOCH_DAYS
}

/** Whether the cell is a number in files that know numbers; what is no finite number in such a column is an empty cell. */
export const isNumeric = (kind: CellKind) => kind === 'integer' || kind === 'decimal'

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
export const xmlText = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign]!)
