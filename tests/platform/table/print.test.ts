import { describe, expect, test } from 'vitest'
import { tableFile } from '~/platform/table/file.server'
import { CHARACTERS_ACROSS, printOf } from '~/platform/table/print'
import { heightOf, linesOf } from '~/platform/table/row-height'
import { sheet, type Cell, type Column, type Table } from '~/platform/table/table'
import { unzipped } from '~/platform/table/unzip.mjs'

const wide = (...widths: number[]) => widths.map((width) => ({ header: 'а', width }))
const many = (count: number, width: number) => wide(...Array.from({ length: count }, () => width))

describe('pages beside each other', () => {
  test('hold 197 characters each: 27.7 cm at 65 % are 42.6 cm, and a character is 0.216 cm', () => {
    expect(CHARACTERS_ACROSS).toBe(197)
    expect(printOf(wide(50, 50, 50, 47))).toEqual({ widths: [50, 50, 50, 47], pagesAcross: 1, repeated: 0 })
    expect(printOf(wide(50, 50, 50, 48))).toEqual({ widths: [50, 50, 50, 48], pagesAcross: 2, repeated: 1 })
  })

  test('are more than plain division says, as no column is cut and what a row is known by comes again', () => {
    // 8 × 45 are 360, less than 2 × 197; but a page holds four, and from the second on one of them is the first column: 4 + 3 + 1
    expect(printOf(many(8, 45))).toMatchObject({ pagesAcross: 3, repeated: 1 })
    expect(printOf(many(7, 45))).toMatchObject({ pagesAcross: 2, repeated: 1 })
    expect(printOf(many(4, 45))).toMatchObject({ pagesAcross: 1, repeated: 0 })
    // 10 × 45 with two columns on every page: 4 + 2 + 2 + 2
    const known = many(10, 45).map((column, at) => ({ ...column, isKey: at === 1 }))
    expect(printOf(known)).toMatchObject({ pagesAcross: 4, repeated: 2 })
  })

  test('have room for every column: none is wider than half a page, nor are those on every page', () => {
    // 98 + 98, then the first again and the third
    expect(printOf(wide(500, 500, 500))).toEqual({ widths: [98, 98, 98], pagesAcross: 2, repeated: 1 })
    const known = wide(60, 40, 60, 60).map((column, at) => ({ ...column, isKey: at === 1 }))
    expect(printOf(known)).toMatchObject({ pagesAcross: 2, repeated: 1 }) // 60 + 40 are more than half
  })

  test('are as wide as said and never narrower than the longest word of the head with its arrow', () => {
    const columns = [
      { header: 'Преди корекцията, мин.', width: 12 }, // „корекцията,“ has 11
      { header: 'Име', width: 28 },
    ]
    expect(printOf(columns).widths).toEqual([15, 28])
  })
})

describe('the height of a row', () => {
  // 20 characters are 160 dots less 5, of which a letter's size is 14.67: 10.57 sizes; a usual letter takes 0.58 and a space 0.34
  test.each([
    ['', 1],
    ['а'.repeat(18), 1], // 10.44
    ['а'.repeat(19), 2], // 11.02
    [`${'а'.repeat(8)} ${'а'.repeat(9)}`, 1], // 10.2
    [`${'а'.repeat(9)} ${'а'.repeat(9)}`, 2], // 10.78
    ['Ж'.repeat(10), 1], // 10.5
    ['а'.repeat(40), 3], // 23.2: 9.52 a line and the rest, 4.16
  ])('„%s“ takes %i lines of 20 characters', (text, lines) => {
    expect(linesOf(text, 20)).toBe(lines)
  })

  test('is 14.25 points a line, and no more than Excel has', () => {
    expect([heightOf(2), heightOf(28), heightOf(29)]).toEqual([28.5, 399, 409.5])
  })
})

describe('the files', () => {
  const named = (header: string, width: number, more: Partial<Column<Cell[]>> = {}): Column<Cell[]> => ({
    header,
    kind: 'text',
    width,
    cell: () => 'дума '.repeat(30).trim(),
    ...more,
  })
  const columns = [
    named('Номер', 12),
    named('Име', 30, { isKey: true }),
    ...Array.from({ length: 6 }, () => named('Друго', 60, { kind: 'integer', cell: () => 5 })),
  ]
  const table: Table = {
    title: 'Проба',
    facts: () => [['Община', 'Елена']],
    factsName: 'За файла',
    sheets: [sheet("Ред'ове", columns, [[[]]])],
    fileName: { ascii: 'proba', full: 'Проба' },
    language: 'bg',
    timeZone: 'Europe/Sofia',
    author: 'Община „А & Б“',
    createdAt: new Date('2026-11-02T10:00:00Z'),
    isEuFunded: false,
  }
  const partsOf = async (format: 'xlsx' | 'ods') => {
    const files = unzipped((await tableFile(table, format)).bytes, 1e7)
    return (name: string) => files.get(name)!.toString()
  }

  // 12 + 30 + 2 × 60, then 42 + 2 × 60 twice
  test('in XLSX the wide sheet is three pages wide, the facts one, and each says its page', async () => {
    const part = await partsOf('xlsx')
    const [rows, facts] = [part('xl/worksheets/sheet1.xml'), part('xl/worksheets/sheet2.xml')]
    expect(rows).toContain('fitToWidth="3" fitToHeight="0" pageOrder="overThenDown"/>')
    expect(facts).toContain('fitToWidth="1" fitToHeight="0" pageOrder="overThenDown"/>')
    expect(rows).toContain('<pageMargins left="0.3937" right="0.3937" top="0.3937" bottom="0.7874" header="0" footer="0.3937"/>')
    expect(rows).toContain('<oddFooter>&amp;L&amp;11&amp;A · Община „А &amp;&amp; Б“&amp;R&amp;11страница &amp;P от &amp;N</oddFooter>')
    expect(part('xl/workbook.xml')).toContain(
      'localSheetId="0">\'Ред ове\'!$A:$B,\'Ред ове\'!$1:$1</definedName><definedName name="_xlnm.Print_Titles" localSheetId="1">\'За файла\'!$1:$1<',
    )
    // „дума“ takes 3 × 0.58 + 0.78 = 2.52; 12 characters have 6.2: two words a line, 15 lines for 30
    expect(rows).toContain('<row r="2" ht="213.75">')
  })

  test('in ODS each sheet has a page of its own', async () => {
    const part = await partsOf('ods')
    const [styles, content] = [part('styles.xml'), part('content.xml')]
    expect(styles.match(/style:scale-to-X="\d"/g)).toEqual(['style:scale-to-X="3"', 'style:scale-to-X="1"'])
    expect(styles.match(/style:print-page-order="ltr"/g)).toHaveLength(2)
    expect(styles).toContain('fo:font-size="11pt"')
    expect(styles).toContain('страница <text:page-number>1</text:page-number> от <text:page-count>1</text:page-count>')
    expect(content.match(/style:master-page-name="\w+"/g)).toEqual(['style:master-page-name="page0"', 'style:master-page-name="page1"'])
    expect(content.match(/<table:table-header-columns>.*?<\/table:table-header-columns>/g)).toEqual([
      '<table:table-header-columns><table:table-column table:style-name="c0-0"/><table:table-column table:style-name="c0-1"/></table:table-header-columns>',
    ])
  })
})
