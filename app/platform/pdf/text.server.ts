import { printable, type Pdf } from './document.server'
import { fontMetrics, textWidth, type FontName } from './fonts.server'

export interface TextStyle {
  font: FontName
  /** Points. */
  size: number
  color: string
  /** Distance of base lines as a multiple of the size. */
  leading: number
}

export interface TextBlock {
  lines: string[]
  style: TextStyle
  /** Points, from the top of the first line to the bottom of the last. */
  height: number
  /** Width it was laid out for, in points. */
  width: number
  /** Whether text was left out because it did not fit; the last line then ends in an ellipsis. */
  cut: boolean
}

export interface LayoutOptions {
  maxLines?: number
  /** Never break within a word, at a hyphen either: a word too wide counts as cut. For names in `fitText`. */
  wholeWords?: boolean
  /** Lines of about equal length instead of full lines and a short last one: for centred titles. */
  balanced?: boolean
}

const ELLIPSIS = '…'
const BALANCE_STEPS = 8
const SHRINK_STEP_POINTS = 0.5

/**
 * A line may end after a space or after a hyphen between letters; not between a number and its unit or a sign and its number
 * („№ 12“, „15.05.2024 г.“, „6,0 ак. ч.“), nor after a word of one letter.
 */
const LINE_ENDS = /(?<=\S )(?<!№ )(?<!(?:^|[ („])\p{L} )(?<!ак\. )(?!(?<=\d )(?:г\.|ч\.|мин\.|ак\.|лв\.|€|%))/u
const HYPHEN_INSIDE_WORD = /(?<=\p{L}{2}-)(?=\p{L}{2})/u

/** A stretch of text no line ends within. Widths for a size of 1: with and without the space at its end. */
interface Piece {
  text: string
  width: number
  widthWithSpace: number
}

/** Measured texts remembered per process: a page is tried in several sizes, and titles and places repeat. */
const REMEMBERED_TEXTS = 2_000
const measured = new Map<string, Piece[]>()

/** Returns `text` set in lines no wider than `width` points. */
export function layText(
  text: string,
  style: TextStyle,
  width: number,
  { maxLines = Infinity, balanced = false, wholeWords = false }: LayoutOptions = {},
): TextBlock {
  const pieces = measure(text, style.font, wholeWords)
  const room = width / style.size
  const widest = pieces.reduce((most, piece) => Math.max(most, piece.width), 0)
  const full = breakLines(pieces, style.font, room)
  const lines = full.slice(0, maxLines)
  const cut = full.length > lines.length || (wholeWords && widest > room)
  if (cut) lines.push(withEllipsis(lines.pop() ?? '', style, width))
  const set = balanced && !cut && lines.length > 1 ? balance(pieces, style.font, Math.max(room / 2, widest), room, lines) : lines
  return { lines: set, style, width, cut, height: set.length * style.size * style.leading }
}

/** Like `layText`, in the largest size from `style.size` down to `minSize` in which the text takes no more than `maxLines`. */
export function fitText(
  text: string,
  style: TextStyle,
  width: number,
  minSize: number,
  options: LayoutOptions & { maxLines: number },
): TextBlock {
  for (let size = style.size; size > minSize; size -= SHRINK_STEP_POINTS) {
    const block = layText(text, { ...style, size }, width, options)
    if (!block.cut) return block
  }
  return layText(text, { ...style, size: minSize }, width, options)
}

/**
 * Draws a block with its top left corner at (x, y). Call within `tag` or `artifact`. A line that ended at a space keeps it, so that
 * text taken from the file does not run two words together.
 */
export function drawText(
  { doc }: Pdf,
  { lines, style, width }: TextBlock,
  x: number,
  y: number,
  align: 'left' | 'center' | 'right' = 'left',
): void {
  const { ascent, descent } = fontMetrics(style.font, style.size)
  const step = style.size * style.leading
  const baseline = y + (step - ascent - descent) / 2 + ascent
  doc.font(style.font, style.size).fillColor(style.color)
  lines.forEach((line, index) => {
    const spare = align === 'left' ? 0 : width - lineWidth(line, style)
    const left = align === 'center' ? x + spare / 2 : x + spare
    doc.text(line, left, baseline + index * step, { lineBreak: false, baseline: 'alphabetic' })
  })
}

/** Returns the width in points of the longest line. */
export function blockWidth({ lines, style }: TextBlock): number {
  return Math.max(0, ...lines.map((line) => lineWidth(line, style)))
}

function lineWidth(line: string, { font, size }: TextStyle): number {
  return wordsWidth(line.trimEnd(), font) * size
}

/** Word by word, as pdfkit sets them: no kerning across a space. */
function wordsWidth(text: string, font: FontName): number {
  let width = 0
  for (let start = 0; start < text.length;) {
    const space = text.indexOf(' ', start)
    const end = space < 0 ? text.length : space + 1
    width += textWidth(font, 1, text.slice(start, end))
    start = end
  }
  return width
}

function measure(text: string, font: FontName, wholeWords: boolean): Piece[] {
  const key = `${font} ${wholeWords} ${text}`
  const known = measured.get(key)
  if (known) return known
  const words = printable(text).split(LINE_ENDS)
  const pieces = (wholeWords ? words : words.flatMap((word) => word.split(HYPHEN_INSIDE_WORD))).map((piece) => measurePiece(piece, font))
  if (measured.size >= REMEMBERED_TEXTS) measured.clear()
  measured.set(key, pieces)
  return pieces
}

function measurePiece(text: string, font: FontName): Piece {
  return { text, width: wordsWidth(text.trimEnd(), font), widthWithSpace: wordsWidth(text, font) }
}

function breakLines(pieces: Piece[], font: FontName, room: number): string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  const add = (piece: Piece) => {
    if (line !== '' && used + piece.width > room) {
      lines.push(line)
      line = ''
      used = 0
    }
    line += piece.text
    used += piece.widthWithSpace
  }
  for (const piece of pieces) {
    if (piece.width <= room) add(piece)
    else for (const character of piece.text) add(measurePiece(character, font))
  }
  if (line !== '') lines.push(line)
  return lines
}

function withEllipsis(line: string, style: TextStyle, width: number): string {
  let kept = line.trimEnd()
  while (kept !== '' && lineWidth(kept + ELLIPSIS, style) > width) kept = kept.slice(0, -1).trimEnd()
  return kept + ELLIPSIS
}

/** Returns as many lines as `lines` has, in the smallest width between `narrow` and `wide` in which they fit. */
function balance(pieces: Piece[], font: FontName, narrow: number, wide: number, lines: string[]): string[] {
  let best = lines
  for (let step = 0; step < BALANCE_STEPS; step += 1) {
    const middle = (narrow + wide) / 2
    const attempt = breakLines(pieces, font, middle)
    if (attempt.length > lines.length) narrow = middle
    else {
      best = attempt
      wide = middle
    }
  }
  return best
}
