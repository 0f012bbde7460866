import { crc32, deflateSync } from 'node:zlib'
import PDFDocument from 'pdfkit'
import sharp from 'sharp'
import { renderSheet } from '~/domain/attendance/sheet-pdf.server'
import { USUAL_COLUMNS } from '~/domain/funder/funder'
import { qrCode } from '~/platform/qr.server'
import { pdfPicture } from './pdf-tools'

/* Makes of printed pages what people send: scans and photographs, good and bad. */

const WOOD = { r: 122, g: 84, b: 52 }
type Point = [x: number, y: number]

/** A page as an office scanner gives it: JPEG at 200 dots an inch, turned clockwise by `degrees`. */
export async function scanned(pdf: Buffer, { page = 1, degrees = 0, dpi = 200, quality = 75 } = {}): Promise<Buffer> {
  return sharp(await pdfPicture(pdf, page, dpi))
    .rotate(degrees)
    .jpeg({ quality })
    .toBuffer()
}

/** A page lying askew and small on a table, photographed from above with 12 million pixels. */
export async function onTable(pdf: Buffer, { page = 1, height = 1500, degrees = 8 } = {}): Promise<Buffer> {
  const sheet = await sharp(await pdfPicture(pdf, page, 200))
    .resize({ height })
    .rotate(degrees, { background: WOOD })
    .png()
    .toBuffer()
  return sharp({ create: { width: 4000, height: 3000, channels: 3, background: WOOD } })
    .composite([{ input: sheet, left: 1900, top: 700 }])
    .jpeg({ quality: 80 })
    .toBuffer()
}

/** Pages of two sheets, the first unless said, beside each other on a table, turned differently, photographed from above with 12 million pixels. */
export async function bothOnTable(left: Buffer, right: Buffer, { height = 1400, rightPage = 1 } = {}): Promise<Buffer> {
  const lying = async (pdf: Buffer, degrees: number, page = 1) =>
    sharp(await pdfPicture(pdf, page, 200))
      .resize({ height })
      .rotate(degrees, { background: WOOD })
      .png()
      .toBuffer()
  return sharp({ create: { width: 4000, height: 3000, channels: 3, background: WOOD } })
    .composite([
      { input: await lying(left, 5), left: 250, top: 900 },
      { input: await lying(right, 97, rightPage), left: 1900, top: 500 },
    ])
    .jpeg({ quality: 80 })
    .toBuffer()
}

/** Nothing but codes, in rows of seven. */
export function codesOnly(texts: string[]): Promise<Buffer> {
  const [cell, module] = [300, 6]
  const drawn = texts.map((text, at) => {
    const runs = qrCode(text).runs.map(
      ([x, y, length]) => `<rect x="${x * module}" y="${y * module}" width="${length * module}" height="${module}"/>`,
    )
    return `<g transform="translate(${(at % 7) * cell + 60},${Math.floor(at / 7) * cell + 60})">${runs.join('')}</g>`
  })
  const [width, height] = [7 * cell + 60, Math.ceil(texts.length / 7) * cell + 60]
  const page = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/>${drawn.join('')}</svg>`
  return sharp(Buffer.from(page)).png().toBuffer()
}

/** A page photographed from the side: its far edge is shorter than the near one; with noise and a slight blur. */
export async function fromTheSide(pdf: Buffer, { page = 1, width = 1800, height = 2400 } = {}): Promise<Buffer> {
  const { data, info } = await sharp(await pdfPicture(pdf, page, 200))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const corners: Point[] = [
    [width * 0.16, height * 0.1],
    [width * 0.86, height * 0.13],
    [width * 0.98, height * 0.95],
    [width * 0.03, height * 0.92],
  ]
  const warped = warp({ data, width: info.width, height: info.height }, corners, width, height)
  const noise = await sharp({
    create: { width, height, channels: 3, background: '#000', noise: { type: 'gaussian', mean: 128, sigma: 18 } },
  })
    .png()
    .toBuffer()
  return sharp(warped, { raw: { width, height, channels: 3 } })
    .blur(0.8)
    .composite([{ input: noise, blend: 'soft-light' }])
    .modulate({ brightness: 0.85 })
    .jpeg({ quality: 72 })
    .toBuffer()
}

type Pixels = { data: Buffer; width: number; height: number }

/** Draws `source` so that its corners (top left first, clockwise) lie on `corners`. */
function warp(source: Pixels, corners: Point[], width: number, height: number): Buffer {
  const [a, b, c, d, e, f, g, h] = planeOf(corners, [
    [0, 0],
    [source.width, 0],
    [source.width, source.height],
    [0, source.height],
  ]) as [number, number, number, number, number, number, number, number]
  const out = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const w = g * x + h * y + 1
      const sx = Math.floor((a * x + b * y + c) / w)
      const sy = Math.floor((d * x + e * y + f) / w)
      const to = (y * width + x) * 3
      const inside = sx >= 0 && sy >= 0 && sx < source.width && sy < source.height
      const from = (sy * source.width + sx) * 3
      out[to] = inside ? source.data[from]! : WOOD.r
      out[to + 1] = inside ? source.data[from + 1]! : WOOD.g
      out[to + 2] = inside ? source.data[from + 2]! : WOOD.b
    }
  return out
}

/** The eight numbers of the projection that takes four points to four others. */
function planeOf(from: Point[], to: Point[]): number[] {
  const rows = from.flatMap(([x, y], i) => {
    const [u, v] = to[i]!
    return [
      [x, y, 1, 0, 0, 0, -u * x, -u * y, u],
      [0, 0, 0, x, y, 1, -v * x, -v * y, v],
    ]
  })
  for (let i = 0; i < 8; i += 1) {
    const best = rows.findIndex((row, at) => at >= i && Math.abs(row[i]!) === Math.max(...rows.slice(i).map((one) => Math.abs(one[i]!))))
    ;[rows[i], rows[best]] = [rows[best]!, rows[i]!]
    const pivot = rows[i]![i]!
    rows[i] = rows[i]!.map((value) => value / pivot)
    for (let j = 0; j < 8; j += 1) {
      const factor = rows[j]![i]!
      if (j !== i) rows[j] = rows[j]!.map((value, k) => value - factor * rows[i]![k]!)
    }
  }
  return rows.map((row) => row[8]!)
}

/** The sheet of an invented session of many, for signing: 34 people are two pages. */
export function sheetPdf(sessionId: string, { people = 34 } = {}): Promise<Buffer> {
  return renderSheet(
    {
      sessionId,
      startsAt: new Date('2026-11-02T07:00:00Z'),
      endsAt: new Date('2026-11-02T14:00:00Z'),
      municipality: 'Елена',
      worthless: null,
      project: { number: 'BG05SFPR002-2.002-0078', title: 'Укрепване капацитета на служителите' },
      course: 'Стандарти за качество',
      breaks: [],
      timeZone: 'Europe/Sofia',
      academicHourMinutes: 45,
      place: 'Зала 1',
      trainer: 'Ангел Измислен',
      people: Array.from({ length: people }, (_, i) => ({
        givenName: 'Иван',
        middleName: 'Съставен',
        familyName: `Примеров${i}`,
        position: 'социален работник',
        unit: 'Център за подкрепа',
        employeeNumber: null,
      })),
      form: { showsEuBlock: true, statement: null, columns: USUAL_COLUMNS, logo: null },
      madeAt: new Date('2026-11-01T07:00:00Z'),
    },
    'day',
  )
}

/** A white PNG of one bit a pixel: 20,000 pixels a side are 50 kB. */
export function blankPng(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head[8] = 1
  const rows = Buffer.alloc(side * (Math.ceil(side / 8) + 1), 0xff)
  for (let row = 0; row < side; row += 1) rows[row * (Math.ceil(side / 8) + 1)] = 0
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Pictures as the pages of a PDF, as a scanner with a feeder gives them; blank pages up to `pages`. */
export function pdfOf(pictures: Buffer[], { pages = pictures.length, password = '' } = {}): Promise<Buffer> {
  const doc = new PDFDocument({ size: 'A4', margin: 0, autoFirstPage: false, ...(password ? { userPassword: password } : {}) })
  const parts: Buffer[] = []
  doc.on('data', (part: Buffer) => parts.push(part))
  for (let i = 0; i < pages; i += 1) {
    doc.addPage()
    if (pictures[i]) doc.image(pictures[i]!, 0, 0, { width: 595 })
  }
  doc.end()
  return new Promise((resolve) => doc.on('end', () => resolve(Buffer.concat(parts))))
}

/** A PDF of 400 kB whose one page unfolds to 90 MB of lines to draw, and these to far more. */
export function bombPdf(): Buffer {
  const lines = deflateSync(Buffer.alloc(90_000_000, '0 0 m 595 842 l S '), { level: 9 })
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>',
    `<</Filter/FlateDecode/Length ${lines.length}>>stream\n${lines.toString('latin1')}\nendstream`,
  ].map((object, at) => `${at + 1} 0 obj\n${object}\nendobj\n`)
  return Buffer.from(`%PDF-1.4\n${objects.join('')}trailer<</Size 5/Root 1 0 R>>\n%%EOF`, 'latin1')
}

/**
 * Pictures as the pages of a PDF written from front to back, as by a scanner that sends while it scans: first what names the pages, then
 * each of them with its picture. Returned with where every page and every picture begins, to be broken there.
 * The short table in front, as in files made for the web, lets a reader find the pages of one whose end is missing.
 */
export async function scannerPdf(pictures: Buffer[]): Promise<{ bytes: Buffer; pageAt: number[]; pictureAt: number[] }> {
  const size = 3 * pictures.length + 3
  const parts: Buffer[] = [Buffer.from(`%PDF-1.4\nxref\n0 0\ntrailer<</Size ${size}/Root 1 0 R>>\nstartxref\n0\n%%EOF\n`)]
  const starts: number[] = []
  const end = () => parts.reduce((sum, part) => sum + part.length, 0)
  const object = (entries: string, stream?: Buffer) => {
    starts.push(end())
    parts.push(Buffer.from(`${starts.length} 0 obj\n<<${entries}${stream ? `/Length ${stream.length}` : ''}>>`))
    if (stream) parts.push(Buffer.from('stream\n'), stream, Buffer.from('\nendstream'))
    parts.push(Buffer.from('\nendobj\n'))
  }
  object('/Type/Catalog/Pages 2 0 R')
  object(`/Type/Pages/Kids[${pictures.map((_, at) => `${3 * at + 3} 0 R`).join(' ')}]/Count ${pictures.length}`)
  for (const [at, picture] of pictures.entries()) {
    const { width, height, channels } = await sharp(picture).metadata()
    const [draw, image] = [3 * at + 4, 3 * at + 5]
    object(`/Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents ${draw} 0 R/Resources<</XObject<</P ${image} 0 R>>>>`)
    object('', Buffer.from('q 595 0 0 842 0 0 cm /P Do Q'))
    const colours = channels === 1 ? 'DeviceGray' : 'DeviceRGB'
    const form = `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace/${colours}/BitsPerComponent 8/Filter/DCTDecode`
    object(form, picture)
  }
  const table = starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('')
  const tail = `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer<</Size ${size}/Root 1 0 R>>\nstartxref\n${end()}\n%%EOF\n`
  parts.push(Buffer.from(tail))
  const every = (first: number) => pictures.map((_, at) => starts[3 * at + first]!)
  return { bytes: Buffer.concat(parts), pageAt: every(2), pictureAt: every(4) }
}
