import { artifact, mm, tag, type Pdf } from '~/platform/pdf/document.server'
import type { FontName } from '~/platform/pdf/fonts.server'
import { drawText, layText, type TextStyle } from '~/platform/pdf/text.server'

/** Measures of the A4 page in points; the frame stands 15 mm from the edge, where every office printer still prints. */
const PAGE_WIDTH = 595.28
const PAGE_HEIGHT = 841.89
export const FRAME = mm(15)
export const LEFT = mm(24)
export const WIDTH = PAGE_WIDTH - 2 * LEFT
const TOP = mm(22)
export const CONTENT_BOTTOM = PAGE_HEIGHT - mm(19)

export const COLORS = { ink: '#16212B', muted: '#4B5863', accent: '#0F4F52', line: '#B9C8C8', demo: '#8A1C1C' } as const

const FRAME_GAP = mm(1.2)
const DEMO_WORDS = 'Демонстрационен документ, без стойност'
const DEMO_HEIGHT = mm(7.5)
const PAGE_NUMBER_Y = PAGE_HEIGHT - mm(12.5)

export function style(font: FontName, size: number, color: string = COLORS.ink, leading = 1.28): TextStyle {
  return { font, size, color, leading }
}

/** Where „Страница 1 от 2“ stands, outside the frame. */
export const PAGE_NUMBER = { style: style('body', 8.5, COLORS.muted), place: { left: LEFT, width: WIDTH, y: PAGE_NUMBER_Y } }

/** Draws frame and, on a demonstration, the words that say so. Returns where the content begins. */
export function beginCertificatePage(pdf: Pdf, demo: boolean): number {
  artifact(pdf, 'Layout', () => drawFrame(pdf))
  if (!demo) return TOP
  const words = layText(DEMO_WORDS, style('strong', 11, COLORS.demo), WIDTH)
  artifact(pdf, 'Layout', () => pdf.doc.rect(LEFT, TOP, WIDTH, DEMO_HEIGHT).lineWidth(1).strokeColor(COLORS.demo).stroke())
  tag(pdf, 'P', {}, () => drawText(pdf, words, LEFT, TOP + (DEMO_HEIGHT - words.height) / 2, 'center'))
  return TOP + DEMO_HEIGHT + mm(5)
}

function drawFrame({ doc }: Pdf): void {
  const inner = FRAME + FRAME_GAP
  doc
    .rect(FRAME, FRAME, PAGE_WIDTH - 2 * FRAME, PAGE_HEIGHT - 2 * FRAME)
    .lineWidth(1.4)
    .strokeColor(COLORS.accent)
    .stroke()
  doc
    .rect(inner, inner, PAGE_WIDTH - 2 * inner, PAGE_HEIGHT - 2 * inner)
    .lineWidth(0.4)
    .stroke()
}

/** Draws a hairline; rules are no content. */
export function drawRule(pdf: Pdf, left: number, width: number, y: number, color: string = COLORS.line, weight = 0.5): void {
  artifact(pdf, 'Layout', () => {
    pdf.doc
      .moveTo(left, y)
      .lineTo(left + width, y)
      .lineWidth(weight)
      .strokeColor(color)
      .stroke()
  })
}
