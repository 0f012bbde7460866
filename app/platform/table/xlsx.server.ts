import { cellText, isNumeric, serialDay, xmlText } from './cells.server'
import { sheet, widthOf, type Cell, type CellKind, type Column, type Sheet, type Table } from './table'
import { zipArchive } from './zip.server'

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Places of the styles in `cellXfs`. */
const STYLE: Record<CellKind | 'head', number> = { text: 1, integer: 2, decimal: 3, date: 4, instant: 5, head: 6 }
const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="3"><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/><numFmt numFmtId="165" formatCode="dd\\.mm\\.yyyy\\ hh:mm"/><numFmt numFmtId="166" formatCode="#,##0.0"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="7">${[
  [0, 0],
  [49, 0],
  [3, 0],
  [166, 0],
  [164, 0],
  [165, 0],
  [49, 1],
]
  .map(
    ([format, font]) => `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`,
  )
  .join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

/** Printed on A4 across, as many pages down as it takes and one wide. */
const PAPER = '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'

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

const rowXml = (cells: Cell[], kindOf: (at: number) => CellKind | 'head', number: number, timeZone: string) =>
  `<row r="${number}">${cells.map((value, at) => cellXml(value, kindOf(at), letters(at) + number, timeZone)).join('')}</row>`

async function* sheetXml({ columns, batches }: Sheet, timeZone: string): AsyncGenerator<string> {
  const widths = columns.map((column, at) => `<col min="${at + 1}" max="${at + 1}" width="${widthOf(column)}" customWidth="1"/>`).join('')
  yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData>`
  const heads = columns.map(({ header }) => header)
  yield rowXml(heads, () => 'head', 1, timeZone)
  let number = 1
  for await (const rows of batches()) {
    yield rows.map((row) => rowXml(row, (at) => columns[at]!.kind, (number += 1), timeZone)).join('')
  }
  yield `</sheetData><autoFilter ref="A1:${letters(columns.length - 1)}${number}"/>${PAPER}</worksheet>`
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
  // the heads stand on every printed page
  const heads = sheets.map(
    ({ name }, at) => `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">'${xmlText(sheetName(name))}'!$1:$1</definedName>`,
  )
  const names = `<definedNames>${heads.join('')}</definedNames>`
  await zip.add('xl/workbook.xml', [`${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${named}</sheets>${names}</workbook>`])
  await zip.add('xl/_rels/workbook.xml.rels', [
    `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${sheets.map((_, at) => relation(at + 1, 'worksheet', `worksheets/sheet${at + 1}.xml`)).join('')}${relation(sheets.length + 1, 'styles', 'styles.xml')}</Relationships>`,
  ])
  await zip.add('xl/styles.xml', [STYLES])
  for (const [at, one] of sheets.entries()) await zip.add(`xl/worksheets/sheet${at + 1}.xml`, sheetXml(one, table.timeZone))
  return zip.end()
}
