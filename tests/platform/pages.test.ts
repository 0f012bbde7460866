import { readdirSync, readFileSync } from 'node:fs'
import sharp from 'sharp'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { readSheetQr } from '~/domain/attendance/sheet-qr'
import { openFile, UnreadableFile, type OpenFile } from '~/platform/pages/open-file.server'
import { pdfPicture } from '../pdf-tools'
import { blankPng, bombPdf, bothOnTable, fromTheSide, onTable, pdfOf, scanned, sheetPdf } from '../scan-pictures'

const ID = '11111111-2222-4333-8444-555555555555'
let sheet: Buffer
const opened: OpenFile[] = []
beforeAll(async () => {
  sheet = await sheetPdf(ID)
})
afterEach(() => Promise.all(opened.splice(0).map((file) => file.close())))

async function open(bytes: Uint8Array, over: Partial<{ isPdf: boolean; mostPages: number }> = {}) {
  const file = await openFile(bytes, { isPdf: false, mostPages: 50, prefix: 'KAPACITET1:', ...over })
  opened.push(file)
  return file
}

/** Which page of the sheet a picture is taken for, and how much darker its top is than its foot: upright sheets begin with a heading. */
async function read(bytes: Buffer, number = 1, isPdf = false) {
  const page = await (await open(bytes, { isPdf })).page(number)
  const { width, height, format, exif } = await sharp(page.view).metadata()
  return {
    found: page.codes.map(({ text }) => readSheetQr(text)),
    width: width!,
    height: height!,
    format,
    exif,
    view: Buffer.from(page.view),
  }
}
const firstPage = [{ sessionId: ID, layout: 'day', page: 1, pages: 3 }]
const isUpright = async (view: Buffer) => {
  const corner = async (left: number, top: number) => {
    const { width, height } = await sharp(view).metadata()
    const box = {
      left: Math.floor(width! * left),
      top: Math.floor(height! * top),
      width: Math.floor(width! * 0.18),
      height: Math.floor(height! * 0.12),
    }
    return (await sharp(await sharp(view).extract(box).greyscale().png().toBuffer()).stats()).channels[0]!.mean
  }
  // the code stands in the top right corner
  const dark = [await corner(0.82, 0), await corner(0.82, 0.88), await corner(0, 0.88)]
  return dark[0]! < dark[1]! && dark[0]! < dark[2]!
}

describe('the code on a sheet is read and the view stands upright', () => {
  test.each([0, 90, 180, 270])('scanned and turned by %i degrees', async (degrees) => {
    const { found, view, width, height, format } = await read(await scanned(sheet, { degrees }))
    expect(found).toEqual(firstPage)
    expect(format).toBe('webp')
    expect(width).toBeLessThan(height)
    expect(await isUpright(view)).toBe(true)
  })

  test('turned by the camera’s own note alone, which the view no longer carries', async () => {
    const note = { IFD0: { Make: 'Тайна камера' }, IFD3: { GPSLatitude: '43/1 3/1 0/1', GPSLatitudeRef: 'N' } }
    const photo = await sharp(await scanned(sheet, { degrees: 90 }))
      .withExif(note)
      .withMetadata({ orientation: 8 })
      .jpeg()
      .toBuffer()
    expect((await sharp(photo).metadata()).orientation).toBe(8)
    const { found, view, exif } = await read(photo)
    expect(found).toEqual(firstPage)
    expect(exif).toBeUndefined()
    expect(await isUpright(view)).toBe(true)
  })

  test.each([1500, 1000])('small on a table: %i of 3,000 pixels', async (height) => {
    expect((await read(await onTable(sheet, { height }))).found).toEqual(firstPage)
  })

  test('photographed from the side, with noise and blur', async () => {
    expect((await read(await fromTheSide(sheet))).found).toEqual(firstPage)
  })

  test('as PNG, as the original PDF, and on its second page', async () => {
    expect((await read(await pdfPicture(sheet, 1, 150))).found).toEqual(firstPage)
    expect((await read(sheet, 1, true)).found).toEqual(firstPage)
    expect((await read(sheet, 2, true)).found).toEqual([{ ...firstPage[0], page: 2 }])
  })

  test('scans of two pages in one PDF, one upside down', async () => {
    const pages = [await scanned(sheet, { page: 2 }), await scanned(sheet, { page: 1, degrees: 180 })]
    const file = await open(await pdfOf(pages), { isPdf: true })
    expect(file.count).toBe(2)
    const codes = [(await file.page(1)).codes, (await file.page(2)).codes].map(([code]) => readSheetQr(code!.text)?.page)
    expect(codes).toEqual([2, 1])
  })

  test('two pages of one sheet in one photograph, each with the picture turned so that this page stands upright', async () => {
    const { codes } = await (await open(await bothOnTable(sheet, sheet, { rightPage: 2 }))).page(1)
    const seen = await Promise.all(
      codes.map(async ({ text, view }) => {
        const { width, height } = await sharp(view).metadata()
        return [readSheetQr(text)?.page, width, height]
      }),
    )
    expect(seen.sort()).toEqual([
      [1, 2400, 1800],
      [2, 1800, 2400],
    ])
  })

  test('a picture without a code has none', async () => {
    const blank = await sharp({ create: { width: 1000, height: 1400, channels: 3, background: '#eee' } })
      .jpeg()
      .toBuffer()
    expect((await read(blank)).found).toEqual([])
  })
})

/** Process numbers of the readers this process has open. */
const readers = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const isOwn = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[1] === String(process.pid)
        return isOwn && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('pages/reader-thread.mjs')
      } catch {
        return false // it ended meanwhile
      }
    })
    .map(Number)

describe('what cannot be read says why', () => {
  const refusal = (bytes: Uint8Array, isPdf = false) =>
    open(bytes, { isPdf })
      .then((file) => file.page(1))
      .then(
        () => 'read',
        (error: { reason?: string }) => error.reason,
      )

  test('a picture of 20,000 pixels a side, before it is decoded', async () => {
    expect(await refusal(blankPng(20_000))).toBe('pixels') // decoded first, it would be refused for `memory`
  })

  test('a PDF of 500 pages; one with a password; one broken; one that is none', async () => {
    expect(await refusal(await pdfOf([], { pages: 500 }), true)).toBe('pages')
    expect(await refusal(await pdfOf([], { pages: 1, password: 'secret' }), true)).toBe('encrypted')
    expect(await refusal(sheet.subarray(0, 400), true)).toBe('broken')
    expect(await refusal(Buffer.from('PK\u0003\u0004'), true)).toBe('broken')
  })

  test('a PDF that unfolds without end ends its reader and nothing else', async () => {
    const bomb = bombPdf()
    expect(bomb.length).toBeLessThan(1_000_000)
    expect(await refusal(bomb, true)).toMatch(/^(memory|time)$/)
    expect(await refusal(sheet, true)).toBe('read')
  })

  test('nothing, when its reader was killed by others: that says nothing of the file', async () => {
    const file = await open(await scanned(sheet))
    const own = readers()
    expect(own).toHaveLength(1)
    const asked = file.page(1).catch((thrown: unknown) => thrown)
    process.kill(own[0]!, 'SIGKILL')
    for (const error of [await asked, await file.page(1).catch((thrown: unknown) => thrown)]) {
      expect(error).toBeInstanceOf(Error)
      expect(error).not.toBeInstanceOf(UnreadableFile)
    }
  })

  test('a closed file has no reader any more', async () => {
    const file = await open(await scanned(sheet))
    await file.page(1)
    expect(readers()).toHaveLength(1)
    await file.close()
    expect(readers()).toEqual([])
  })

  test('a JPEG cut off in the middle, and an SVG that says it is a picture', async () => {
    const whole = await scanned(sheet)
    expect(await refusal(whole.subarray(0, whole.length / 3))).toBe('broken')
    expect(await refusal(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'))).toBe('broken')
  })
})
