/** What a scan may be, by what is in it. */
export type FileKind = 'jpeg' | 'png' | 'pdf'
export const MEDIA_TYPE: Record<FileKind, string> = { jpeg: 'image/jpeg', png: 'image/png', pdf: 'application/pdf' }

/** Why a file is not taken: another format, or a second file inside the first, which another program would open in its place. */
export type NotTaken = 'empty' | 'heic' | 'other_kind' | 'two_in_one'

const starts = (bytes: Uint8Array, ...signature: number[]) => signature.every((byte, at) => bytes[at] === byte)
const text = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(Math.max(0, from), to))

const HEIF_BRANDS = /^(hei[cfmsvx]|hev[cmsx]|mif[12]|msf1|avi[fs])$/
const isHeif = (bytes: Uint8Array) => text(bytes, 4, 8) === 'ftyp' && HEIF_BRANDS.test(text(bytes, 8, 12))

/** A web page, a picture that runs scripts, or a script, where browsers and servers look for it. */
const MARKUP = /<(!doctype\s+html|html|head|body|script|svg|iframe|\?php)[\s>/]/i
const LOOKED_AT = 4096

/** The end record of a ZIP archive reaches exactly to the end of the file. */
function endsAsZip(bytes: Uint8Array): boolean {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 0xffff); at -= 1)
    if (starts(bytes.subarray(at, at + 4), 0x50, 0x4b, 5, 6) && at + 22 + bytes[at + 20]! + bytes[at + 21]! * 256 === bytes.length)
      return true
  return false
}

/** Seven bytes by chance: once in a thousand million photographs. */
function holdsPdf(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0x25); at >= 0; at = bytes.indexOf(0x25, at + 1))
    if (/^%PDF-[12]\.$/.test(text(bytes, at, at + 7))) return true
  return false
}

/** Returns what the bytes are, whatever the file is called; the refusal for anything that is not exactly one scan. */
export function fileKind(bytes: Uint8Array): FileKind | { notTaken: NotTaken } {
  if (bytes.length === 0) return { notTaken: 'empty' }
  if (isHeif(bytes)) return { notTaken: 'heic' }
  const kind: FileKind | null = starts(bytes, 0xff, 0xd8, 0xff)
    ? 'jpeg'
    : starts(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
      ? 'png'
      : text(bytes, 0, 5) === '%PDF-'
        ? 'pdf'
        : null
  if (!kind) return { notTaken: 'other_kind' }
  const isSecond = MARKUP.test(text(bytes, 0, LOOKED_AT)) || endsAsZip(bytes) || (kind !== 'pdf' && holdsPdf(bytes))
  return isSecond ? { notTaken: 'two_in_one' } : kind
}
