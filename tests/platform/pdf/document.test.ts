import sharp from 'sharp'
import { expect, test } from 'vitest'
import { EU_STATEMENT_BG, emblemStars } from '~/platform/eu-emblem'
import { artifact, closePdf, openPdf, printable, tag, type Pdf } from '~/platform/pdf/document.server'
import { euBlock } from '~/platform/pdf/eu-block.server'
import { numberPages, type Flow } from '~/platform/pdf/flow.server'
import { qrFigure } from '~/platform/pdf/qr-figure.server'
import { flowTable } from '~/platform/pdf/table.server'
import { drawText, fitText, layText, type TextStyle } from '~/platform/pdf/text.server'
import {
  checkPdf,
  decodeQr,
  pdfAccessibility,
  pdfFonts,
  pdfInfo,
  pdfPages,
  pdfPicture,
  pdfStructure,
  pdfText,
  pdfXmp,
} from '../../pdf-tools'

const MARGIN = 50
const style: TextStyle = { font: 'body', size: 11, color: '#000000', leading: 1.3 }

function aPdf(title = 'Изпитание', author = 'Община Елена'): Pdf {
  return openPdf({ title, author, createdAt: new Date('2024-05-15T09:30:00Z'), margin: MARGIN })
}

test('title and author with markup survive in the properties and in the XMP metadata', async () => {
  const pdf = aPdf('Обучение <b>„А & Б“</b>', 'Ко & сие')
  tag(pdf, 'P', {}, () => drawText(pdf, layText('Здравейте', style, 200), MARGIN, MARGIN))
  const bytes = await closePdf(pdf)
  expect(await pdfInfo(bytes)).toMatchObject({ Title: 'Обучение <b>„А & Б“</b>', Author: 'Ко & сие', CreationDate: '2024-05-15T09:30:00Z' })
  expect(await pdfXmp(bytes)).toContain('Обучение &lt;b&gt;„А &amp; Б“&lt;/b&gt;')
  await expect(checkPdf(bytes)).resolves.toBeUndefined()
})

test('printable text is composed, on one line and without control characters', () => {
  expect(printable(' И\u0306ордан\n\u0000Ѝ\u200b  край ')).toBe('Йордан Ѝ край')
})

test('lines keep a number with its unit and a sign with its number, and break long words by characters', () => {
  const narrow = (text: string) => layText(text, style, 60).lines.map((line) => line.trimEnd())
  expect(narrow('проведено 450 мин.')).toEqual(['проведено', '450 мин.'])
  expect(narrow('протокол № 12')).toEqual(['протокол', '№ 12'])
  const broken = layText('а'.repeat(200), style, 60)
  expect(broken.lines.length).toBeGreaterThan(10)
  expect(broken.lines.join('')).toBe('а'.repeat(200))
})

test('text that fits in no allowed size is cut with an ellipsis and says so', () => {
  const text = 'обучение '.repeat(60)
  const fitted = fitText(text, style, 200, 8, { maxLines: 2 })
  expect(fitted).toMatchObject({ cut: true, style: { size: 8 } })
  expect(fitted.lines).toHaveLength(2)
  expect(fitted.lines[1]).toMatch(/…$/)
  expect(fitText('Кратко', style, 200, 8, { maxLines: 2 })).toMatchObject({ cut: false, style: { size: 11 } })
})

test('the emblem: twelve stars on a circle of a third of the height, each five-pointed and upright on one of an eighteenth', () => {
  const stars = emblemStars(18)
  expect(stars).toHaveLength(12)
  // Height 18: the circle has radius 6 around (13.5, 9), a star radius 1. The first stands at twelve o'clock, the fourth at three.
  expect(stars[0]?.[0]).toEqual([13.5, 2])
  expect(stars[3]?.[0]?.map((value) => Number(value.toFixed(9)))).toEqual([19.5, 8])
  expect(stars.every((corners) => corners.length === 10)).toBe(true)
})

test('the EU block: statement in full in Ubuntu, emblem with words for the blind, its colours on the page, never under 1 cm', async () => {
  const pdf = aPdf()
  const block = euBlock(10)
  expect(block.height).toBeCloseTo(28.346, 2)
  block.draw(pdf, MARGIN, MARGIN)
  const bytes = await closePdf(pdf)
  expect(await pdfText(bytes)).toBe(EU_STATEMENT_BG)
  expect((await pdfFonts(bytes)).map(({ name }) => name)).toEqual(['Ubuntu-Bold'])
  expect((await pdfAccessibility(bytes)).figures).toEqual(['Емблема на Европейския съюз'])
  // At 720 dpi a point has ten pixels: the field near its corner, and the middle of the topmost star.
  const { data, info } = await sharp(await pdfPicture(bytes, 1, 720))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const pixel = (x: number, y: number) => [...data.subarray((Math.round(y * 10) * info.width + Math.round(x * 10)) * 3).subarray(0, 3)]
  expect(pixel(MARGIN + 2, MARGIN + 2)).toEqual([0x00, 0x33, 0x99])
  expect(pixel(MARGIN + block.height * 0.75, MARGIN + block.height / 6)).toEqual([0xff, 0xcc, 0x00])
  expect(() => euBlock(9.9)).toThrow(RangeError)
})

test('a QR code reads back, also a long one with Cyrillic', async () => {
  for (const text of ['https://kapacitet.example/verify/7K3M9QWX2HTBVR5N', `Занятие ${'№ 12 '.repeat(30)}`]) {
    const pdf = aPdf()
    const figure = qrFigure(text, 120)
    expect(figure.side).toBeLessThanOrEqual(120)
    figure.draw(pdf, MARGIN, MARGIN, 'Код')
    expect(await decodeQr(await closePdf(pdf))).toBe(text)
  }
})

test('a table repeats its heads on each page as an artifact, loses no row and pages are numbered', async () => {
  const pdf = aPdf()
  const flow: Flow = {
    pdf,
    y: MARGIN,
    left: MARGIN,
    width: 495,
    bottom: 790,
    beginPage() {
      pdf.doc.addPage()
      return MARGIN
    },
  }
  const names = Array.from({ length: 120 }, (_, index) => `Служител ${index + 1}.`)
  flowTable(flow, {
    columns: [
      { header: 'Име', share: 3 },
      { header: 'Подпис', share: 2 },
    ],
    rows: names.map((name) => [name, '']),
    headStyle: { ...style, font: 'strong' },
    bodyStyle: style,
    ruleColor: '#999999',
    padding: 3,
  })
  numberPages(pdf, style, { left: MARGIN, width: 495, y: 800 }, (page, of) => `Страница ${page} от ${of}`)
  const bytes = await closePdf(pdf)
  const pages = await pdfPages(bytes)
  expect(pages.length).toBeGreaterThan(2)
  pages.forEach((page, index) => {
    expect(page).toContain('Име Подпис')
    expect(page).toContain(`Страница ${index + 1} от ${pages.length}`)
  })
  for (const name of names) expect(pages.join(' ')).toContain(name)
  const structure = await pdfStructure(bytes)
  expect(structure.filter(({ type }) => type === 'TH').map(({ text }) => text)).toEqual(['Име', 'Подпис'])
  expect(structure.filter(({ type }) => type === 'TR')).toHaveLength(121)
  expect(structure.some(({ text }) => text.includes('Страница'))).toBe(false)
  await expect(checkPdf(bytes)).resolves.toBeUndefined()
})

test('an artifact is on the page and not in the structure', async () => {
  const pdf = aPdf()
  tag(pdf, 'P', {}, () => drawText(pdf, layText('Съдържание', style, 200), MARGIN, MARGIN))
  artifact(pdf, 'Layout', () => drawText(pdf, layText('Украса', style, 200), MARGIN, 200))
  const bytes = await closePdf(pdf)
  expect(await pdfText(bytes)).toBe('Съдържание Украса')
  expect((await pdfStructure(bytes)).map(({ text }) => text)).toEqual(['', 'Съдържание'])
})
