import { parse } from 'csv-parse/sync'
import type { CellObject } from '@e965/xlsx'
import { AppError } from '../errors'
import { printable } from '../pdf/document.server'
import { unzipped } from './unzip.server'
import { zipArchive } from './zip.server'

/** The largest file read in. */
export const LARGEST_TABLE = 2 * 1024 * 1024
const MOST_UNPACKED = 16 * 1024 * 1024
const MOST_ROWS_IN = 2_000
const MOST_COLUMNS = 60
const MOST_CELLS = 60_000

const ZIP = Buffer.from('PK\u0003\u0004', 'latin1')
const OLD_EXCEL = Buffer.from([0xd0, 0xcf, 0x11, 0xe0])
const DAY_MS = 86_400_000
const EPOCH_DAYS = 25_569
/** The start of time, which the archive made anew here has to carry. */
const NO_TIME = new Date(0)

/**
 * The first sheet of a file as rows of texts: CSV (UTF-8 or the Bulgarian Windows code page; semicolon, comma or tab), XLSX or ODS, told
 * apart by content. Days and times come as `2026-03-29` and `2026-03-29 09:00`; formulas as the value saved with them, never calculated.
 * Throws `invalid` for anything else, and for what is larger inside than it may be.
 */
export async function readTable(bytes: Buffer): Promise<string[][]> {
  if (bytes.length > LARGEST_TABLE) throw new AppError('invalid', 'table.too_large', { max: LARGEST_TABLE / 1024 / 1024 })
  if (bytes.subarray(0, 4).equals(OLD_EXCEL)) throw new AppError('invalid', 'table.old_excel')
  const rows = bytes.subarray(0, 4).equals(ZIP) ? await workbookRows(bytes) : csvRows(bytes)
  if (rows.length > MOST_ROWS_IN) throw new AppError('invalid', 'table.too_many_rows', { most: MOST_ROWS_IN })
  return rows.map((row) => row.slice(0, MOST_COLUMNS).map((text) => withoutApostrophe(printable(text))))
}

/** Our own CSV puts an apostrophe before what would be calculated. */
const withoutApostrophe = (text: string) => text.replace(/^'(?=[\s'"]*[=+\-@\uff1d\uff0b\uff0d\uff20])/, '')

function csvRows(bytes: Buffer): string[][] {
  if (bytes.includes(0)) throw new AppError('invalid', 'table.unreadable')
  const text = textOf(bytes)
  const [heads = ''] = text.split(/\r?\n/, 1)
  const delimiter = [';', '\t', ','].reduce((best, one) => (heads.split(one).length > heads.split(best).length ? one : best))
  try {
    return parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      to: MOST_ROWS_IN + 1,
      max_record_size: 65_536,
    })
  } catch {
    throw new AppError('invalid', 'table.unreadable')
  }
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1251').decode(bytes)
  }
}

/** What is inside is unpacked within bounds and packed anew, so that the library sees no archive but ours. */
async function workbookRows(bytes: Buffer): Promise<string[][]> {
  const files = unzipped(bytes, MOST_UNPACKED)
  if (!files.has('content.xml') && !files.has('xl/workbook.xml')) throw new AppError('invalid', 'table.unreadable')
  const safe = zipArchive(NO_TIME)
  for (const [name, content] of files)
    if (/^[\x20-\x7e]+\.(xml|rels)$|^mimetype$/.test(name)) safe.store(name, bounded(content.toString('utf8')))
  const { read } = await import('@e965/xlsx')
  try {
    const book = read(safe.end(), {
      dense: true,
      sheets: 0,
      sheetRows: MOST_ROWS_IN + 1,
      cellNF: true,
      cellHTML: false,
      cellFormula: false,
      UTC: true,
    })
    const sheet = book.Sheets[book.SheetNames[0]!]
    const data = (sheet?.['!data'] ?? []) as (CellObject | undefined)[][]
    return Array.from(data, (row) => Array.from((row ?? []).slice(0, MOST_COLUMNS), cellAsText)).filter((row) => row.some(Boolean))
  } catch {
    throw new AppError('invalid', 'table.unreadable')
  }
}

/** Refuses more cells than a sheet of people has, and repetitions that would become them; a row repeated is one row. */
function bounded(xml: string): string {
  const cells = xml.match(/<(?:table:(?:covered-)?table-cell|(?:\w+:)?c)[\s/>]/g)?.length ?? 0
  if (cells > MOST_CELLS) throw new AppError('invalid', 'table.too_much_inside')
  return xml
    .replace(/number-rows-repeated\s*=\s*(["'])\d+\1/g, 'number-rows-repeated="1"')
    .replace(
      /number-columns-repeated\s*=\s*(["'])(\d+)\1/g,
      (_, __, count: string) => `number-columns-repeated="${Math.min(Number(count), MOST_COLUMNS)}"`,
    )
    .replace(/<dimension\b[^>]*>/g, '')
}

function cellAsText(cell: CellObject | undefined): string {
  if (!cell || cell.v === undefined || cell.v === null) return ''
  if (cell.v instanceof Date) return clockText(cell.v.getTime())
  if (cell.t === 'n' && /y/i.test(String(cell.z ?? ''))) return clockText(Math.round((Number(cell.v) - EPOCH_DAYS) * DAY_MS))
  return String(cell.v)
}

const clockText = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ').replace(' 00:00', '')
