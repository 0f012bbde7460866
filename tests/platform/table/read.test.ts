import { deflateRawSync } from 'node:zlib'
import { utils, write } from '@e965/xlsx'
import { describe, expect, test } from 'vitest'
import { tableFile } from '~/platform/table/file.server'
import { LARGEST_TABLE, readTable } from '~/platform/table/read.server'
import { sheet, type Cell, type Column, type Table } from '~/platform/table/table'
import { unzipped } from '~/platform/table/unzip.server'
import { zipArchive } from '~/platform/table/zip.server'

const refused = (key: string) => ({ code: 'invalid', messageKey: key })

const columns: Column<Cell[]>[] = [
  { header: 'Име', kind: 'text', width: 20, cell: ([value]) => value! },
  { header: 'Минути', kind: 'integer', width: 8, cell: ([, value]) => value! },
  { header: 'Начало', kind: 'instant', width: 17, cell: ([, , value]) => value! },
]
const rows: Cell[][] = [
  ['=Ана Иванова', 5, new Date('2026-03-28T23:30:00Z')],
  ["Д'Артанян", 0, null],
]
const table: Table = {
  title: 'Т',
  facts: () => [],
  factsName: 'За файла',
  sheets: [sheet('Лист', columns, [rows])],
  fileName: { ascii: 't', full: 'т' },
  language: 'bg',
  timeZone: 'Europe/Sofia',
  author: 'Община',
  createdAt: new Date('2026-11-02T10:00:00Z'),
  isEuFunded: false,
}

describe('reads', () => {
  test.each(['csv', 'xlsx', 'ods'] as const)('our own %s as it was written', async (format) => {
    expect(await readTable((await tableFile(table, format)).bytes)).toEqual([
      ['Име', 'Минути', 'Начало'],
      ['=Ана Иванова', '5', '2026-03-29 01:30'],
      ["Д'Артанян", '0', ...(format === 'csv' ? [''] : [])],
    ])
  })

  test.each(['xlsx', 'ods'] as const)('an %s of another program, its formula as the value saved with it', async (bookType) => {
    const made = utils.aoa_to_sheet([
      ['Име', 'Отметка'],
      ['Ана', 'да'],
    ])
    made['B2'] = { t: 's', v: 'да', f: 'HYPERLINK("http://example.test","да")' }
    const book = utils.book_new(made, 'Лист')
    expect(await readTable(write(book, { bookType, type: 'buffer' }))).toEqual([
      ['Име', 'Отметка'],
      ['Ана', 'да'],
    ])
  })

  test('CSV with commas, tabs, and in the Bulgarian code page of Windows', async () => {
    expect(await readTable(Buffer.from('Name,Mark\nAna,present'))).toEqual([['Name', 'Mark'], ['Ana', 'present']]) // prettier-ignore
    expect(await readTable(Buffer.from('Име\tОтметка\r\nАна\tда\r\n'))).toEqual([['Име', 'Отметка'], ['Ана', 'да']]) // prettier-ignore
    const windows = Buffer.from([0xc8, 0xec, 0xe5, 0x3b, 0x31, 0x0a, 0xc0, 0xed, 0xe0, 0x3b, 0x32]) // Име;1 Ана;2
    expect(await readTable(windows)).toEqual([['Име', '1'], ['Ана', '2']]) // prettier-ignore
  })
})

describe('refuses', () => {
  /** An archive whose directory says that each file is small. */
  function bomb(unpackedMb: number): Buffer {
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

  test('a zip bomb by what comes out of it, whatever it says of itself', async () => {
    const small = bomb(1)
    expect(unzipped(small, 2 * 1024 * 1024).get('xl/workbook.xml')).toHaveLength(1024 * 1024) // the archive itself is a sound one
    const large = bomb(300)
    expect(large.length).toBeLessThan(LARGEST_TABLE)
    const before = process.memoryUsage().rss
    await expect(readTable(large)).rejects.toMatchObject(refused('table.too_much_inside'))
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
  })

  test('a sheet whose cells repeat without end', async () => {
    const zip = zipArchive(new Date(0))
    const { bytes } = await tableFile(table, 'ods')
    for (const [name, content] of unzipped(bytes, 1e7)) {
      const text = content
        .toString()
        .replace(
          '<table:table-cell table:style-name="text"',
          '<table:table-cell table:number-columns-repeated="16384" table:style-name="text"',
        )
        .replaceAll('<table:table-row>', '<table:table-row table:number-rows-repeated="1048576">')
      zip.store(name, text)
    }
    const started = performance.now()
    const read = await readTable(zip.end())
    expect(read).toHaveLength(3)
    expect(read[1]!.length).toBeLessThanOrEqual(60)
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  test('more rows or cells than a list of people has', async () => {
    const many = (count: number): Table => ({ ...table, sheets: [sheet('Лист', columns, [Array.from({ length: count }, () => rows[0]!)])] })
    await expect(readTable((await tableFile(many(2_500), 'csv')).bytes)).rejects.toMatchObject(refused('table.too_many_rows'))
    await expect(readTable((await tableFile(many(2_500), 'xlsx')).bytes)).rejects.toMatchObject(refused('table.too_many_rows'))
    await expect(readTable((await tableFile(many(25_000), 'ods')).bytes)).rejects.toMatchObject(refused('table.too_much_inside'))
  })

  test('what is no table, by content and not by name', async () => {
    const given: [Buffer, string][] = [
      [Buffer.alloc(LARGEST_TABLE + 1, 0x20), 'table.too_large'],
      [Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'table.old_excel'],
      [Buffer.from('PK\u0003\u0004 и нищо повече'), 'table.unreadable'],
      [Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(20)]), 'table.unreadable'],
      [Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10]), 'table.unreadable'],
      [Buffer.from('"Име;Отметка\nАна;да'), 'table.unreadable'],
    ]
    for (const [bytes, key] of given) await expect(readTable(bytes), key).rejects.toMatchObject(refused(key))
    const other = zipArchive(new Date(0))
    other.store('word/document.xml', '<w:document/>')
    await expect(readTable(other.end())).rejects.toMatchObject(refused('table.unreadable'))
  })
})
