import sharp from 'sharp'
import { AppError } from '~/platform/errors'
import { fileKind } from '../scan/file-kind'

const LARGEST_LOGO_BYTES = 2 * 1024 * 1024
const MOST_PIXELS = 25_000_000
const KINDS: unknown[] = ['png', 'jpeg']
/** Enough for print at 45 mm: 500 dots an inch. */
const FIT = { width: 900, height: 600, fit: 'inside', withoutEnlargement: true } as const

/**
 * Returns a logo as this program keeps it: an opaque PNG on white of at most 900 × 600, drawn anew, so that nothing but the picture is left
 * of the file. The type is read from the content. Throws `invalid` beside `logo` for what is no PNG or JPEG and nothing else, or is too large.
 */
export async function drawnLogo(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes.length > LARGEST_LOGO_BYTES) throw new AppError('invalid', 'funder.logo_too_large', { field: 'logo' })
  const unreadable = () => new AppError('invalid', 'funder.logo_unreadable', { field: 'logo' })
  // before anything else reads it: other formats, SVG above all, have readers that do more than look
  if (!KINDS.includes(fileKind(bytes))) throw unreadable()
  const options = { limitInputPixels: MOST_PIXELS, failOn: 'error', pages: 1 } as const
  const { width, height } = await sharp(bytes, options)
    .metadata()
    .catch(() => {
      throw unreadable()
    })
  if (width * height > MOST_PIXELS) throw new AppError('invalid', 'funder.logo_too_large', { field: 'logo' })
  const drawn = await sharp(bytes, options)
    .rotate()
    .resize(FIT)
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .png({ compressionLevel: 9 })
    .toBuffer()
    .catch(() => {
      throw unreadable()
    })
  return new Uint8Array(drawn)
}
