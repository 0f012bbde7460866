import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { improved } from './picture.mjs'

/** More than sheets can lie in one picture, with other codes among them. */
const MOST_CODES = 40
const OPTIONS = {
  formats: ['QRCode'],
  tryHarder: true,
  tryRotate: true,
  tryInvert: false,
  tryDownscale: true,
  maxNumberOfSymbols: MOST_CODES,
}
/** Pieces of a large photograph, which overlap by more than a code takes. */
const TILE = 2000
const OVERLAP = 600
/**
 * So much of the processor's time a page is looked at, and so long by the clock, which is within the term of its job; then it waits for
 * somebody who reads what no program can.
 */
const MOST_WORK_MS = 5000
const PATIENCE_MS = 20_000

let ready
function prepared() {
  ready ??= prepareZXingModule({
    overrides: {
      wasmBinary: Uint8Array.from(readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))).buffer,
    },
    fireImmediately: true,
  })
  return ready
}

/** A part of raw pixels as red, green, blue and alpha, which the reader takes. */
function cut({ data, width, channels }, left, top, columns, rows) {
  const pixels = new Uint8ClampedArray(columns * rows * 4)
  for (let row = 0; row < rows; row += 1) {
    let from = ((top + row) * width + left) * channels
    let to = row * columns * 4
    for (let column = 0; column < columns; column += 1, from += channels, to += 4) {
      pixels[to] = data[from]
      pixels[to + 1] = data[channels > 2 ? from + 1 : from]
      pixels[to + 2] = data[channels > 2 ? from + 2 : from]
      pixels[to + 3] = 255
    }
  }
  return { data: pixels, width: columns, height: rows, colorSpace: 'srgb' }
}

function* startsOf(side) {
  for (let at = 0; ; at += TILE - OVERLAP) {
    yield Math.max(0, Math.min(at, side - TILE))
    if (at + TILE >= side) return
  }
}

function* tilesOf(picture) {
  for (const top of startsOf(picture.height))
    for (const left of startsOf(picture.width)) yield cut(picture, left, top, Math.min(TILE, picture.width), Math.min(TILE, picture.height))
}

/** Of the longer side of a picture: the code of a sheet that fills it is wider. */
const NARROW = 0.06

/** There is room beside the sheet with this code, as on a photograph of a table, where other sheets may lie whose codes are seen less well. */
const isSmallOn = ({ width, height }, { topLeft, topRight }) =>
  Math.hypot(topRight.x - topLeft.x, topRight.y - topLeft.y) < NARROW * Math.max(width, height)

/** The ways to look at a page, the likeliest first, each as pictures to be read one after the other. */
async function* looksAt({ base, whole }) {
  yield [cut(base, 0, 0, base.width, base.height)]
  if (whole) yield tilesOf(await whole())
  for (const improve of whole ? [improved.sharper, improved.smaller] : Object.values(improved)) {
    const better = await improve(base)
    yield [cut(better, 0, 0, better.width, better.height)]
  }
}

/**
 * The codes of a page whose text is `isWanted`, with where they stand: first as it is kept for viewing, then its original piece by
 * piece, then improved in several ways; the first way that finds any decides, but where there is room for more sheets the next one is
 * tried as well. Empty when none does in time.
 */
export async function readCodes(page, isWanted) {
  await prepared()
  const [begun, until] = [process.cpuUsage(), performance.now() + PATIENCE_MS]
  const isOver = () => {
    const { user, system } = process.cpuUsage(begun)
    return (user + system) / 1000 > MOST_WORK_MS || performance.now() > until
  }
  const found = []
  for await (const pictures of looksAt(page)) {
    const isAgain = found.length > 0
    for (const picture of pictures) {
      if (isOver()) return found
      found.push(...(await readBarcodes(picture, OPTIONS)).filter(({ text, isValid }) => isValid && isWanted(text)))
    }
    const hasRoom = !isAgain && found.some(({ position }) => isSmallOn(page.base, position))
    if (found.length > 0 && !hasRoom) return found
  }
  return found
}

/** By how many degrees, a multiple of 90, a picture is turned so that the code in it stands upright. */
export function uprightTurn({ topLeft, topRight }) {
  const quarters = Math.round(Math.atan2(topRight.y - topLeft.y, topRight.x - topLeft.x) / (Math.PI / 2))
  return ((4 - quarters) % 4) * 90
}
