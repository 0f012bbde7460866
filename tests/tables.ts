import { deflateRawSync } from 'node:zlib'
import { read, utils } from '@e965/xlsx'
import { parse } from 'csv-parse/sync'
import { unzipped } from '~/platform/table/unzip.mjs'
import { zipArchive } from '~/platform/table/zip.server'

/* Reads tables back with programs that are not ours: SheetJS and csv-parse. */

export type ReadCell = { type: 'text' | 'number' | 'date'; value: string | number } | null

const DAY_MS = 86_400_000
/** `2026-03-29 09:00` of a day number counted from 30 December 1899, by no zone. */
const wallClockOf = (serial: number) => new Date(Math.round((serial - 25_569) * DAY_MS)).toISOString().slice(0, 16).replace('T', ' ')

/** Returns the sheets of an XLSX or ODS file by name, row by row; throws where a cell is a formula or a link. */
export function workbookOf(bytes: Uint8Array): Record<string, ReadCell[][]> {
  const book = read(bytes, { cellNF: true, cellFormula: true, UTC: true })
  return Object.fromEntries(
    book.SheetNames.map((name) => {
      const sheet = book.Sheets[name]!
      const range = utils.decode_range(sheet['!ref']!)
      const rows = Array.from({ length: range.e.r + 1 }, (_, r) =>
        Array.from({ length: range.e.c + 1 }, (__, c): ReadCell => {
          const cell = sheet[utils.encode_cell({ r, c })]
          if (!cell || cell.v === undefined || cell.v === '') return null
          if (cell.f !== undefined || cell.l !== undefined) throw new Error(`a formula or a link in ${name} ${r}:${c}`)
          if (cell.t === 'd') return { type: 'date', value: (cell.v as Date).toISOString().slice(0, 16).replace('T', ' ') }
          if (cell.t === 'n')
            return /y/i.test(String(cell.z)) ? { type: 'date', value: wallClockOf(cell.v) } : { type: 'number', value: cell.v }
          return { type: 'text', value: String(cell.v) }
        }),
      )
      return [name, rows]
    }),
  )
}

/** The same of a CSV file, of which every cell is text. */
export const csvRows = (bytes: Uint8Array): string[][] => parse(Buffer.from(bytes), { delimiter: ';', bom: true })

/** Rows as records by the names in the first row. */
export const byHeader = <Cell>(rows: Cell[][], nameOf: (head: Cell) => string): Record<string, Cell>[] => {
  const [heads = [], ...body] = rows
  return body.map((row) => Object.fromEntries(heads.map((head, at) => [nameOf(head), row[at]!])))
}

/** An archive of the same files, each text as `change` makes it. */
export async function rewritten(bytes: Buffer, change: (text: string, name: string) => string): Promise<Buffer> {
  const zip = zipArchive(new Date(0))
  for (const [name, content] of unzipped(bytes, 1e7)) await zip.add(name, [change(content.toString(), name)])
  return zip.end()
}

/** An archive whose directory says that each file is small. */
export function zipBomb(unpackedMb: number): Buffer {
  const name = Buffer.from('xl/workbook.xml')
  const packed = deflateRawSync(Buffer.alloc(unpackedMb * 1024 * 1024, 0x20), { level: 9 })
  const head = (signature: number, made: number[]) => {
    const buffer = Buffer.alloc(4 + made.length * 2)
    buffer.writeUInt32LE(signature)
    made.forEach((value, at) => buffer.writeUInt16LE(value, 4 + at * 2))
    return buffer
  }
  const sizes = [packed.length & 0xffff, packed.length >>> 16, 10, 0]
  const local = Buffer.concat([head(0x04034b50, [20, 0, 8, 0, 0, 0, 0, ...sizes, name.length, 0]), name, packed])
  const central = Buffer.concat([head(0x02014b50, [20, 20, 0, 8, 0, 0, 0, 0, ...sizes, name.length, 0, 0, 0, 0, 0, 0, 0, 0]), name])
  const end = head(0x06054b50, [0, 0, 1, 1, central.length, 0, local.length & 0xffff, local.length >>> 16, 0])
  return Buffer.concat([local, central, end])
}
