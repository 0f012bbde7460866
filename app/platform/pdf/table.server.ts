import { setImmediate as othersTurn } from 'node:timers/promises'
import { artifact, tag, type StructureElement } from './document.server'
import { ensureRoom, type Flow } from './flow.server'
import { drawText, layText, type TextBlock, type TextStyle } from './text.server'

export interface TableColumn {
  header: string
  /** Share of the table's width; shares are relative to each other. */
  share: number
  align?: 'left' | 'center' | 'right'
}

export interface TableOptions {
  columns: TableColumn[]
  rows: string[][]
  headStyle: TextStyle
  bodyStyle: TextStyle
  ruleColor: string
  /** Space above and below the text of a cell, in points. */
  padding: number
}

/** Kept free on both sides of a cell's words. */
export const CELL_SIDE_POINTS = 3
const RULE_POINTS = 0.5

interface Cell {
  block: TextBlock
  x: number
  align: 'left' | 'center' | 'right'
}

/**
 * Draws a table with its heads repeated on every page it reaches (the repetition is an artifact); a row is never divided. Moves
 * `flow.y` below the table. A row higher than a page ends in an ellipsis.
 */
export function flowTable(flow: Flow, options: TableOptions): void {
  for (const _ of drawnRows(flow, options));
}

const ROWS_AT_ONCE = 25

/** The same for a table of thousands of rows: others get their turn in between. Nothing else may be drawn until it is done. */
export async function flowLongTable(flow: Flow, options: TableOptions): Promise<void> {
  let drawn = 0
  for (const _ of drawnRows(flow, options)) if ((drawn += 1) % ROWS_AT_ONCE === 0) await othersTurn()
}

function* drawnRows(flow: Flow, { columns, rows, headStyle, bodyStyle, ruleColor, padding }: TableOptions): Generator<void> {
  const table = tag(flow.pdf, 'Table')
  const shares = columns.reduce((sum, { share }) => sum + share, 0)
  const widths = columns.map(({ share }) => (flow.width * share) / shares)
  const lefts = widths.map((_, index) => flow.left + widths.slice(0, index).reduce((sum, width) => sum + width, 0))
  const cells = (texts: string[], style: TextStyle, maxLines: number): Cell[] =>
    columns.map(({ align = 'left' }, index) => ({
      block: layText(texts[index] ?? '', style, (widths[index] ?? 0) - 2 * CELL_SIDE_POINTS, { maxLines }),
      x: (lefts[index] ?? 0) + CELL_SIDE_POINTS,
      align,
    }))
  const heightOf = (row: Cell[]) => Math.max(...row.map(({ block }) => block.height)) + 2 * padding
  const drawCell = ({ block, x, align }: Cell) => drawText(flow.pdf, block, x, flow.y + padding, align)
  const endRow = (row: Cell[]) => {
    flow.y += heightOf(row)
    artifact(flow.pdf, 'Layout', () => {
      flow.pdf.doc
        .moveTo(flow.left, flow.y)
        .lineTo(flow.left + flow.width, flow.y)
        .lineWidth(RULE_POINTS)
        .strokeColor(ruleColor)
        .stroke()
    })
  }
  const tagRow = (row: Cell[], type: 'TH' | 'TD', parent: StructureElement) => {
    const element = tag(flow.pdf, 'TR', { parent })
    for (const cell of row) tag(flow.pdf, type, { parent: element, scope: type === 'TH' ? 'Column' : undefined }, () => drawCell(cell))
    endRow(row)
  }
  const head = cells(
    columns.map(({ header }) => header),
    headStyle,
    Infinity,
  )
  ensureRoom(flow, heightOf(head) + 2 * bodyStyle.size)
  tagRow(head, 'TH', tag(flow.pdf, 'THead', { parent: table }))
  const body = tag(flow.pdf, 'TBody', { parent: table })
  for (const texts of rows) {
    let row = cells(texts, bodyStyle, Infinity)
    const page = flow.pdf.doc.page
    ensureRoom(flow, heightOf(row))
    if (flow.pdf.doc.page !== page) {
      artifact(flow.pdf, 'Pagination', () => head.forEach(drawCell))
      endRow(head)
    }
    const room = flow.bottom - flow.y - 2 * padding
    if (heightOf(row) > flow.bottom - flow.y)
      row = cells(texts, bodyStyle, Math.max(1, Math.floor(room / (bodyStyle.size * bodyStyle.leading))))
    tagRow(row, 'TD', body)
    yield
  }
}
