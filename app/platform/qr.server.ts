import { create } from 'qrcode'

/** A QR code as its dark modules, joined to horizontal runs: `[column, row, length]`, without the quiet zone. */
export interface QrCode {
  /** Modules on each side. */
  size: number
  runs: Array<[number, number, number]>
}

/** Modules of light space a reader needs on every side (ISO/IEC 18004). */
export const QR_QUIET_ZONE = 4

/**
 * Returns the QR code of `text` with error correction M (about 15 % of it may be spoilt).
 *
 * @throws Error when `text` is empty or longer than a QR code holds.
 */
export function qrCode(text: string): QrCode {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules
  const runs: QrCode['runs'] = []
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const start = column
      while (column < size && data[row * size + column]) column += 1
      if (column > start) runs.push([start, row, column - start])
    }
  }
  return { size, runs }
}

/** A QR code as an SVG path in a square of `side` modules, quiet zone included. */
export type QrPath = { side: number; path: string }

/** Returns the QR code of `text` as one path: a tenth of the text that its modules one by one would be. Throws as `qrCode` does. */
export function qrPath(text: string): QrPath {
  const { size, runs } = qrCode(text)
  const moved = ([column, row, length]: QrCode['runs'][number]) =>
    `M${column + QR_QUIET_ZONE} ${row + QR_QUIET_ZONE}h${length}v1h-${length}z`
  return { side: size + 2 * QR_QUIET_ZONE, path: runs.map(moved).join('') }
}
