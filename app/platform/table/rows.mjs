import { CFB, parse_zip } from '@e965/xlsx'
import { parse } from 'csv-parse/sync'
import { Refused } from '../apart/refused.mjs'
import { unzipped } from './unzip.mjs'

const MOST_UNPACKED = 16 * 1024 * 1024
const MOST_COLUMNS = 60
const MOST_CELLS = 60_000
/** Of all cells together, in characters: a text that stands in many cells of a workbook lies in it once. */
const MOST_TEXT = 2 * 1024 * 1024

const ZIP = Buffer.from('PK\u0003\u0004', 'latin1')
const DAY_MS = 86_400_000
const EPOCH_DAYS = 25_569

/**
 * The first sheet of a file as rows of texts. To be asked in a process apart: a workbook may be written so that the library takes any
 * amount of time and memory for it, whatever is looked for beforehand. Throws `Refused`: `unreadable`, `too_many_rows`, `too_much_inside`.
 * @param {Buffer} bytes
 * @param {number} mostRows
 * @returns {string[][]}
 */
export function rowsOf(bytes, mostRows) {
  const rows = bytes.subarray(0, 4).equals(ZIP) ? workbookRows(bytes, mostRows) : csvRows(bytes, mostRows)
  if (rows.length > mostRows) throw new Refused('too_many_rows')
  const narrow = rows.map((row) => row.slice(0, MOST_COLUMNS))
  const text = narrow.reduce((sum, row) => row.reduce((inRow, cell) => inRow + cell.length, sum), 0)
  if (text > MOST_TEXT) throw new Refused('too_much_inside')
  return narrow
}

function csvRows(bytes, mostRows) {
  if (bytes.includes(0)) throw new Refused('unreadable')
  const text = textOf(bytes)
  const [heads = ''] = text.split(/\r?\n/, 1)
  const delimiter = [';', '\t', ','].reduce((best, one) => (heads.split(one).length > heads.split(best).length ? one : best))
  const options = { delimiter, bom: true, relax_column_count: true, skip_empty_lines: true, to: mostRows + 1, max_record_size: 65_536 }
  return orUnreadable(() => parse(text, options))
}

function textOf(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1251').decode(bytes)
  }
}

/** What is inside is unpacked within bounds here, so that the library sees no archive. */
function workbookRows(bytes, mostRows) {
  const files = unzipped(bytes, MOST_UNPACKED)
  if (!files.has('content.xml') && !files.has('xl/workbook.xml')) throw new Refused('unreadable')
  const book = CFB.utils.cfb_new()
  for (const [name, content] of files)
    if (/^[\x20-\x7e]+\.(xml|rels)$|^mimetype$/.test(name))
      CFB.utils.cfb_add(book, name, Buffer.from(bounded(content.toString('utf8'))), { unsafe: true })
  const options = { dense: true, sheets: 0, sheetRows: mostRows + 1, cellNF: true, cellHTML: false, cellFormula: false, UTC: true }
  return orUnreadable(() => {
    const { Sheets, SheetNames } = parse_zip(book, options)
    const data = Sheets[SheetNames[0]]?.['!data'] ?? []
    return Array.from(data, (row) => Array.from((row ?? []).slice(0, MOST_COLUMNS), cellAsText)).filter((row) => row.some(Boolean))
  })
}

function orUnreadable(run) {
  try {
    return run()
  } catch {
    throw new Refused('unreadable')
  }
}

/** Refuses more cells than a sheet of people has; the repetitions spreadsheet programs fill a sheet up with are cut, and a row repeated is one row. */
function bounded(xml) {
  const cells = xml.match(/<(?:table:(?:covered-)?table-cell|(?:\w+:)?c)[\s/>]/g)?.length ?? 0
  if (cells > MOST_CELLS) throw new Refused('too_much_inside')
  return xml
    .replace(/number-rows-repeated\s*=\s*(["'])\d+\1/g, 'number-rows-repeated="1"')
    .replace(
      /number-columns-repeated\s*=\s*(["'])(\d+)\1/g,
      (_, __, count) => `number-columns-repeated="${Math.min(Number(count), MOST_COLUMNS)}"`,
    )
    .replace(/<dimension\b[^<>]*>/g, '')
}

function cellAsText(cell) {
  if (!cell || cell.v === undefined || cell.v === null) return ''
  if (cell.v instanceof Date) return clockText(cell.v.getTime())
  if (cell.t === 'n' && /y/i.test(String(cell.z ?? ''))) return clockText(Math.round((Number(cell.v) - EPOCH_DAYS) * DAY_MS))
  return String(cell.v)
}

const clockText = (milliseconds) => new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ').replace(' 00:00', '')
