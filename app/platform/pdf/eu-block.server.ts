import { EMBLEM_FLY_PER_HOIST, EU_BLUE, EU_STATEMENT_BG, EU_YELLOW, emblemStars } from '../eu-emblem'
import { mm, tag, type Pdf, type StructureElement } from './document.server'
import { fontMetrics } from './fonts.server'
import { blockWidth, drawText, layText, type TextBlock } from './text.server'

/** Smallest height of the emblem in print that this house uses. */
export const EMBLEM_MIN_HEIGHT_MM = 10

const EMBLEM_ALT = 'Емблема на Европейския съюз'
/** Space between emblem and statement, which must not touch, as a share of the emblem's height. */
const GAP_SHARE = 0.3
const TEXT_SIZE_SHARE = 0.38
const TEXT_LEADING = 1.22
const TEXT_LINES = 2

export interface EuBlock {
  width: number
  height: number
  draw(pdf: Pdf, x: number, y: number, parent?: StructureElement): void
}

/**
 * Returns the emblem with the statement of support in full beside it, upright, in Ubuntu and in the emblem's blue, and nothing else
 * (Regulation (EU) 2021/1060, Annex IX). Keep the paper behind it white.
 *
 * @throws RangeError when the emblem would be lower than `EMBLEM_MIN_HEIGHT_MM`.
 */
export function euBlock(emblemHeightMm: number): EuBlock {
  if (emblemHeightMm < EMBLEM_MIN_HEIGHT_MM) throw new RangeError(`The emblem must be at least ${EMBLEM_MIN_HEIGHT_MM} mm high`)
  const hoist = mm(emblemHeightMm)
  const fly = hoist * EMBLEM_FLY_PER_HOIST
  const gap = hoist * GAP_SHARE
  const statement = layStatement(hoist * TEXT_SIZE_SHARE)
  return {
    width: fly + gap + blockWidth(statement),
    height: hoist,
    draw(pdf, x, y, parent) {
      tag(pdf, 'Figure', { alt: EMBLEM_ALT, parent, box: [x, y, x + fly, y + hoist] }, () => drawEmblem(pdf, x, y, hoist))
      tag(pdf, 'P', { parent }, () => drawText(pdf, statement, x + fly + gap, y + statementTop(statement, hoist)))
    },
  }
}

function layStatement(size: number): TextBlock {
  const style = { font: 'statement', size, color: EU_BLUE, leading: TEXT_LEADING } as const
  const oneLine = layText(EU_STATEMENT_BG, style, Infinity)
  return layText(EU_STATEMENT_BG, style, blockWidth(oneLine) * 0.6, { maxLines: TEXT_LINES })
}

/** Centres the visible letters, from the top of the first line's capitals to the last base line, on the emblem. */
function statementTop({ height, lines, style }: TextBlock, hoist: number): number {
  const { ascent, descent, capHeight } = fontMetrics(style.font, style.size)
  const step = height / lines.length
  const firstBaseline = (step - ascent - descent) / 2 + ascent
  const visible = capHeight + (lines.length - 1) * step
  return (hoist - visible) / 2 + capHeight - firstBaseline
}

function drawEmblem({ doc }: Pdf, x: number, y: number, hoist: number): void {
  const point = ([dx, dy]: [number, number]) => `${(x + dx).toFixed(3)} ${(y + dy).toFixed(3)}`
  const stars = emblemStars(hoist).map(
    (corners) => `${corners.map((corner, index) => `${point(corner)} ${index === 0 ? 'm' : 'l'}`).join('\n')}\nh`,
  )
  doc.rect(x, y, hoist * EMBLEM_FLY_PER_HOIST, hoist).fill(EU_BLUE)
  doc.fillColor(EU_YELLOW).addContent(`${stars.join('\n')}\nf`)
}
