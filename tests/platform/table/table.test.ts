import { describe, expect, test } from 'vitest'
import { dispositionOf, formatAsked, MOST_ROWS, tableFile } from '~/platform/table/file.server'
import { MOST_ROWS_ON_PAPER } from '~/platform/table/paper.server'
import { allPages, sheet, TABLE_FORMATS, type Cell, type Column, type Table } from '~/platform/table/table'
import { checkPdf, pdfInfo, pdfText } from '../../pdf-tools'
import { csvRows, workbookOf } from '../../tables'

const text = (header: string): Column<Cell[]> => ({ header, kind: 'text', width: 20, cell: ([value]) => value! })

function aTable(columns: Column<Cell[]>[], rows: Cell[][]): Table {
  return {
    title: 'Проба',
    facts: () => [['Община', 'Елена']],
    factsName: 'За файла',
    sheets: [sheet('Редове', columns, [rows])],
    fileName: { ascii: 'proba', full: 'Проба' },
    language: 'bg',
    timeZone: 'Europe/Sofia',
    author: 'Община Елена',
    createdAt: new Date('2026-11-02T10:00:00Z'),
    isEuFunded: false,
  }
}
const textsOf = async (format: 'xlsx' | 'ods', values: string[]) => {
  const { bytes } = await tableFile(
    aTable(
      [text('Текст')],
      values.map((value) => [value]),
    ),
    format,
  )
  const rows = workbookOf(bytes)['Редове']!
  return rows.slice(1).map(([cell]) => cell)
}
const csvTexts = async (values: string[]) => {
  const { bytes } = await tableFile(
    aTable(
      [text('Текст')],
      values.map((value) => [value]),
    ),
    'csv',
  )
  return csvRows(bytes)
    .slice(1)
    .map(([cell]) => cell)
}

/** What spreadsheet programs would calculate, send somewhere or start. */
const FORMULAS = [
  '=1+1',
  '+359888123456',
  '-5',
  '@SUM(A1:A9)',
  '=HYPERLINK("http://example.test";"вижте")',
  "=cmd|' /C calc'!A0",
  '=IMPORTXML("http://example.test")',
  '＝1+1',
  '"=1+1"',
]

describe('formulas are words', () => {
  test.each(['xlsx', 'ods'] as const)('in %s each is a text as it was', async (format) => {
    expect(await textsOf(format, FORMULAS)).toEqual(FORMULAS.map((value) => ({ type: 'text', value })))
  })

  test('in CSV each has an apostrophe before it, and so do those behind white space', async () => {
    expect(await csvTexts(FORMULAS)).toEqual(FORMULAS.map((value) => `'${value}`))
    expect(await csvTexts(['\t=1+1', '\r\n=1+1', '   =1+1'])).toEqual(["'=1+1", "'=1+1", "'=1+1"])
  })

  test('a name, a number of a service and a date stay as they are', async () => {
    const harmless = ['Ана-Мария О’Конър', '№ 5', '007', '1.2', "Д'Артанян", 'a=b']
    expect(await csvTexts(harmless)).toEqual(harmless)
  })
})

describe('text', () => {
  const odd = [
    'две\nлинии',
    'край;на "клетка"',
    '<b>&amp;</b>',
    'нула\u0000до\u0008тук',
    'сам\ud800отен',
    'обърнат\u202eтекст',
    '\uffffкрай',
  ]
  const kept = ['две линии', 'край;на "клетка"', '<b>&amp;</b>', 'нуладотук', 'самотен', 'обърнаттекст', 'край']

  test.each(['xlsx', 'ods'] as const)('in %s holds no sign that a file cannot', async (format) => {
    expect((await textsOf(format, odd)).map((cell) => cell!.value)).toEqual(kept)
  })

  test('in XLSX a word that would stand for another sign stands for itself', async () => {
    expect((await textsOf('xlsx', ['_x0041_ и _X000d_', '_x_']))[0]).toEqual({ type: 'text', value: '_x0041_ и _X000d_' })
  })

  test('in CSV one row stays one row', async () => {
    expect(await csvTexts(odd)).toEqual(kept)
  })

  test('is cut to what a cell holds', async () => {
    const [cell] = await textsOf('xlsx', ['я'.repeat(40_000)])
    expect(String(cell!.value)).toHaveLength(32_767 - 1)
    expect(String(cell!.value).endsWith('я…')).toBe(true)
    const [plain] = await textsOf('ods', ['a'.repeat(32_767)])
    expect(plain!.value).toBe('a'.repeat(32_767))
  })
})

describe('figures', () => {
  const columns: Column<Cell[]>[] = [
    { header: 'Брой', kind: 'integer', width: 8, cell: ([value]) => value! },
    { header: 'Часове', kind: 'decimal', width: 8, cell: ([, value]) => value! },
    { header: 'Ден', kind: 'date', width: 12, cell: ([, , value]) => value! },
    { header: 'Кога', kind: 'instant', width: 16, cell: ([, , , value]) => value! },
  ]
  // 21:30 UTC is half past eleven at night in Sofia in winter; 31 December 22:30 UTC is the new year there
  const rows: Cell[][] = [
    [12345, 6, '2026-01-01', new Date('2026-01-01T21:30:00Z')],
    [0, 0.5, '2024-02-29', new Date('2025-12-31T22:30:00Z')],
    [null, null, null, null],
  ]

  test.each(['xlsx', 'ods'] as const)('in %s are numbers and days of the wall clock', async (format) => {
    const book = workbookOf((await tableFile(aTable(columns, rows), format)).bytes)
    expect(book['Редове']!.slice(1, 3)).toEqual([
      [
        { type: 'number', value: 12345 },
        { type: 'number', value: 6 },
        { type: 'date', value: '2026-01-01 00:00' },
        { type: 'date', value: '2026-01-01 23:30' },
      ],
      [
        { type: 'number', value: 0 },
        { type: 'number', value: 0.5 },
        { type: 'date', value: '2024-02-29 00:00' },
        { type: 'date', value: '2026-01-01 00:30' },
      ],
    ])
    expect(Object.keys(book)).toEqual(['Редове', 'За файла'])
  })

  test('in CSV have a decimal comma and no groups; the file begins with the mark of UTF-8 and its lines end as Excel’s do', async () => {
    const { bytes } = await tableFile(aTable(columns, rows), 'csv')
    expect(bytes.toString()).toBe(
      '\ufeffБрой;Часове;Ден;Кога\r\n12345;6,0;2026-01-01;2026-01-01 23:30\r\n0;0,5;2024-02-29;2026-01-01 00:30\r\n;;;\r\n',
    )
  })

  test('in PDF are written as on the page', async () => {
    const { bytes } = await tableFile(aTable(columns, rows), 'pdf')
    await checkPdf(bytes)
    expect(await pdfText(bytes)).toContain('12 345 6,0 01.01.2026 г. 01.01.2026 г., 23:30')
  })
})

describe('size', () => {
  const many = (count: number) =>
    aTable(
      [text('Ред')],
      Array.from({ length: count }, (_, at) => [`ред ${at}`]),
    )

  test('a PDF repeats its heads on every page, and refuses what nobody would read', async () => {
    const { bytes } = await tableFile(many(120), 'pdf')
    const pages = Number((await pdfInfo(bytes))['Pages'])
    expect(pages).toBeGreaterThan(2)
    expect((await pdfText(bytes)).match(/страница \d+ от \d+/g)).toHaveLength(pages)
    await expect(tableFile(many(MOST_ROWS_ON_PAPER + 1), 'pdf')).rejects.toMatchObject({
      code: 'invalid',
      messageKey: 'table.too_long_for_paper',
    })
  })

  test('a file of too many rows is refused', async () => {
    await expect(tableFile(many(MOST_ROWS + 1), 'csv')).rejects.toMatchObject({ code: 'invalid', messageKey: 'table.too_long' })
  })

  test('an empty table is a file with its heads', async () => {
    for (const format of TABLE_FORMATS) expect((await tableFile(many(0), format)).bytes.length).toBeGreaterThan(0)
    expect(csvRows((await tableFile(many(0), 'csv')).bytes)).toEqual([['Ред']])
  })

  test('twenty thousand rows let others have their turn', async () => {
    const rows = many(20_000)
    for (const format of ['csv', 'xlsx', 'ods'] as const) {
      // of the processor's time, so that a busy machine does not matter
      const begun = process.cpuUsage()
      let [longest, last] = [0, begun]
      const look = () => {
        longest = Math.max(longest, process.cpuUsage(last).user)
        last = process.cpuUsage()
      }
      const watch = setInterval(look, 1)
      await tableFile(rows, format)
      clearInterval(watch)
      look()
      expect(longest, format).toBeLessThan(process.cpuUsage(begun).user / 2)
    }
  })
})

describe('the header of a file', () => {
  test('names it twice, and nothing in a name ends the quotes or the line', () => {
    expect(dispositionOf({ ascii: 'a"\r\nset-cookie: x', full: 'при\r\nсъст"вие/../(1)' }, 'csv')).toBe(
      `attachment; filename="a-set-cookie-x.csv"; filename*=UTF-8''${encodeURIComponent('при съст вие')}%20..%20%281%29.csv`,
    )
    expect(dispositionOf({ ascii: '', full: '' }, 'ods')).toBe(`attachment; filename="table.ods"; filename*=UTF-8''table.ods`)
  })

  test('a format there is not is refused', () => {
    for (const given of ['docx', '', null, 'CSV']) expect(() => formatAsked(given)).toThrow('table.unknown_format')
  })
})

test('a list is read page by page to its end, and a row that moved between pages comes once', async () => {
  const pages = [['а', 'б'], ['б', 'в'], ['г']]
  const read = async (page: number) => ({ rows: pages[page - 1] ?? [], total: 5, page, rowsPerPage: 2 })
  const got: string[] = []
  for await (const rows of allPages(read, (row) => row)) got.push(...rows)
  expect(got).toEqual(['а', 'б', 'в', 'г'])
})
