import { QR_QUIET_ZONE, qrCode } from '../qr.server'
import { tag, type Pdf, type StructureElement } from './document.server'

/** One dot of a 300 dpi printer: modules of whole dots print with even edges. */
const PRINTER_DOT_POINTS = 72 / 300

export interface QrFigure {
  /** Side in points, quiet zone included. */
  side: number
  /** Width of the light margin within `side`, in points: what stands at the edge of a column is drawn this much further out. */
  quiet: number
  draw(pdf: Pdf, x: number, y: number, alt: string, parent?: StructureElement): void
}

/** Returns the QR code of `text` as vector paths, as large as whole printer dots allow within `maxSide` points. */
export function qrFigure(text: string, maxSide: number): QrFigure {
  const { size, runs } = qrCode(text)
  const modules = size + 2 * QR_QUIET_ZONE
  const dots = Math.max(1, Math.floor(maxSide / modules / PRINTER_DOT_POINTS))
  const module = dots * PRINTER_DOT_POINTS
  const side = modules * module
  return {
    side,
    quiet: QR_QUIET_ZONE * module,
    draw(pdf, x, y, alt, parent) {
      const rectangles = runs.map(([column, row, length]) => {
        const left = x + (column + QR_QUIET_ZONE) * module
        const top = y + (row + QR_QUIET_ZONE) * module
        return `${left.toFixed(2)} ${top.toFixed(2)} ${(length * module).toFixed(2)} ${module.toFixed(2)} re`
      })
      tag(pdf, 'Figure', { alt, parent, box: [x, y, x + side, y + side] }, () => {
        pdf.doc.fillColor('#000000').addContent(`${rectangles.join('\n')}\nf`)
      })
    },
  }
}
