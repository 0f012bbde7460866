import { setImmediate as othersTurn } from 'node:timers/promises'
import { askApart, RefusedApart, type Bounds } from '../apart/apart.server'
import { AppError } from '../errors'
import { printable } from '../pdf/document.server'
import { turnstile } from '../turnstile'

/** The largest file read in. */
export const LARGEST_TABLE = 2 * 1024 * 1024
const MOST_ROWS_IN = 2_000

const READER = '../table/reader-thread.mjs'
/** Several times what the largest honest file takes: 170 MiB and half a second. */
const BOUNDS: Bounds = { heapMib: 128, memoryMib: 320, workSeconds: 8, patienceSeconds: 40 }
const AT_ONCE = 2
const inTurn = turnstile(AT_ONCE)
const ROWS_A_TURN = 100

const OLD_EXCEL = Buffer.from([0xd0, 0xcf, 0x11, 0xe0])
const MAX_MB = LARGEST_TABLE / 1024 / 1024

/**
 * The first sheet of a file as rows of texts: CSV (UTF-8 or the Bulgarian Windows code page; semicolon, comma or tab), XLSX or ODS, told
 * apart by content. Days and times come as `2026-03-29` and `2026-03-29 09:00`; formulas as the value saved with them, never calculated.
 * The file is read in a process apart, two at a time. Throws `invalid`, of the field `file`, for anything else, for what is larger inside
 * than it may be, and for what takes more than 320 MiB or eight seconds' work to find out.
 */
export async function readTable(bytes: Buffer): Promise<string[][]> {
  if (bytes.length > LARGEST_TABLE) throw new AppError('invalid', 'table.too_large', { field: 'file', max: MAX_MB })
  if (bytes.subarray(0, 4).equals(OLD_EXCEL)) throw new AppError('invalid', 'table.old_excel', { field: 'file' })
  const rows = await inTurn(() => rowsApart(bytes))
  const read: string[][] = []
  for (const [at, row] of rows.entries()) {
    if (at % ROWS_A_TURN === 0) await othersTurn()
    read.push(row.map((text) => withoutApostrophe(printable(text))))
  }
  return read
}

async function rowsApart(bytes: Buffer): Promise<string[][]> {
  try {
    return (await askApart<{ rows: string[][] }>(READER, BOUNDS, { bytes, mostRows: MOST_ROWS_IN })).rows
  } catch (error) {
    throw error instanceof RefusedApart ? refusal(error.reason) : error
  }
}

function refusal(reason: string): AppError {
  if (reason === 'too_many_rows') return new AppError('invalid', 'table.too_many_rows', { field: 'file', most: MOST_ROWS_IN })
  const isTooMuch = reason === 'too_much_inside' || reason === 'memory' || reason === 'time'
  return new AppError('invalid', isTooMuch ? 'table.too_much_inside' : 'table.unreadable', { field: 'file' })
}

/** Our own CSV puts an apostrophe before what would be calculated. */
const withoutApostrophe = (text: string) => text.replace(/^'(?=[\s'"]*[=+\-@\uff1d\uff0b\uff0d\uff20])/, '')
