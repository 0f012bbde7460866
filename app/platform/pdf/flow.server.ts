import { artifact, tag, type Pdf, type TagOptions } from './document.server'
import { drawText, layText, type TextBlock, type TextStyle } from './text.server'

/** Where the next thing goes on pages that follow one another. All measures in points. */
export interface Flow {
  pdf: Pdf
  y: number
  left: number
  width: number
  bottom: number
  /** Adds a page with whatever repeats on it and returns where its content begins. */
  beginPage(): number
}

/** Begins another page when less than `height` is left. */
export function ensureRoom(flow: Flow, height: number): void {
  if (flow.y + height > flow.bottom) flow.y = flow.beginPage()
}

/** Draws a block under an element of `type`, over as many pages as it takes. Moves `flow.y` below it. */
export function flowText(flow: Flow, block: TextBlock, type: string, options: TagOptions & { indent?: number } = {}): void {
  const element = tag(flow.pdf, type, options)
  const step = block.style.size * block.style.leading
  let rest = block.lines
  while (rest.length > 0) {
    ensureRoom(flow, step)
    const lines = rest.slice(0, Math.max(1, Math.floor((flow.bottom - flow.y) / step)))
    rest = rest.slice(lines.length)
    const part = { ...block, lines, height: lines.length * step }
    const top = flow.y
    element.add(() => drawText(flow.pdf, part, flow.left + (options.indent ?? 0), top))
    flow.y += part.height
  }
}

interface NumberedListOptions {
  style: TextStyle
  indent: number
  gap: number
}

/** Draws a numbered list as `L` with labels and bodies. */
export function flowNumberedList(flow: Flow, items: string[], { style, indent, gap }: NumberedListOptions): void {
  const list = tag(flow.pdf, 'L')
  items.forEach((item, index) => {
    const body = layText(item, style, flow.width - indent)
    ensureRoom(flow, style.size * style.leading)
    const entry = tag(flow.pdf, 'LI', { parent: list })
    const label = layText(`${index + 1}.`, style, indent)
    tag(flow.pdf, 'Lbl', { parent: entry }, () => drawText(flow.pdf, label, flow.left, flow.y))
    flowText(flow, body, 'LBody', { parent: entry, indent })
    flow.y += gap
  })
}

/** Writes a line such as „Страница 1 от 2“ on every page, as an artifact. Call when all pages are there. */
export function numberPages(
  pdf: Pdf,
  style: TextStyle,
  place: { left: number; width: number; y: number },
  words: (page: number, of: number) => string,
): void {
  const { start, count } = pdf.doc.bufferedPageRange()
  for (let index = 0; index < count; index += 1) {
    pdf.doc.switchToPage(start + index)
    const line = layText(words(index + 1, count), style, place.width)
    artifact(pdf, 'Pagination', () => drawText(pdf, line, place.left, place.y, 'center'))
  }
}
