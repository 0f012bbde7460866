import type { Column } from './table'

/** A4 across and the white around what is printed, in centimetres; the foot of the page stands in the lowest white. */
export const PAPER = { width: 29.7, height: 21, side: 1, top: 1, bottom: 2, foot: 1 }

/** Of all cells. Programs that lack Arial have letters of the same widths in its place, and so the columns keep theirs. */
export const FONT = { name: 'Arial', points: 11 }

/** A column of so many characters in centimetres: a digit of Arial is 0.556 of the letters' size, and 72 points are 2.54 cm. */
export const CM_PER_CHARACTER = 0.216

/** No print is made smaller, in hundredths: 7.15 points of 11 are still read without a glass. */
const LEAST_SCALE = 0.65

/** Characters beside each other on a page of that scale. */
export const CHARACTERS_ACROSS = Math.floor((PAPER.width - 2 * PAPER.side) / LEAST_SCALE / CM_PER_CHARACTER)
const HALF = Math.floor(CHARACTERS_ACROSS / 2)

/** Room beside a word of a head, which is bold and has a filter's arrow at its side; in characters. */
const BESIDE_HEAD = 4

type Print = {
  /** Of the columns, in characters. */
  widths: number[]
  pagesAcross: number
  /** The first columns, which stand on every page: what a row is known by. None where one page holds all columns. */
  repeated: number
}

/**
 * How a sheet lies on paper: one page wide while its letters stay large enough to be read, else as many pages beside each other as whole
 * columns need. A column is as wide as was said and never narrower than the longest word of its head, nor wider than half a page; the
 * repeated columns take no more than the other half.
 */
export function printOf(columns: Pick<Column<never>, 'header' | 'width' | 'isKey'>[]): Print {
  const widths = columns.map(({ header, width }) => {
    const longestWord = Math.max(...header.split(' ').map((word) => word.length))
    return Math.min(HALF, Math.max(width, longestWord + BESIDE_HEAD))
  })
  let repeated = columns.map(({ isKey }) => isKey).lastIndexOf(true) + 1 || 1
  while (sum(widths.slice(0, repeated)) > HALF) repeated -= 1
  const pagesAcross = pagesFor(widths, sum(widths.slice(0, repeated)))
  return { widths, pagesAcross, repeated: pagesAcross > 1 ? repeated : 0 }
}

/** Columns are not cut: what does not fit goes to the next page, behind the repeated ones. */
function pagesFor(widths: number[], repeatedWidth: number): number {
  let [pages, used] = [1, 0]
  for (const width of widths) {
    if (used + width > CHARACTERS_ACROSS) [pages, used] = [pages + 1, repeatedWidth]
    used += width
  }
  return pages
}

const sum = (widths: number[]) => widths.reduce((total, width) => total + width, 0)
