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

/** Returns `text` set in lines no wider than `width` points. */
export function layText(
  text: string,
  style: TextStyle,
  width: number,
  { maxLines = Infinity, balanced = false, wholeWords = false }: LayoutOptions = {},
): TextBlock {
  const words = printable(text).split(LINE_ENDS)
  const pieces = wholeWords ? words : words.flatMap((word) => word.split(HYPHEN_INSIDE_WORD))
  const widest = Math.max(0, ...pieces.map((piece) => lineWidth(piece, style)))
  const full = breakLines(pieces, style, width)
  const lines = full.slice(0, maxLines)
  const cut = full.length > lines.length || (wholeWords && widest > width)
  if (cut) lines.push(withEllipsis(lines.pop() ?? '', style, width))
  const set = balanced && !cut && lines.length > 1 ? balance(pieces, style, Math.max(width / 2, widest), width, lines) : lines
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
    const spare = width - lineWidth(line, style)
    const left = align === 'left' ? x : align === 'center' ? x + spare / 2 : x + spare
    doc.text(line, left, baseline + index * step, { lineBreak: false, baseline: 'alphabetic' })
  })
}

/** Returns the width in points of the longest line. */
export function blockWidth({ lines, style }: TextBlock): number {
  return Math.max(0, ...lines.map((line) => lineWidth(line, style)))
}

function lineWidth(line: string, { font, size }: TextStyle): number {
  let width = 0
  for (const word of line.trimEnd().split(/(?<= )/)) width += textWidth(font, size, word)
  return width
}

function breakLines(pieces: string[], style: TextStyle, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of pieces) {
    if (line !== '' && lineWidth(line + piece, style) <= width) {
      line += piece
      continue
    }
    if (line !== '') lines.push(line)
    line = piece
    while (lineWidth(line, style) > width) {
      const fitting = fittingCharacters(line, style, width)
      lines.push(line.slice(0, fitting))
      line = line.slice(fitting)
    }
  }
  return line === '' ? lines : [...lines, line]
}

/** Returns how many code units of a word too long for any line fit in one, at least one character and no half of a pair. */
function fittingCharacters(word: string, style: TextStyle, width: number): number {
  let used = 0
  let end = 0
  for (const character of word) {
    used += textWidth(style.font, style.size, character)
    if (used > width && end > 0) break
    end += character.length
  }
  return Math.min(end, word.length - 1) || word.length
}

function withEllipsis(line: string, style: TextStyle, width: number): string {
  let kept = line.trimEnd()
  while (kept !== '' && lineWidth(kept + ELLIPSIS, style) > width) kept = kept.slice(0, -1).trimEnd()
  return kept + ELLIPSIS
}

/** Returns as many lines as `lines` has, in the smallest width between `narrow` and `wide` in which they fit. */
function balance(pieces: string[], style: TextStyle, narrow: number, wide: number, lines: string[]): string[] {
  let best = lines
  for (let step = 0; step < BALANCE_STEPS; step += 1) {
    const middle = (narrow + wide) / 2
    const attempt = breakLines(pieces, style, middle)
    if (attempt.length > lines.length) narrow = middle
    else {
      best = attempt
      wide = middle
    }
  }
  return best
}
