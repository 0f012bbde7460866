import sharp from 'sharp'
import { Refused } from '../apart/refused.mjs'

/** 12,000 × 5,000: more than any phone or office scanner makes of a sheet. */
const MOST_PIXELS = 60_000_000
/** The longer side of what is kept for viewing: 200 dots an inch of an A4 sheet. */
const VIEW_SIDE = 2400
const VIEW_QUALITY = 76

sharp.cache(false)
sharp.concurrency(1)
// what a file calls itself decides nothing: no other decoder can be reached
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng'] })

const OPTIONS = { limitInputPixels: MOST_PIXELS, failOn: 'error', sequentialRead: false }

const rawOf = async (pipeline) => {
  const { data, info } = await pipeline.raw().toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height, channels: info.channels }
}
const asSharp = ({ data, width, height, channels }) => sharp(data, { raw: { width, height, channels } })
const fitted = (pipeline) => pipeline.resize({ width: VIEW_SIDE, height: VIEW_SIDE, fit: 'inside', withoutEnlargement: true })

/** A JPEG or PNG as a file of one page; turned as its camera says. Throws `Refused` with `pixels` before anything of it is decoded. */
export async function openPicture(bytes) {
  const { width, height, pages = 1 } = await sharp(bytes, { ...OPTIONS, limitInputPixels: false }).metadata()
  if (width * height > MOST_PIXELS || pages > 1) throw new Refused('pixels')
  const upright = () => sharp(bytes, OPTIONS).autoOrient().flatten({ background: '#ffffff' }).toColourspace('srgb')
  return {
    count: 1,
    page: async () => ({
      base: await rawOf(fitted(upright())),
      whole: Math.max(width, height) > VIEW_SIDE ? () => rawOf(upright().greyscale()) : null,
    }),
  }
}

/** The view of a page: drawn anew without anything the file carried beside its picture, turned by `turn` degrees. */
export const toView = (base, turn) => asSharp(base).rotate(turn).removeAlpha().webp({ quality: VIEW_QUALITY, effort: 2 }).toBuffer()

/** The same picture again, as a reader of codes may see it better. */
export const improved = {
  sharper: (base) => rawOf(asSharp(base).greyscale().normalise().sharpen({ sigma: 1.5 })),
  larger: (base) =>
    rawOf(
      asSharp(base)
        .greyscale()
        .resize({ width: Math.round(base.width * 1.8), kernel: 'cubic' }),
    ),
  calmer: (base) => rawOf(asSharp(base).greyscale().median(3)),
  smaller: (base) =>
    rawOf(
      asSharp(base)
        .greyscale()
        .resize({ width: Math.max(1, Math.round(base.width / 2)) }),
    ),
}
