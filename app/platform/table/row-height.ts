/** A line of `FONT` in points. */
export const LINE_POINTS = 14.25
/** No row of a workbook of Excel is higher. */
const HIGHEST_POINTS = 409.5

/** Widths of letters in parts of their size, each sort by its widest in Arial, bold or not. */
const [NARROW, USUAL, WIDE, WIDEST] = [0.34, 0.58, 0.78, 1.05]
const sortOf = (sign: string): number => {
  if (/[ !'(),\-./:;I[\]`fijlrt|·ІЇії]/.test(sign)) return NARROW
  if (/[MWm@%ЖЉЊФШЩЫЮфшщ]/.test(sign)) return WIDEST
  if (/[\p{Lu}w&жмыю]/u.test(sign)) return WIDE
  return USUAL
}
const SPACE = 0x20
const WIDTHS = Float64Array.from({ length: 0x460 }, (_, code) => sortOf(String.fromCharCode(code)))

/** In letters' sizes: a character of a column's width is 8 of the 14.67 dots of a letter, and 5 dots stay free. */
const roomOf = (characters: number) => (characters * 8 - 5) / 14.67

/** Lines a text takes in a column of so many characters; rather one too many than one too few. */
export function linesOf(text: string, characters: number): number {
  const room = roomOf(characters)
  if (text.length * WIDEST <= room) return 1
  let [lines, used, word] = [1, 0, 0]
  for (let at = 0; at <= text.length; at += 1) {
    const code = at < text.length ? text.charCodeAt(at) : SPACE
    if (code !== SPACE) {
      word += WIDTHS[code] ?? WIDEST
      continue
    }
    if (used > 0 && used + NARROW + word > room) [lines, used] = [lines + 1, 0]
    used += used > 0 ? NARROW + word : word
    // a word longer than its column is broken, and what does not fit of a letter stays free
    for (; used > room; used -= room - WIDEST) lines += 1
    word = 0
  }
  return lines
}

/** The height in points of a row whose texts take so many lines. */
export const heightOf = (lines: number): number => Math.min(HIGHEST_POINTS, lines * LINE_POINTS)
