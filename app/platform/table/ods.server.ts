import { cellText, wallClock, xmlText } from './cells.server'
import { widthOf, type Cell, type CellKind, type Sheet, type Table } from './table'
import { factsSheet, sheetName } from './xlsx.server'
import { zipArchive } from './zip.server'

const TYPE = 'application/vnd.oasis.opendocument.spreadsheet'
const SPACES = ['office', 'style', 'text', 'table']
  .map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .join(' ')
const DATA_SPACES = `xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"`
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
/** A column of so many characters in centimetres. */
const CM_PER_CHARACTER = 0.21

const DAY =
  '<number:day number:style="long"/><number:text>.</number:text><number:month number:style="long"/><number:text>.</number:text><number:year number:style="long"/>'
const NUMBERS = `<number:number-style style:name="nInteger"><number:number number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/></number:number-style><number:number-style style:name="nDecimal"><number:number number:decimal-places="1" number:min-integer-digits="1" number:grouping="true"/></number:number-style><number:date-style style:name="nDate">${DAY}</number:date-style><number:date-style style:name="nInstant">${DAY}<number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text><number:minutes number:style="long"/></number:date-style><number:text-style style:name="nText"><number:text-content/></number:text-style>`
const cellStyle = (name: string, data: string, text = '') =>
  `<style:style style:name="${name}" style:family="table-cell" style:data-style-name="${data}">${text}</style:style>`
const CELL_STYLES = [
  cellStyle('text', 'nText'),
  cellStyle('integer', 'nInteger'),
  cellStyle('decimal', 'nDecimal'),
  cellStyle('date', 'nDate'),
  cellStyle('instant', 'nInstant'),
  cellStyle('head', 'nText', '<style:text-properties fo:font-weight="bold"/>'),
].join('')

/** Printed on A4 across, as many pages down as it takes and one wide. */
const STYLES = `${HEAD}<office:document-styles ${SPACES} ${DATA_SPACES} office:version="1.3"><office:automatic-styles><style:page-layout style:name="across"><style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape" style:scale-to-X="1" style:scale-to-Y="0"/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Default" style:page-layout-name="across"/></office:master-styles></office:document-styles>`

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

const columnStyle = (sheet: number, column: number) => `c${sheet}-${column}`

async function* sheetXml({ name, columns, batches }: Sheet, at: number, timeZone: string): AsyncGenerator<string> {
  yield `<table:table table:name="${xmlText(sheetName(name))}">${columns.map((_, column) => `<table:table-column table:style-name="${columnStyle(at, column)}"/>`).join('')}`
  const heads = columns.map(({ header }) => header)
  yield `<table:table-header-rows>${rowXml(heads, () => 'head', timeZone)}</table:table-header-rows>`
  for await (const rows of batches()) yield rows.map((row) => rowXml(row, (column) => columns[column]!.kind, timeZone)).join('')
  yield '</table:table>'
}

async function* contentXml(sheets: Sheet[], timeZone: string): AsyncGenerator<string> {
  const widths = sheets.flatMap(({ columns }, at) =>
    columns.map(
      (own, column) =>
        `<style:style style:name="${columnStyle(at, column)}" style:family="table-column"><style:table-column-properties style:column-width="${(widthOf(own) * CM_PER_CHARACTER).toFixed(2)}cm"/></style:style>`,
    ),
  )
  yield `${HEAD}<office:document-content ${SPACES} ${DATA_SPACES} office:version="1.3"><office:automatic-styles>${NUMBERS}${CELL_STYLES}${widths.join('')}</office:automatic-styles><office:body><office:spreadsheet>`
  for (const [at, sheet] of sheets.entries()) yield* sheetXml(sheet, at, timeZone)
  yield '</office:spreadsheet></office:body></office:document-content>'
}

/** The table as an OpenDocument spreadsheet, which public bodies must be able to give: typed as in `xlsxOf`. */
export async function odsOf(table: Table): Promise<Buffer> {
  const zip = zipArchive(table.createdAt)
  zip.store('mimetype', TYPE)
  const file = (path: string, type: string) => `<manifest:file-entry manifest:full-path="${path}" manifest:media-type="${type}"/>`
  await zip.add('META-INF/manifest.xml', [
    `${HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">${file('/', TYPE)}${file('content.xml', 'text/xml')}${file('styles.xml', 'text/xml')}</manifest:manifest>`,
  ])
  await zip.add('styles.xml', [STYLES])
  await zip.add('content.xml', contentXml([...table.sheets, factsSheet(table)], table.timeZone))
  return zip.end()
}
