import { translator } from '~/i18n/dictionary'
import { tableWords } from '~/i18n/table'
import { cellText, isNumeric, serialDay, xmlText } from './cells.server'
import { FONT, PAPER, printOf } from './print'
import { heightOf, linesOf, LINE_POINTS } from './row-height'
import { sheet, type Cell, type CellKind, type Column, type Sheet, type Table } from './table'
import { zipArchive } from './zip.server'

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Places of the styles in `cellXfs`. */
const STYLE: Record<CellKind | 'head', number> = { text: 1, integer: 2, decimal: 3, date: 4, instant: 5, head: 6 }
const FONT_XML = `<sz val="${FONT.points}"/><name val="${FONT.name}"/>`
/** Figures stand at the right, apart from the text beside them; days and times at the left, whose columns have no more room. */
const FIGURE = '<alignment horizontal="right" vertical="top" indent="1"/>'
const DATE = '<alignment horizontal="left" vertical="top"/>'
/** A text that does not fit its column goes on below: it is never cut and runs over no other. */
const WRAPPED = '<alignment vertical="top" wrapText="1"/>'
const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="3"><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/><numFmt numFmtId="165" formatCode="dd\\.mm\\.yyyy\\ hh:mm"/><numFmt numFmtId="166" formatCode="#,##0.0"/></numFmts><fonts count="2"><font>${FONT_XML}</font><font><b/>${FONT_XML}</font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="7">${(
  [
    [0, 0, ''],
    [49, 0, WRAPPED],
    [3, 0, FIGURE],
    [166, 0, FIGURE],
    [164, 0, DATE],
    [165, 0, DATE],
    [49, 1, WRAPPED],
  ] as const
)
  .map(
    ([format, font, alignment]) =>
      `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyAlignment="1">${alignment}</xf>`,
  )
  .join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

const inches = (cm: number) => (cm / 2.54).toFixed(4)
const MARGINS = `<pageMargins left="${inches(PAPER.side)}" right="${inches(PAPER.side)}" top="${inches(PAPER.top)}" bottom="${inches(PAPER.bottom)}" header="0" footer="${inches(PAPER.foot)}"/>`

/** The most letters of a name in the foot of a page, which holds 255 signs in all. */
const LONGEST_AUTHOR = 120

/** Printed on A4 across: so many pages wide, beside each other before they go down, and as many down as it takes. */
function paperXml(pagesAcross: number, { author, language }: Table): string {
  const page = translator(tableWords, language)('sheetPage', { page: '&P', of: '&N' })
  const from = author.slice(0, LONGEST_AUTHOR).replaceAll('&', '&&')
  const foot = xmlText(cellText(`&L&${FONT.points}&A · ${from}&R&${FONT.points}${page}`))
  const setup = `<pageSetup paperSize="9" orientation="landscape" fitToWidth="${pagesAcross}" fitToHeight="0" pageOrder="overThenDown"/>`
  return `<printOptions gridLines="1"/>${MARGINS}${setup}<headerFooter><oddFooter>${foot}</oddFooter></headerFooter>`
}

/** „A“, „Z“, „AA“ for 0, 25, 26. */
const letters = (at: number): string => (at < 26 ? '' : letters(Math.floor(at / 26) - 1)) + String.fromCharCode(65 + (at % 26))

/** `_x0041_` in a text of OOXML stands for a character; written so it stands for itself. */
const literal = (text: string) => text.replace(/_(?=x[\da-f]{4}_)/gi, '_x005F_')

function cellXml(value: Cell, kind: CellKind | 'head', place: string, timeZone: string): string {
  if (value === null || value === '') return ''
  const style = STYLE[kind]
  if (kind === 'date' || kind === 'instant') return `<c r="${place}" s="${style}"><v>${serialDay(value as string | Date, timeZone)}</v></c>`
  if (kind !== 'head' && isNumeric(kind)) return `<c r="${place}" s="${style}"><v>${Number(value)}</v></c>`
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(literal(cellText(value)))}</t></is></c>`
}

type KindOf = (at: number) => CellKind | 'head'

/** LibreOffice gives a row of a workbook no height of itself, so that one of several lines has its own. */
function heightXml(cells: Cell[], kindOf: KindOf, widths: number[]): string {
  let most = 1
  cells.forEach((value, at) => {
    if (typeof value === 'string' && wraps(kindOf(at))) most = Math.max(most, linesOf(value, widths[at]!))
  })
  return most > 1 ? ` ht="${heightOf(most)}"` : ''
}
const wraps = (kind: CellKind | 'head') => kind === 'text' || kind === 'head'

function rowXml(cells: Cell[], kindOf: KindOf, number: number, { widths, timeZone }: { widths: number[]; timeZone: string }): string {
  const inside = cells.map((value, at) => cellXml(value, kindOf(at), letters(at) + number, timeZone)).join('')
  return `<row r="${number}"${heightXml(cells, kindOf, widths)}>${inside}</row>`
}

async function* sheetXml({ columns, batches }: Sheet, table: Table): AsyncGenerator<string> {
  const print = printOf(columns)
  const measures = { widths: print.widths, timeZone: table.timeZone }
  const widths = print.widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`).join('')
  yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="${LINE_POINTS}"/><cols>${widths}</cols><sheetData>`
  const heads = columns.map(({ header }) => header)
  yield rowXml(heads, () => 'head', 1, measures)
  let number = 1
  for await (const rows of batches()) {
    yield rows.map((row) => rowXml(row, (at) => columns[at]!.kind, (number += 1), measures)).join('')
  }
  yield `</sheetData><autoFilter ref="A1:${letters(columns.length - 1)}${number}"/>${paperXml(print.pagesAcross, table)}</worksheet>`
}

const FACTS: Column<[string, string]>[] = [
  { header: '', kind: 'text', width: 32, cell: ([label]) => label },
  { header: '', kind: 'text', width: 80, cell: ([, value]) => value },
]

/** Title and facts as a sheet of their own: the table begins in the first row of its own sheet, where programs look for it. */
export const factsSheet = ({ title, facts, factsName }: Table): Sheet =>
  sheet(factsName, [{ ...FACTS[0]!, header: title }, FACTS[1]!], late(facts))

function* late<Row>(rows: () => Row[]): Generator<Row[]> {
  yield rows()
}

/** What a spreadsheet program takes as the name of a sheet: 31 characters without `[ ] : * ? / \` and without quotes. */
export const sheetName = (name: string): string => cellText(name.replace(/[[\]:*?/\\']/g, ' ')).slice(0, 31)

/** The heads and what a row is known by, as places: `'Присъствие'!$A:$B,'Присъствие'!$1:$1`. */
function onEveryPage({ name, columns }: Sheet): string {
  const place = `'${xmlText(sheetName(name))}'!`
  const { repeated } = printOf(columns)
  return `${repeated > 0 ? `${place}$A:$${letters(repeated - 1)},` : ''}${place}$1:$1`
}

const relation = (at: number, type: string, target: string) => `<Relationship Id="r${at}" Type="${RELATIONS}/${type}" Target="${target}"/>`

/** The table as an Office Open XML workbook: numbers as numbers, days and times as days of the wall clock, everything else as text; no formula, no link. */
export async function xlsxOf(table: Table): Promise<Buffer> {
  const sheets = [...table.sheets, factsSheet(table)]
  const zip = zipArchive(table.createdAt)
  const part = (name: string, type: string) => `<Override PartName="/xl/${name}.xml" ContentType="${SHEET_TYPE}.${type}+xml"/>`
  const parts = sheets.map((_, at) => part(`worksheets/sheet${at + 1}`, 'worksheet')).join('')
  await zip.add('[Content_Types].xml', [
    `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${part('workbook', 'sheet.main')}${part('styles', 'styles')}${parts}</Types>`,
  ])
  await zip.add('_rels/.rels', [
    `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
  ])
  const named = sheets.map(({ name }, at) => `<sheet name="${xmlText(sheetName(name))}" sheetId="${at + 1}" r:id="r${at + 1}"/>`).join('')
  const heads = sheets.map((one, at) => `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">${onEveryPage(one)}</definedName>`)
  const names = `<definedNames>${heads.join('')}</definedNames>`
  await zip.add('xl/workbook.xml', [`${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${named}</sheets>${names}</workbook>`])
  await zip.add('xl/_rels/workbook.xml.rels', [
    `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${sheets.map((_, at) => relation(at + 1, 'worksheet', `worksheets/sheet${at + 1}.xml`)).join('')}${relation(sheets.length + 1, 'styles', 'styles.xml')}</Relationships>`,
  ])
  await zip.add('xl/styles.xml', [STYLES])
  for (const [at, one] of sheets.entries()) await zip.add(`xl/worksheets/sheet${at + 1}.xml`, sheetXml(one, table))
  return zip.end()
}
