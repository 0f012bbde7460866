import { readdirSync, readFileSync } from 'node:fs'
import { utils, write } from '@e965/xlsx'
import { describe, expect, test } from 'vitest'
import { tableFile } from '~/platform/table/file.server'
import { LARGEST_TABLE, readTable } from '~/platform/table/read.server'
import { sheet, type Cell, type Column, type Table } from '~/platform/table/table'
import { unzipped } from '~/platform/table/unzip.mjs'
import { zipArchive } from '~/platform/table/zip.server'
import { rewritten, zipBomb } from '../../tables'

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
  test('a zip bomb by what comes out of it, whatever it says of itself', async () => {
    const small = zipBomb(1)
    expect(unzipped(small, 2 * 1024 * 1024).get('xl/workbook.xml')).toHaveLength(1024 * 1024) // the archive itself is a sound one
    const large = zipBomb(300)
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
    const read = await readTable(zip.end())
    expect(read).toHaveLength(3)
    expect(read[1]!.length).toBeLessThanOrEqual(60)
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

const CELL = '<table:table-cell table:style-name="text"'
const ROW = '<table:table-row>'
const MANY = 99_999_999

/** One cell, row or text of a sound ODS written so that the library takes it for a hundred million. */
const ODS_BOMBS: [string, from: string, to: string][] = [
  ['columns after a space', CELL, `<table:table-cell table:number-columns-repeated=" ${MANY}" table:style-name="text"`],
  ['columns with a plus', CELL, `<table:table-cell table:number-columns-repeated="+${MANY}" table:style-name="text"`],
  ['columns and more', CELL, `<table:table-cell table:number-columns-repeated="${MANY}a" table:style-name="text"`],
  ['columns in capitals', CELL, `<table:table-cell table:Number-Columns-Repeated="${MANY}" table:style-name="text"`],
  ['columns with an ending', CELL, `<table:table-cell number-columns-repeated_x="${MANY}" table:style-name="text"`],
  ['rows after a space', ROW, `<table:table-row table:number-rows-repeated=" ${MANY}">`],
  ['rows with a plus', ROW, `<table:table-row table:number-rows-repeated="+${MANY}">`],
  ['rows in capitals', ROW, `<table:table-row table:Number-Rows-Repeated="${MANY}">`],
  ['rows with an ending', ROW, `<table:table-row number-rows-repeated_x="${MANY}">`],
  ['spaces', '<text:p>', '<text:p><text:s text:c="500000000"/>'],
]

/** What the library passes over: without quotes there is no attribute to it, and with a count below nought no repetition. */
const ODS_HARMLESS: typeof ODS_BOMBS = [
  ['columns without quotes', CELL, `<table:table-cell table:number-columns-repeated=${MANY} table:style-name="text"`],
  ['columns less than none', CELL, `<table:table-cell table:number-columns-repeated="-${MANY}" table:style-name="text"`],
  ['rows without quotes', ROW, `<table:table-row table:number-rows-repeated=${MANY}>`],
  ['rows less than none', ROW, `<table:table-row table:number-rows-repeated="-${MANY}">`],
]

/** Processes that read for this one. */
const readersNow = () =>
  readdirSync('/proc').filter((pid) => {
    try {
      const isOwn = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[1] === String(process.pid)
      return /^\d+$/.test(pid) && isOwn && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('table/reader-thread.mjs')
    } catch {
      return false // it ended meanwhile
    }
  }).length

/**
 * The most this process worked without giving others their turn while `run` was awaited, in milliseconds of the processor's time, so that
 * a busy machine does not matter; and by how many bytes it grew at most.
 */
async function burdenOf(run: () => Promise<unknown>) {
  const before = process.memoryUsage().rss
  let [last, stillMs, grown] = [process.cpuUsage(), 0, 0]
  const look = () => {
    const { user, system } = process.cpuUsage(last)
    stillMs = Math.max(stillMs, (user + system) / 1000)
    last = process.cpuUsage()
    grown = Math.max(grown, process.memoryUsage().rss - before)
  }
  const looking = setInterval(look, 5)
  await run()
  clearInterval(looking)
  look()
  return { stillMs, grown }
}

describe('harms nobody but its reader', () => {
  async function changed(from: string, to: string): Promise<Buffer> {
    const ods = (await tableFile(table, 'ods')).bytes
    const bytes = await rewritten(ods, (text, name) => (name === 'content.xml' ? text.replace(from, to) : text))
    expect(unzipped(bytes, 1e7).get('content.xml')!.toString()).toContain(to)
    return bytes
  }

  test.each(ODS_BOMBS)('with %s repeated without end', async (_, from, to) => {
    const bomb = await changed(from, to)
    expect(bomb.length).toBeLessThan(10_000)
    const { stillMs, grown } = await burdenOf(() => expect(readTable(bomb)).rejects.toMatchObject(refused('table.too_much_inside')))
    expect(stillMs).toBeLessThan(1_000)
    expect(grown).toBeLessThan(100 * 1024 * 1024)
    await expect.poll(readersNow).toBe(0)
  })

  test.each(ODS_HARMLESS)('with %s: it is read as far as it goes', async (_, from, to) => {
    const bytes = await changed(from, to)
    const { stillMs, grown } = await burdenOf(async () => expect((await readTable(bytes)).length).toBeLessThanOrEqual(3))
    expect(stillMs).toBeLessThan(1_000)
    expect(grown).toBeLessThan(100 * 1024 * 1024)
  })

  test('with one long text in each of many cells', async () => {
    const names = Array.from({ length: 2_000 }, () => Array.from({ length: 25 }, () => 'ъ'))
    const file = write(utils.book_new(utils.aoa_to_sheet(names), 'Лист'), { bookType: 'xlsx', type: 'buffer', bookSST: true }) as Buffer
    const long = 'ъ'.repeat(500_000)
    const bomb = await rewritten(file, (text, name) => (name === 'xl/sharedStrings.xml' ? text.replaceAll('>ъ<', `>${long}<`) : text))
    expect(unzipped(bomb, 1e8).get('xl/sharedStrings.xml')!.length).toBeGreaterThan(1_000_000)
    const { stillMs, grown } = await burdenOf(() => expect(readTable(bomb)).rejects.toMatchObject(refused('table.too_much_inside')))
    expect(stillMs).toBeLessThan(1_000)
    expect(grown).toBeLessThan(100 * 1024 * 1024)
  })

  test('with as many cells as there may be, each repeated: they come in time or not at all', async () => {
    const many: Table = { ...table, sheets: [sheet('Лист', columns, [Array.from({ length: 1_999 }, () => rows[0]!)])] }
    const bomb = await rewritten((await tableFile(many, 'ods')).bytes, (text) =>
      text.replaceAll('<table:table-cell ', '<table:table-cell table:number-columns-repeated="60" '),
    )
    let width = 0
    const { stillMs } = await burdenOf(async () => (width = Math.max(...(await readTable(bomb)).map((row) => row.length))))
    expect(width).toBe(60)
    expect(stillMs).toBeLessThan(1_000)
  })

  test('and the next file is read as ever, two at a time while others wait', async () => {
    const bomb = await changed(...(ODS_BOMBS.find(([what]) => what === 'rows with a plus')!.slice(1) as [string, string]))
    const sound = (await tableFile(table, 'xlsx')).bytes
    let most = 0
    const counting = setInterval(() => (most = Math.max(most, readersNow())), 5)
    const answers = await Promise.all(
      [bomb, bomb, bomb, sound].map((file) =>
        readTable(file).then(
          (read) => read.length,
          (error: { messageKey: string }) => error.messageKey,
        ),
      ),
    )
    clearInterval(counting)
    expect(answers).toEqual(['table.too_much_inside', 'table.too_much_inside', 'table.too_much_inside', 3])
    expect(most).toBe(2)
  })
})
