import { translator } from '~/i18n/dictionary'
import { tableWords } from '~/i18n/table'
import { cellText, wallClock, xmlText } from './cells.server'
import { CM_PER_CHARACTER, FONT, PAPER, printOf } from './print'
import { type Cell, type CellKind, type Sheet, type Table } from './table'
import { factsSheet, sheetName } from './xlsx.server'
import { zipArchive } from './zip.server'

const TYPE = 'application/vnd.oasis.opendocument.spreadsheet'
const SPACES = ['office', 'style', 'text', 'table']
  .map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .join(' ')
const DATA_SPACES = `xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"`
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

const DAY =
  '<number:day number:style="long"/><number:text>.</number:text><number:month number:style="long"/><number:text>.</number:text><number:year number:style="long"/>'
const NUMBERS = `<number:number-style style:name="nInteger"><number:number number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/></number:number-style><number:number-style style:name="nDecimal"><number:number number:decimal-places="1" number:min-integer-digits="1" number:grouping="true"/></number:number-style><number:date-style style:name="nDate">${DAY}</number:date-style><number:date-style style:name="nInstant">${DAY}<number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text><number:minutes number:style="long"/></number:date-style><number:text-style style:name="nText"><number:text-content/></number:text-style>`
const FONTS = `<office:font-face-decls><style:font-face style:name="${FONT.name}" svg:font-family="${FONT.name}"/></office:font-face-decls>`
/** Figures stand at the right, apart from the text beside them; days and times at the left, whose columns have no more room. */
const FIGURE =
  '<style:table-cell-properties style:vertical-align="top" style:text-align-source="fix"/><style:paragraph-properties fo:text-align="end" fo:margin-left="0.2cm"/>'
const DATE =
  '<style:table-cell-properties style:vertical-align="top" style:text-align-source="fix"/><style:paragraph-properties fo:text-align="start"/>'
/** A text that does not fit its column goes on below: it is never cut and runs over no other. */
const WRAPPED = '<style:table-cell-properties style:vertical-align="top" fo:wrap-option="wrap"/>'
const cellStyle = (name: string, data: string, properties: string) =>
  `<style:style style:name="${name}" style:family="table-cell" style:parent-style-name="Default" style:data-style-name="${data}">${properties}</style:style>`
const CELL_STYLES = [
  cellStyle('text', 'nText', WRAPPED),
  cellStyle('integer', 'nInteger', FIGURE),
  cellStyle('decimal', 'nDecimal', FIGURE),
  cellStyle('date', 'nDate', DATE),
  cellStyle('instant', 'nInstant', DATE),
  cellStyle('head', 'nText', `${WRAPPED}<style:text-properties fo:font-weight="bold"/>`),
].join('')

const pageStyle = (sheet: number) => `page${sheet}`

/** Printed on A4 across: so many pages wide, beside each other before they go down, and as many down as it takes. */
const pageLayout = ({ columns }: Sheet, at: number) =>
  `<style:page-layout style:name="${pageStyle(at)}"><style:page-layout-properties fo:page-width="${PAPER.width}cm" fo:page-height="${PAPER.height}cm" style:print-orientation="landscape" fo:margin-left="${PAPER.side}cm" fo:margin-right="${PAPER.side}cm" fo:margin-top="${PAPER.top}cm" fo:margin-bottom="${PAPER.foot}cm" style:print="grid" style:first-page-number="continue" style:print-page-order="ltr" style:scale-to-X="${printOf(columns).pagesAcross}" style:scale-to-Y="0"/><style:footer-style><style:header-footer-properties fo:min-height="${PAPER.bottom - PAPER.foot}cm" fo:margin-left="0cm" fo:margin-right="0cm" fo:margin-top="0.2cm"/></style:footer-style></style:page-layout>`

const footText = (text: string) => `<text:p><text:span text:style-name="foot">${text}</text:span></text:p>`

function stylesXml(sheets: Sheet[], { author, language }: Table): string {
  const page = translator(tableWords, language)('sheetPage', {
    page: '<text:page-number>1</text:page-number>',
    of: '<text:page-count>1</text:page-count>',
  })
  const from = `<text:sheet-name/> · ${xmlText(cellText(author))}`
  const foot = `<style:footer><style:region-left>${footText(from)}</style:region-left><style:region-right>${footText(page)}</style:region-right></style:footer>`
  const pages = sheets.map(
    (_, at) => `<style:master-page style:name="${pageStyle(at)}" style:page-layout-name="${pageStyle(at)}">${foot}</style:master-page>`,
  )
  const letters = `<style:text-properties style:font-name="${FONT.name}" fo:font-size="${FONT.points}pt"/>`
  const rows =
    '<style:default-style style:family="table-row"><style:table-row-properties style:use-optimal-row-height="true"/></style:default-style>'
  const cells = `<style:default-style style:family="table-cell">${letters}</style:default-style><style:style style:name="Default" style:family="table-cell">${letters}</style:style>`
  const footStyle = `<style:style style:name="foot" style:family="text"><style:text-properties style:font-name="${FONT.name}" fo:font-size="${FONT.points}pt"/></style:style>`
  return `${HEAD}<office:document-styles ${SPACES} ${DATA_SPACES} office:version="1.3">${FONTS}<office:styles>${rows}${cells}</office:styles><office:automatic-styles>${footStyle}${sheets.map(pageLayout).join('')}</office:automatic-styles><office:master-styles>${pages.join('')}</office:master-styles></office:document-styles>`
}

function cellXml(value: Cell, kind: CellKind | 'head', timeZone: string): string {
  if (value === null || value === '') return '<table:table-cell/>'
  const open = (type: string, attribute: string) => `<table:table-cell table:style-name="${kind}" office:value-type="${type}"${attribute}>`
  if (kind === 'date') return `${open('date', ` office:date-value="${String(value)}"`)}</table:table-cell>`
  if (kind === 'instant') return `${open('date', ` office:date-value="${wallClock(value as Date, timeZone)}:00"`)}</table:table-cell>`
  if (kind === 'integer' || kind === 'decimal') return `${open('float', ` office:value="${Number(value)}"`)}</table:table-cell>`
  return `${open('string', '')}<text:p>${xmlText(cellText(value))}</text:p></table:table-cell>`
}

const rowXml = (cells: Cell[], kindOf: (at: number) => CellKind | 'head', timeZone: string) =>
  `<table:table-row>${cells.map((value, at) => cellXml(value, kindOf(at), timeZone)).join('')}</table:table-row>`

const tableStyle = (sheet: number) => `t${sheet}`
const columnStyle = (sheet: number, column: number) => `c${sheet}-${column}`

async function* sheetXml({ name, columns, batches }: Sheet, at: number, timeZone: string): AsyncGenerator<string> {
  const { repeated } = printOf(columns)
  const widths = columns.map((_, column) => `<table:table-column table:style-name="${columnStyle(at, column)}"/>`)
  const known = repeated > 0 ? `<table:table-header-columns>${widths.splice(0, repeated).join('')}</table:table-header-columns>` : ''
  yield `<table:table table:name="${xmlText(sheetName(name))}" table:style-name="${tableStyle(at)}">${known}${widths.join('')}`
  const heads = columns.map(({ header }) => header)
  yield `<table:table-header-rows>${rowXml(heads, () => 'head', timeZone)}</table:table-header-rows>`
  for await (const rows of batches()) yield rows.map((row) => rowXml(row, (column) => columns[column]!.kind, timeZone)).join('')
  yield '</table:table>'
}

async function* contentXml(sheets: Sheet[], timeZone: string): AsyncGenerator<string> {
  const widths = sheets.flatMap(({ columns }, at) =>
    printOf(columns).widths.map(
      (width, column) =>
        `<style:style style:name="${columnStyle(at, column)}" style:family="table-column"><style:table-column-properties style:column-width="${(width * CM_PER_CHARACTER).toFixed(2)}cm"/></style:style>`,
    ),
  )
  const tables = sheets.map(
    (_, at) =>
      `<style:style style:name="${tableStyle(at)}" style:family="table" style:master-page-name="${pageStyle(at)}"><style:table-properties table:display="true"/></style:style>`,
  )
  yield `${HEAD}<office:document-content ${SPACES} ${DATA_SPACES} office:version="1.3">${FONTS}<office:automatic-styles>${NUMBERS}${CELL_STYLES}${tables.join('')}${widths.join('')}</office:automatic-styles><office:body><office:spreadsheet>`
  for (const [at, sheet] of sheets.entries()) yield* sheetXml(sheet, at, timeZone)
  yield '</office:spreadsheet></office:body></office:document-content>'
}

/** The table as an OpenDocument spreadsheet, which public bodies must be able to give: typed as in `xlsxOf`. */
export async function odsOf(table: Table): Promise<Buffer> {
  const sheets = [...table.sheets, factsSheet(table)]
  const zip = zipArchive(table.createdAt)
  zip.store('mimetype', TYPE)
  const file = (path: string, type: string) => `<manifest:file-entry manifest:full-path="${path}" manifest:media-type="${type}"/>`
  await zip.add('META-INF/manifest.xml', [
    `${HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">${file('/', TYPE)}${file('content.xml', 'text/xml')}${file('styles.xml', 'text/xml')}</manifest:manifest>`,
  ])
  await zip.add('styles.xml', [stylesXml(sheets, table)])
  await zip.add('content.xml', contentXml(sheets, table.timeZone))
  return zip.end()
}
