import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import { Refused } from '../apart/refused.mjs'

/** The longer side of a page in pixels: for viewing, and once more where its code could not be read. */
const VIEW_SIDE = 2400
const WHOLE_SIDE = 3800
const LARGEST_SCALE = 8

const wasm = () => readFileSync(createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm'))

/** Of the end of a PDF: where its last line is looked for, as other readers do. */
const TAIL_BYTES = 4096
const LAST_LINE = Buffer.from('%%EOF')

/**
 * A PDF as a file of pages. The page at which it breaks off is refused as `broken`, though it could be drawn, empty or in part. Throws
 * `Refused`: `encrypted`, `pages` when there are more than `mostPages`, `empty`.
 */
export async function openPdf(bytes, mostPages) {
  const library = await PDFiumLibrary.init({ wasmBinary: Uint8Array.from(wasm()).buffer })
  const document = await library.loadDocument(bytes).catch((error) => {
    throw new Refused(/password|security/i.test(error.message) ? 'encrypted' : 'broken')
  })
  const count = document.getPageCount()
  if (count > mostPages) throw new Refused('pages')
  if (count === 0) throw new Refused('empty')
  const isCutOff = !Buffer.from(bytes.subarray(-TAIL_BYTES)).includes(LAST_LINE)
  const draw = async (number, side) => {
    const page = document.getPage(number - 1)
    if (isCutOff && (number === count || page.getObjectCount() === 0)) throw new Refused('broken')
    const { originalWidth, originalHeight } = page.getOriginalSize()
    const scale = Math.min(LARGEST_SCALE, side / Math.max(originalWidth, originalHeight))
    if (!(scale > 0)) throw new Refused('broken')
    const { width, height, data } = await page.render({ scale, render: 'bitmap', renderFormFields: false })
    return { data: Buffer.from(data.buffer, data.byteOffset, data.byteLength), width, height, channels: 4 }
  }
  return {
    count,
    page: async (number) => ({ base: await draw(number, VIEW_SIDE), whole: () => draw(number, WHOLE_SIDE) }),
  }
}
