import { setImmediate as othersTurn } from 'node:timers/promises'
import { formatDate, formatDateTime, formatNumber } from '~/i18n/format'
import { tableWords } from '~/i18n/table'
import { translator } from '~/i18n/dictionary'
import { AppError } from '../errors'
import { closePdf, mm, openPdf } from '../pdf/document.server'
import { EMBLEM_MIN_HEIGHT_MM, euBlock } from '../pdf/eu-block.server'
import { flowText, numberPages, type Flow } from '../pdf/flow.server'
import { textWidth, type FontName } from '../pdf/fonts.server'
import { CELL_SIDE_POINTS, flowLongTable } from '../pdf/table.server'
import { layText, type TextStyle } from '../pdf/text.server'
import { cellText, isNumeric } from './cells.server'
import type { Cell, CellKind, Table } from './table'

/** The most rows one PDF holds: longer ones are no reading, and setting them keeps a processor busy for seconds. */
export const MOST_ROWS_ON_PAPER = 2_000

const MARGIN = mm(12)
const [PAGE_WIDTH, PAGE_HEIGHT] = [841.89, 595.28]
const WIDTH = PAGE_WIDTH - 2 * MARGIN
const GAP = mm(3)
const INK = '#16212B'
const MUTED = '#4B5863'
const LINE = '#B9C8C8'
const style = (font: FontName, size: number, color = INK): TextStyle => ({ font, size, color, leading: 1.25 })
const HEAD = style('strong', 7, MUTED)
const BODY = style('body', 8.5)
/** No word makes its column wider than this: what is longer is broken. */
const WIDEST_WORD = WIDTH / 6
const WORDS_TO_MEASURE = 12
const FOOT = { style: style('body', 8, MUTED), place: { left: MARGIN, width: WIDTH, y: PAGE_HEIGHT - mm(9) } }

/**
 * The first sheet as a tagged PDF on landscape A4: title, facts, the columns meant for paper with their heads on every page, page numbers,
 * and the EU block where due. Throws `invalid` for more than `MOST_ROWS_ON_PAPER` rows.
 */
export async function pdfOf(table: Table): Promise<Buffer> {
  const t = translator(tableWords, table.language)
  const [{ columns, batches }] = table.sheets
  const shown = columns.map((column, at) => ({ ...column, at })).filter(({ notOnPaper }) => !notOnPaper)
  const rows: string[][] = []
  for await (const batch of batches()) {
    rows.push(...batch.map((row) => shown.map(({ kind, at }) => paperText(row[at]!, kind, table))))
    if (rows.length > MOST_ROWS_ON_PAPER) throw new AppError('invalid', 'table.too_long_for_paper', { most: MOST_ROWS_ON_PAPER })
    await othersTurn()
  }
  const pdf = openPdf({ title: table.title, author: table.author, createdAt: table.createdAt, layout: 'landscape', margin: MARGIN })
  const flow: Flow = {
    pdf,
    y: MARGIN,
    left: MARGIN,
    width: WIDTH,
    bottom: PAGE_HEIGHT - mm(14),
    beginPage() {
      pdf.doc.addPage()
      return MARGIN
    },
  }
  drawHead(flow, table)
  const widths = widthsOf(shown, rows)
  const columnOf = ({ header, kind }: (typeof shown)[number], at: number) => ({
    header,
    share: widths[at]!,
    align: isNumeric(kind) ? ('right' as const) : ('left' as const),
  })
  if (rows.length === 0) flowText(flow, layText(t('empty'), style('body', 10), WIDTH), 'P')
  else
    await flowLongTable(flow, {
      columns: shown.map(columnOf),
      rows,
      headStyle: HEAD,
      bodyStyle: BODY,
      ruleColor: LINE,
      padding: 2,
    })
  const madeAt = formatDateTime(table.createdAt, table.language, table.timeZone)
  numberPages(pdf, FOOT.style, FOOT.place, (page, of) => t('page', { page: String(page), of: String(of), author: table.author, madeAt }))
  return closePdf(pdf)
}

/**
 * The widths of the columns in points: what is left over goes by their own widths, and none is narrower than its longest word. Where
 * the words alone need more than the page has, all give way alike.
 */
function widthsOf(columns: { header: string; width: number }[], rows: string[][]): number[] {
  const least = columns.map(({ header }, at) => {
    const inHead = longestWord([header], HEAD)
    const inBody = longestWord(
      rows.map((row) => row[at]!),
      BODY,
    )
    return Math.min(WIDEST_WORD, Math.max(inHead, inBody)) + 2 * CELL_SIDE_POINTS + 1
  })
  const isTight = columns.map(() => false)
  for (;;) {
    const room = WIDTH - least.reduce((sum, width, at) => sum + (isTight[at] ? width : 0), 0)
    const shares = columns.reduce((sum, { width }, at) => sum + (isTight[at] ? 0 : width), 0)
    const shareOf = (at: number) => (room * columns[at]!.width) / shares
    const next = columns.findIndex((_, at) => !isTight[at] && shareOf(at) < least[at]!)
    if (next < 0) return columns.map((_, at) => (isTight[at] ? least[at]! : shareOf(at)))
    isTight[next] = true
  }
}

/** In points. Measured are only the words with the most letters. */
function longestWord(texts: string[], { font, size }: TextStyle): number {
  const words = [...new Set(texts.flatMap((text) => text.split(/[ \n]/)))].sort((a, b) => b.length - a.length)
  return Math.max(0, ...words.slice(0, WORDS_TO_MEASURE).map((word) => textWidth(font, size, word)))
}

function drawHead(flow: Flow, { title, facts, isEuFunded }: Table): void {
  if (isEuFunded) {
    const block = euBlock(EMBLEM_MIN_HEIGHT_MM)
    block.draw(flow.pdf, flow.left, flow.y)
    flow.y += block.height + GAP
  }
  flowText(flow, layText(title, style('strong', 16), WIDTH), 'H1')
  for (const [label, value] of facts()) if (value) flowText(flow, layText(`${label}: ${value}`, style('body', 9.5), WIDTH), 'P')
  flow.y += GAP
}

function paperText(value: Cell, kind: CellKind, { language, timeZone }: Table): string {
  if (value === null) return ''
  if (kind === 'date') return formatDate(value as string, language, timeZone)
  if (kind === 'instant') return formatDateTime(value as Date, language, timeZone)
  if (isNumeric(kind)) return formatNumber(value as number, language, kind === 'decimal' ? 1 : 0)
  return cellText(value)
}
