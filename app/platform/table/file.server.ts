import type { Language } from '~/i18n/language'
import { AppError } from '../errors'
import { csvOf } from './csv.server'
import { odsOf } from './ods.server'
import { pdfOf } from './paper.server'
import { TABLE_FORMATS, type Table, type TableFormat } from './table'
import { xlsxOf } from './xlsx.server'

/** What kind of file is wanted, and the language of its words. */
export type FileKind = { format: TableFormat; language: Language }

export type TableFile = { bytes: Buffer; contentType: string; disposition: string }

const CONTENT_TYPES: Record<TableFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  pdf: 'application/pdf',
}

/** The most rows a file holds: twice the attendances of a large project. */
export const MOST_ROWS = 50_000

/** The format an address asks for. Throws `invalid` for one there is not. */
export function formatAsked(text: string | null): TableFormat {
  const format = TABLE_FORMATS.find((one) => one === text)
  if (!format) throw new AppError('invalid', 'table.unknown_format')
  return format
}

/**
 * `attachment` with the name twice: in ASCII for old programs, and in UTF-8 (RFC 6266). Nothing of either can end the header or the
 * quotes; no name says more of a person than that the file is about one.
 */
export function dispositionOf({ ascii, full }: Table['fileName'], format: TableFormat): string {
  const safe = ascii.replace(/[^\w.-]+/g, '-').replace(/^[-.]+|-+$/g, '') || 'table'
  const encoded = encodeURIComponent(full.replace(/[\p{Cc}\p{Cf}\p{Cs}/\\:*?"<>|]+/gu, ' ').trim() || safe).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${safe}.${format}"; filename*=UTF-8''${encoded}.${format}`
}

async function bytesOf(table: Table, format: TableFormat): Promise<Buffer> {
  if (format === 'xlsx') return xlsxOf(table)
  if (format === 'ods') return odsOf(table)
  if (format === 'pdf') return pdfOf(table)
  const parts: Buffer[] = []
  for await (const part of csvOf(table)) parts.push(Buffer.from(part))
  return Buffer.concat(parts)
}

/** The table as a file. Throws `invalid` for more than `MOST_ROWS` rows, and for a PDF that would be too long. */
export async function tableFile(table: Table, format: TableFormat): Promise<TableFile> {
  const [first, ...others] = table.sheets.map((one) => ({ ...one, batches: () => counting(one.batches()) }))
  return {
    bytes: await bytesOf({ ...table, sheets: [first!, ...others] }, format),
    contentType: CONTENT_TYPES[format],
    disposition: dispositionOf(table.fileName, format),
  }
}

async function* counting<Row>(batches: AsyncIterable<Row[]>): AsyncGenerator<Row[]> {
  let count = 0
  for await (const rows of batches) {
    count += rows.length
    if (count > MOST_ROWS) throw new AppError('invalid', 'table.too_long', { most: MOST_ROWS })
    yield rows
  }
}
