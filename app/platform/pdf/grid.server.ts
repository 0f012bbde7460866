import { artifact, tag, type StructureElement } from './document.server'
import { ensureRoom, type Flow } from './flow.server'
import { drawText, layText, type TextBlock, type TextStyle } from './text.server'

type Align = 'left' | 'center' | 'right'

export interface GridColumn {
  header: string
  /** In smaller letters under the header. */
  note?: string
  /** Points. */
  width: number
  align?: Align
}

/** Text of a cell with a line in smaller letters under it; empty text is a cell to write in. */
export interface GridCell {
  text: string
  note?: string
}

export interface GridOptions {
  columns: GridColumn[]
  rows: GridCell[][]
  headStyle: TextStyle
  bodyStyle: TextStyle
  noteStyle: TextStyle
  ruleColor: string
  /** Least height of a row of the body, in points: room to write in by hand. */
  rowHeight: number
  /** Space between the rules and the text, in points. */
  padding: number
}

const RULE_POINTS = 0.6

interface Laid {
  text: TextBlock
  note: TextBlock | null
  x: number
  align: Align
}

/**
 * Draws a ruled table to be filled in by hand, with its heads repeated on every page it reaches (the repetition is an artifact); a row
 * is never divided. Moves `flow.y` below the table. Text that would make a row higher than a page ends in an ellipsis.
 */
export function flowGrid(flow: Flow, options: GridOptions): void {
  const { columns, rows, headStyle, bodyStyle, noteStyle, rowHeight, padding } = options
  const lefts = columns.map((_, index) => flow.left + columns.slice(0, index).reduce((sum, { width }) => sum + width, 0))
  const width = columns.reduce((sum, column) => sum + column.width, 0)
  const lay = (cells: GridCell[], style: TextStyle, maxLines: number): Laid[] =>
    columns.map((column, index) => {
      const { text, note } = cells[index] ?? { text: '' }
      const room = column.width - 2 * padding
      return {
        text: layText(text, style, room, { maxLines }),
        note: note ? layText(note, noteStyle, room, { maxLines }) : null,
        x: (lefts[index] ?? 0) + padding,
        align: column.align ?? 'left',
      }
    })
  const heightOf = (row: Laid[]) => Math.max(...row.map(({ text, note }) => text.height + (note?.height ?? 0))) + 2 * padding
  const drawCell = ({ text, note, x, align }: Laid, height: number) => {
    const top = flow.y + (height - text.height - (note?.height ?? 0)) / 2
    if (text.lines.length > 0) drawText(flow.pdf, text, x, top, align)
    if (note) drawText(flow.pdf, note, x, top + text.height, align)
  }
  const rules = (height: number, withTop: boolean) => {
    const lines = [...lefts, flow.left + width].map((x) => segment(x, flow.y, x, flow.y + height))
    if (withTop) lines.push(segment(flow.left, flow.y, flow.left + width, flow.y))
    lines.push(segment(flow.left, flow.y + height, flow.left + width, flow.y + height))
    artifact(flow.pdf, 'Layout', () => {
      flow.pdf.doc
        .lineWidth(RULE_POINTS)
        .strokeColor(options.ruleColor)
        .addContent(`${lines.join('\n')}\nS`)
    })
  }
  // pdfkit's page runs downwards, as `y` here does: its own transformation is still in force for content added as it is
  const tagRow = (row: Laid[], height: number, type: 'TH' | 'TD', parent: StructureElement) => {
    const element = tag(flow.pdf, 'TR', { parent })
    for (const cell of row) {
      const scope = type === 'TH' ? 'Column' : undefined
      if (cell.text.lines.length + (cell.note?.lines.length ?? 0) === 0) tag(flow.pdf, type, { parent: element, scope })
      else tag(flow.pdf, type, { parent: element, scope }, () => drawCell(cell, height))
    }
  }

  const table = tag(flow.pdf, 'Table')
  const head = lay(
    columns.map(({ header, note }) => ({ text: header, ...(note ? { note } : {}) })),
    headStyle,
    Infinity,
  )
  const headHeight = heightOf(head)
  ensureRoom(flow, headHeight + rowHeight)
  tagRow(head, headHeight, 'TH', tag(flow.pdf, 'THead', { parent: table }))
  rules(headHeight, true)
  flow.y += headHeight
  const body = tag(flow.pdf, 'TBody', { parent: table })
  for (const cells of rows) {
    let row = lay(cells, bodyStyle, Infinity)
    let height = Math.max(rowHeight, heightOf(row))
    const page = flow.pdf.doc.page
    ensureRoom(flow, height)
    if (flow.pdf.doc.page !== page) {
      artifact(flow.pdf, 'Pagination', () => head.forEach((cell) => drawCell(cell, headHeight)))
      rules(headHeight, true)
      flow.y += headHeight
    }
    if (height > flow.bottom - flow.y) {
      const lines = Math.floor((flow.bottom - flow.y - 2 * padding) / (bodyStyle.size * bodyStyle.leading)) - 2
      row = lay(cells, bodyStyle, Math.max(1, lines))
      height = Math.min(heightOf(row), flow.bottom - flow.y)
    }
    tagRow(row, height, 'TD', body)
    rules(height, false)
    flow.y += height
  }
}

const segment = (fromX: number, fromY: number, toX: number, toY: number) =>
  `${fromX.toFixed(2)} ${fromY.toFixed(2)} m ${toX.toFixed(2)} ${toY.toFixed(2)} l`
