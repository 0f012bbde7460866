import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { renderFilledSheet } from '~/domain/attendance/filled-sheet-pdf.server'
import type { FilledFacts, SheetFacts, SheetPerson } from '~/domain/attendance/sheet-facts'
import { renderSheet } from '~/domain/attendance/sheet-pdf.server'
import { readSheetQr } from '~/domain/attendance/sheet-qr'
import { SHEET_COLUMNS, USUAL_COLUMNS } from '~/domain/funder/funder'
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
  pdfWords,
} from '../pdf-tools'

const SESSION = 'b7f8c9d0-1234-4abc-8def-0123456789ab'
const POINTS_PER_MM = 72 / 25.4

const people = (count: number): SheetPerson[] =>
  Array.from({ length: count }, (_, index) => ({
    givenName: 'Мария',
    middleName: 'Йорданова',
    familyName: `Примерова${index + 1}`,
    position: 'социален работник',
    unit: index % 2 ? 'Дневен център' : 'Център за обществена подкрепа',
    employeeNumber: null,
  }))

const facts = (over: Partial<SheetFacts> = {}): SheetFacts => ({
  sessionId: SESSION,
  municipality: 'Елена',
  worthless: null,
  project: { number: 'BG05SFPR002-2.002-0078-C01', title: 'Укрепване на капацитета' },
  course: 'Стандарти за качество',
  startsAt: new Date('2026-11-02T07:00:00Z'),
  endsAt: new Date('2026-11-02T14:30:00Z'),
  breaks: [{ startsAt: new Date('2026-11-02T10:00:00Z'), endsAt: new Date('2026-11-02T11:00:00Z') }],
  timeZone: 'Europe/Sofia',
  academicHourMinutes: 45,
  place: 'заседателна зала',
  trainer: 'Ангел Измислен',
  people: people(3),
  form: { showsEuBlock: true, statement: null, columns: USUAL_COLUMNS, logo: null },
  madeAt: new Date('2026-11-01T08:00:00Z'),
  ...over,
})
const formed = (over: Partial<SheetFacts['form']>, rest: Partial<SheetFacts> = {}) => facts({ form: { ...facts().form, ...over }, ...rest })

describe('a sheet for three', () => {
  let pdf: Buffer
  beforeAll(async () => {
    pdf = await renderSheet(facts(), 'day')
  })

  test.each([
    'Присъствен списък Община Елена',
    'Проект № BG05SFPR002-2.002-0078-C01, „Укрепване на капацитета“',
    'Обучение „Стандарти за качество“',
    'Дата и час 02.11.2026 г., 09:00–16:30; почивки: 12:00–13:00',
    // 7 h 30 min less one hour are 390 minutes: 8 2/3 academic hours of 45
    'Хорариум 8,7 ак. ч. (6 ч. 30 мин.)',
    'Място заседателна зала',
    'Обучител Ангел Измислен',
    '№ Име, презиме, фамилия Длъжност Услуга или звено Подпис',
    'Добавени на място',
    'Обучител: Ангел Измислен',
    'Страница 1 от 1',
    'Съфинансирано от Европейския съюз',
  ])('says „%s“', async (words) => {
    expect(await pdfText(pdf)).toContain(words)
  })

  test('is one whole A4 page, tagged in Bulgarian, with its figures in words and a heading', async () => {
    await expect(checkPdf(pdf)).resolves.toBeUndefined()
    expect(await pdfInfo(pdf)).toMatchObject({
      Title: 'Присъствен списък, „Стандарти за качество“, 02.11.2026\u00a0г.',
      Author: 'Община Елена',
      CreationDate: '2026-11-01T08:00:00Z',
      Pages: '1',
      'Page size': '595.28 x 841.89 pts (A4)',
    })
    expect(await pdfAccessibility(pdf)).toEqual({
      tagged: true,
      language: 'bg-BG',
      figures: ['Емблема на Европейския съюз', 'QR код на страница 1 от 1 на присъствения списък'],
    })
    const rows = await pdfStructure(pdf)
    expect(rows.filter(({ type }) => type === 'H1').map(({ text }) => text)).toEqual(['Присъствен списък'])
    // six facts with a name each, and five heads in either of two tables
    expect(rows.filter(({ type }) => type === 'TH')).toHaveLength(16)
    // six facts, three people and four rows to add, of five cells each
    expect(rows.filter(({ type }) => type === 'TD')).toHaveLength(6 + 7 * 5)
  })

  test('embeds its fonts, Ubuntu beside the emblem alone', async () => {
    const fonts = await pdfFonts(pdf)
    expect(fonts.map(({ name }) => name).sort()).toEqual(['SofiaSans-Bold', 'SofiaSans-Regular', 'Ubuntu-Bold'])
    expect(fonts.every(({ embedded, unicode }) => embedded && unicode)).toBe(true)
  })

  test('has the session’s code, its dark part at least 22 mm, with light around it', async () => {
    expect(readSheetQr((await decodeQr(pdf))!)).toEqual({ sessionId: SESSION, layout: 'day', page: 1, pages: 1 })
    const dpi = 150
    const { data, info } = await sharp(await pdfPicture(pdf, 1, dpi))
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true })
    const perMm = dpi / 25.4
    const dark = (x: number, y: number) => data[y * info.width + x]! < 100
    const inCorner = { left: Math.round(170 * perMm), bottom: Math.round(45 * perMm) }
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
    for (let y = 0; y < inCorner.bottom; y += 1)
      for (let x = inCorner.left; x < info.width; x += 1)
        if (dark(x, y)) {
          left = Math.min(left, x)
          right = Math.max(right, x)
          top = Math.min(top, y)
          bottom = Math.max(bottom, y)
        }
    expect((right - left + 1) / perMm).toBeGreaterThanOrEqual(22)
    expect((bottom - top + 1) / perMm).toBeGreaterThanOrEqual(22)
    // four modules of 29 on each side
    const quiet = (4 * (right - left)) / 29
    expect(info.width - right).toBeGreaterThan(quiet)
    expect(top).toBeGreaterThan(quiet)
    expect(left - inCorner.left).toBeGreaterThan(quiet)
  })

  test('gives everybody a cell of at least 45 × 10 mm to sign in', async () => {
    const words = await pdfWords(pdf)
    const sign = words.find(({ text }) => text === 'Подпис')!
    const pageRight = (210 - 12) * POINTS_PER_MM
    expect((pageRight - sign.left) / POINTS_PER_MM).toBeGreaterThanOrEqual(43.7)
    const tops = words.filter(({ text }) => /^Примерова\d$/.test(text)).map(({ top }) => top)
    expect((tops[1]! - tops[0]!) / POINTS_PER_MM).toBeGreaterThanOrEqual(10)
  })
})

test.each([
  [0, 1],
  [1, 1],
  [200, 12],
  [500, 28],
])('%i people have a sheet of at most %i pages, each with head, code and number', async (count, most) => {
  const pdf = await renderSheet(facts({ people: people(count) }), 'day')
  const pages = await pdfPages(pdf)
  expect(pages.length).toBeLessThanOrEqual(most)
  const text = pages.join(' ')
  for (let n = 1; n <= count; n += 1) expect(text.split(`Примерова${n} `)).toHaveLength(2)
  expect(text.split('Добавени на място')).toHaveLength(count === 0 ? 1 : 2)
  pages.forEach((page, index) => {
    expect(page).toContain(`Страница ${index + 1} от ${pages.length}`)
    expect(page).toContain('Съфинансирано от Европейския съюз')
    expect(page).toContain('Подпис')
    if (index > 0) expect(page).toContain('Присъствен списък (продължение), Община Елена')
  })
  for (const page of new Set([1, Math.ceil(pages.length / 2), pages.length]))
    expect(readSheetQr((await decodeQr(pdf, page))!)).toEqual({ sessionId: SESSION, layout: 'day', page, pages: pages.length })
  await expect(checkPdf(pdf)).resolves.toBeUndefined()
})

test('per half-day there are two signatures, each with its times, on lying paper', async () => {
  const pdf = await renderSheet(facts(), 'half-day')
  expect(await pdfText(pdf)).toContain('Подпис 09:00–12:00 Подпис 13:00–16:30')
  expect((await pdfInfo(pdf))['Page size']).toBe('841.89 x 595.28 pts (A4)')
  expect(readSheetQr((await decodeQr(pdf))!)).toMatchObject({ layout: 'half-day' })
  const signs = (await pdfWords(pdf)).filter(({ text }) => text === 'Подпис').map(({ left }) => left)
  expect((signs[1]! - signs[0]!) / POINTS_PER_MM).toBeGreaterThanOrEqual(45)
})

test.each([
  // 13 and 15 hours pass between the same two times of the clock
  ['29.03.2026', '2026-03-29T00:00:00Z', '2026-03-29T13:00:00Z', '17,3 ак. ч. (13 ч.)'],
  ['25.10.2026', '2026-10-24T23:00:00Z', '2026-10-25T14:00:00Z', '20,0 ак. ч. (15 ч.)'],
])('on %s, when the clocks change, the hours are those that pass and the half-days end at noon', async (day, from, to, hours) => {
  const night = facts({ startsAt: new Date(from), endsAt: new Date(to), breaks: [] })
  const text = await pdfText(await renderSheet(night, 'half-day'))
  expect(text).toContain(`${day} г., 02:00–16:00`)
  expect(text).toContain(`Хорариум ${hours}`)
  expect(text).toContain('Подпис 02:00–12:00 Подпис 12:00–16:00')
})

test('columns are those of the form, in its order, and all of them fit', async () => {
  expect(await pdfText(await renderSheet(formed({ columns: ['signature', 'name', 'note'] }), 'day'))).toContain(
    'Подпис Име, презиме, фамилия Бележка',
  )
  const all = await renderSheet(formed({ columns: SHEET_COLUMNS }), 'half-day')
  const words = await pdfWords(all)
  expect(Math.max(...words.map(({ right }) => right))).toBeLessThanOrEqual(841.89 - 12 * POINTS_PER_MM)
  const signs = new Set(words.filter(({ text }) => text === 'Подпис').map(({ left }) => left))
  const [morning, afternoon] = [...signs].sort((a, b) => a - b)
  expect((afternoon! - morning!) / POINTS_PER_MM).toBeGreaterThanOrEqual(44.9)
})

test('without a project or EU money there is neither project nor emblem; an unknown place has no line', async () => {
  const pdf = await renderSheet(formed({ showsEuBlock: false }, { project: null, place: null, breaks: [] }), 'day')
  const text = await pdfText(pdf)
  for (const words of ['Проект', 'Съфинансирано', 'Място', 'почивки']) expect(text).not.toContain(words)
  expect((await pdfFonts(pdf)).map(({ name }) => name)).not.toContain('Ubuntu-Bold')
})

test('the funder’s statement stands at the foot of every page, word for word', async () => {
  const statement = `Този документ е създаден с финансовата подкрепа на „Фонд“. ${'Съдържанието е на бенефициента. '.repeat(28)}`
    .trim()
    .slice(0, 1000)
  const pages = await pdfPages(await renderSheet(formed({ statement }, { people: people(60) }), 'day'))
  expect(pages.length).toBeGreaterThan(2)
  for (const page of pages) expect(page).toContain(statement)
})

test('names with markup, of one part, and very long ones are printed as they are, and nothing runs over', async () => {
  const long = 'Константинова-Великотърновска-'.repeat(9).slice(0, 199)
  const odd = [
    { givenName: '<b>Мария</b> & „Ко“', middleName: null, familyName: null },
    { givenName: 'Фатме', middleName: null, familyName: null },
    { givenName: 'Цветелина', middleName: long, familyName: long },
  ].map((name) => ({ ...people(1)[0]!, ...name }))
  const pdf = await renderSheet(facts({ people: odd, course: 'О'.repeat(300), place: 'зала '.repeat(80) }), 'day')
  const text = (await pdfText(pdf)).replaceAll(' ', '')
  expect(text).toContain('<b>Мария</b>&„Ко“')
  expect(text).toContain(`Цветелина${long}${long}`)
  const words = await pdfWords(pdf)
  expect(Math.max(...words.map(({ right }) => right))).toBeLessThanOrEqual(595.28 - 12 * POINTS_PER_MM)
  expect(Math.max(...words.map(({ bottom }) => bottom))).toBeLessThanOrEqual(841.89 - 7 * POINTS_PER_MM)
})

test('a logo beside the emblem is neither higher nor wider than it', async () => {
  const red = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: '#ff0000' } })
      .png()
      .toBuffer()
  const extent = async (logo: Buffer, showsEuBlock: boolean) => {
    const pdf = await renderSheet(formed({ logo, showsEuBlock }), 'day')
    const dpi = 150
    const { data, info } = await sharp(await pdfPicture(pdf, 1, dpi))
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    const xs: number[] = []
    const ys: number[] = []
    for (let i = 0; i < data.length; i += 3)
      if (data[i]! > 200 && data[i + 1]! < 60 && data[i + 2]! < 60) {
        xs.push((i / 3) % info.width)
        ys.push(Math.floor(i / 3 / info.width))
      }
    const least = (all: number[]) => all.reduce((a, b) => Math.min(a, b))
    const most = (all: number[]) => all.reduce((a, b) => Math.max(a, b))
    // a pixel at either edge is red in part
    return { width: ((most(xs) - least(xs) - 1) / dpi) * 25.4, height: ((most(ys) - least(ys) - 1) / dpi) * 25.4 }
  }
  const wide = await extent(await red(900, 100), true)
  expect(wide.width).toBeGreaterThan(14)
  expect(wide.width).toBeLessThanOrEqual(15)
  const high = await extent(await red(100, 600), true)
  expect(high.height).toBeGreaterThan(9.5)
  expect(high.height).toBeLessThanOrEqual(10)
  expect((await extent(await red(900, 100), false)).width).toBeGreaterThan(40)
})

test('a closed sheet of the night the clocks change gives the times on the wall and the minutes that passed', async () => {
  const [first] = people(1) as [SheetPerson]
  const { people: _, ...head } = facts({
    startsAt: new Date('2026-03-28T23:30:00Z'),
    endsAt: new Date('2026-03-29T02:30:00Z'),
    breaks: [],
  })
  const scans = { arrivedAt: new Date('2026-03-29T00:10:00Z'), leftAt: new Date('2026-03-29T02:00:00Z') }
  const closure = { statement: 'Потвърждавам.', by: 'Ангел Измислен', at: new Date('2026-03-29T03:00:00Z') }
  const row = { ...first, ...scans, mark: 'present' as const, lateMinutes: 40, leftEarlyMinutes: 30, attendedMinutes: 110 }
  const text = await pdfText(await renderFilledSheet({ ...head, rows: [row], closure, corrections: [] }))
  expect(text).toContain('4,0 ак. ч. (3 ч.)')
  expect(text).toMatch(/Примерова1 .*присъствал\/а 02:10 05:00 1 ч\. 50 мин\./)
  expect(text).toContain('29.03.2026 г., 06:00')
})

test('a closed sheet says who was there and when, under whose statement, and what was corrected; it has no code', async () => {
  const [first, second, third, fourth] = people(4) as [SheetPerson, SheetPerson, SheetPerson, SheetPerson]
  const { people: _, ...head } = facts()
  const none = { lateMinutes: 0, leftEarlyMinutes: 0, arrivedAt: null, leftAt: null, attendedMinutes: 0 }
  const closed: FilledFacts = {
    ...head,
    rows: [
      { ...first, ...none, mark: 'present', lateMinutes: 15, attendedMinutes: 375 },
      { ...second, ...none, mark: 'absent' },
      { ...third, ...none, mark: 'excused' },
      {
        ...fourth,
        ...none,
        mark: 'present',
        arrivedAt: new Date('2026-11-02T07:05:00Z'),
        leftAt: new Date('2026-11-02T13:00:00Z'),
        attendedMinutes: 295,
      },
    ],
    closure: { statement: 'Потвърждавам.', by: 'Ангел Измислен', at: new Date('2026-11-02T15:00:00Z') },
    corrections: [
      {
        person: 'Мария Йорданова Примерова1',
        from: { mark: 'absent', lateMinutes: 0, leftEarlyMinutes: 0 },
        to: { mark: 'present', lateMinutes: 15, leftEarlyMinutes: 0 },
        reason: 'видяна в залата',
        by: 'Координатор',
        at: new Date('2026-11-03T08:00:00Z'),
      },
    ],
  }
  const pdf = await renderFilledSheet(closed)
  const text = await pdfText(pdf)
  expect(text).toContain('Приключен присъствен списък')
  expect(text).toMatch(/1 Мария Йорданова Примерова1 .*присъствал\/а 09:15 16:30 6 ч\. 15 мин\./)
  expect(text).toMatch(/4 Мария Йорданова Примерова4 .*присъствал\/а 09:05 15:00 4 ч\. 55 мин\./)
  expect(text).toContain('Присъствали: 2; отсъствали: 1; отсъствали по уважителна причина: 1')
  expect(text).toContain('Приключен на 02.11.2026 г., 17:00 от Ангел Измислен: „Потвърждавам.“')
  expect(text).toContain(
    'Мария Йорданова Примерова1: беше „отсъствал/а“, стана „присъствал/а, закъснение 15 мин.“. Коригирано на 03.11.2026 г., 10:00 от Координатор. Причина: видяна в залата',
  )
  expect(text).not.toContain('Подпис')
  expect(await decodeQr(pdf)).toBeNull()
  await expect(checkPdf(pdf)).resolves.toBeUndefined()
})
