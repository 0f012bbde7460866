import { describe, expect, test } from 'vitest'
import { attendanceColumns, type FileRow } from '~/domain/attendance/attendance-columns'
import { tableFile } from '~/platform/table/file.server'
import { sheet, type Column, type Sheet, type Table } from '~/platform/table/table'
import { pdfPages, pdfWords, type PdfWord } from '../pdf-tools'
import { convertedByLibreOffice } from './libre-office'

const FORMATS = ['xlsx', 'ods'] as const
const FULL_SIZE_POINTS = 11
const READABLE_POINTS = 7
const ON_PAGE = /страница (\d+) от (\d+)/

const aTable = (rows: Sheet): Table => ({
  title: 'Присъствие в занятие',
  facts: () => [['Обучение', 'Грижа за хора с деменция']],
  factsName: 'За файла',
  sheets: [rows],
  fileName: { ascii: 'proba', full: 'Проба' },
  language: 'bg',
  timeZone: 'Europe/Sofia',
  author: 'Община Елена',
  createdAt: new Date('2026-11-02T10:00:00Z'),
  isEuFunded: false,
})

type Page = { text: string; words: PdfWord[]; points: number }

/**
 * The pages of the print without the last, which holds the facts. That one is narrower than the paper (32 + 80 characters of 0.216 cm are
 * 24.2 cm of 27.7), so its letters have their full size, and the boxes of letters elsewhere are as much lower as the letters are smaller.
 */
async function printed(rows: Sheet, format: (typeof FORMATS)[number]): Promise<Page[]> {
  const { bytes } = await tableFile(aTable(rows), format)
  const pdf = (await convertedByLibreOffice(bytes, format, 'pdf')).get('table.pdf')!
  const [texts, words] = [await pdfPages(pdf), await pdfWords(pdf)]
  const lowest = (page: number) => Math.min(...words.filter((word) => word.page === page).map(({ top, bottom }) => bottom - top))
  const pages = texts.map((text, at) => ({
    text,
    words: words.filter(({ page }) => page === at + 1),
    points: (FULL_SIZE_POINTS * lowest(at + 1)) / lowest(texts.length),
  }))
  expect(pages.map(({ text }) => ON_PAGE.exec(text)?.slice(1))).toEqual(pages.map((_, at) => [String(at + 1), String(pages.length)]))
  return pages.slice(0, -1)
}

/** How often a text stands on the pages, each cell whole on one, in however many lines. */
const timesIn = (pages: Page[], text: string) => {
  const tight = (one: string) => one.replace(/\s/g, '')
  return pages.reduce((times, page) => times + tight(page.text).split(tight(text)).length - 1, 0)
}

/** Words that stand one upon another: a text runs over its cell. */
const overlaps = ({ words }: Page) =>
  words.flatMap((one, at) =>
    words
      .slice(at + 1)
      .filter(
        (other) =>
          Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
          Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > (one.bottom - one.top) / 2,
      )
      .map((other) => `${one.text} / ${other.text}`),
  )

function checkPages(pages: Page[]) {
  for (const page of pages) {
    expect(page.points).toBeGreaterThanOrEqual(READABLE_POINTS)
    expect(page.text).not.toContain('###')
    expect(overlaps(page)).toEqual([])
    for (const { left, right, top, bottom } of page.words) {
      expect(Math.min(left, top)).toBeGreaterThan(28) // a centimetre of white is 28.35 points
      expect(right).toBeLessThan(841.89 - 28)
      expect(bottom).toBeLessThan(595.28 - 25) // the box of a letter ends below it
    }
  }
}

const NAMES = [
  ['Ана-Мария', 'Александрова', 'Христодорова-Константинова'],
  ['Иван', 'Петров', 'Бонев'],
  ['Станислава', 'Димитрова', 'Караджова'],
  ['Георги', null, 'Ли'],
] as const
const UNIT = 'Център за социална рехабилитация и интеграция на лица с увреждания „Надежда“, гр. Елена'
const COURSE = 'Работа с хора с деменция и подкрепа на семействата им: продължаващо обучение'
const REASON = 'Закъсня заради автобуса от Велико Търново, който спря на прохода; потвърдено по телефона от ръководителя на услугата'
/** As long as the form takes. */
const LONGEST_REASON = `${'причината е в пътя до общината и в снега на прохода, '.repeat(20).slice(0, 995)}, край`
const PLACE = 'гр. Елена, ул. „Иларион Макариополски“ 24, заседателна зала на втория етаж'

const rowOf = (at: number): FileRow => {
  const [givenName, middleName, familyName] = NAMES[at % NAMES.length]!
  return {
    session: {
      id: 'занятие',
      startsAt: new Date('2026-11-02T07:00:00Z'),
      endsAt: new Date('2026-11-02T14:30:00Z'),
      place: PLACE,
      isCancelled: false,
      scheduledMinutes: 405,
      closedAt: new Date('2026-11-02T16:10:00Z'),
      course: { title: COURSE, titleEn: null },
      trainer: 'Веселина Стоименова-Тодорова',
    },
    personId: String(at),
    givenName,
    middleName,
    familyName,
    employeeNumber: String(7000 + at),
    position: 'Ръководител на социална услуга и наставник на новопостъпили',
    unit: UNIT,
    isEnrolled: false,
    mark: 'present',
    lateMinutes: 30,
    leftEarlyMinutes: 0,
    attendedMinutes: 375,
    arrivedAt: new Date('2026-11-02T07:30:00Z'),
    leftAt: new Date('2026-11-02T14:30:00Z'),
    lacksScan: true,
    isConflicting: true,
    kind: 'mark',
    source: 'roster',
    markedAt: new Date('2026-11-02T15:00:00Z'),
    authorName: 'Петя Илиева-Николова',
    reason: at === 0 ? LONGEST_REASON : REASON,
    corrections: [],
  }
}

describe('a session’s 27 columns', () => {
  const ROWS = 20
  const columns = attendanceColumns('session', { withAuthors: true, withNumbers: true }, { language: 'bg', academicHourMinutes: 45 })

  test.each(FORMATS)('of %s are printed on pages beside each other, each with heads and names, in letters to be read', async (format) => {
    const rows = Array.from({ length: ROWS }, (_, at) => rowOf(at))
    const pages = await printed(sheet('Присъствие', columns, [rows]), format)
    checkPages(pages)
    expect(columns).toHaveLength(27)

    // the numbers of the rows that stand on each page: the same on all four of a row of pages
    const rowsOn = pages.map(({ words }) => words.filter(({ text }) => /^70\d\d$/.test(text)).map(({ text }) => text))
    const ACROSS = 4
    expect(pages.length % ACROSS).toBe(0)
    for (const [at, numbers] of rowsOn.entries()) expect(numbers).toEqual(rowsOn[at - (at % ACROSS)])
    expect(rowsOn.filter((_, at) => at % ACROSS === 0).flat()).toEqual(rows.map(({ employeeNumber }) => employeeNumber))
    for (const [at, page] of pages.entries()) {
      expect(timesIn([page], 'Служебен номер')).toBe(1)
      const names = rowsOn[at]!.map((number) => rows[Number(number) - 7000]!).map((row) => NAMES[Number(row.personId) % NAMES.length]!)
      for (const name of NAMES) expect(timesIn([page], name.filter(Boolean).join(' '))).toBe(names.filter((one) => one === name).length)
    }
    for (const { header } of columns) expect(timesIn(pages.slice(0, ACROSS), header)).toBeGreaterThan(0)
    for (const text of [UNIT, COURSE, PLACE, 'Веселина Стоименова-Тодорова', 'Петя Илиева-Николова'])
      expect(timesIn(pages, text), text).toBe(ROWS)
    expect(timesIn(pages, REASON)).toBe(ROWS - 1)
    expect(timesIn(pages, LONGEST_REASON)).toBe(1)
    expect(timesIn(pages, '02.11.2026 09:00')).toBe(ROWS)
  })
})

type Told = { what: string; details: string }
const told: Column<Told>[] = [
  { header: '№', kind: 'integer', width: 10, cell: () => 12_345 },
  { header: 'Кога', kind: 'instant', width: 17, cell: () => new Date('2026-11-02T15:00:00Z') },
  { header: 'Какво', kind: 'text', width: 34, cell: ({ what }) => what },
  { header: 'Подробности', kind: 'text', width: 92, cell: ({ details }) => details },
]

test.each(FORMATS)('a text of 2,000 letters in %s goes on in its cell, and the table stays a page wide', async (format) => {
  const LONG = `начало ${'промяна след проверка на място и съгласуване с ръководителя на услугата, '.repeat(27)}край`
  expect(LONG.length).toBeGreaterThan(1_950)
  const rows = Array.from({ length: 6 }, (_, at) => ({ what: `запис ${at}`, details: at % 2 === 0 ? LONG : 'часове: 8' }))
  const pages = await printed(sheet('Одитна следа', told, [rows]), format)
  checkPages(pages)
  expect(timesIn(pages, LONG)).toBe(3)
  // 153 characters are 33 cm: one page of four fifths of the size
  for (const page of pages) expect(page.points).toBeGreaterThan(8.5)
  for (const page of pages) expect(timesIn([page], 'Подробности')).toBe(1)
  expect(pages.flatMap(({ text }) => text.match(/запис \d/g))).toEqual(rows.map(({ what }) => what))
  expect(timesIn(pages, '02.11.2026 17:00')).toBe(6)
})

test.each(FORMATS)('a narrow table in %s is one page wide in letters of full size', async (format) => {
  const columns: Column<string>[] = [
    { header: 'Име', kind: 'text', width: 30, cell: (name) => name },
    { header: 'Минути', kind: 'integer', width: 10, cell: () => 180 },
  ]
  const rows = Array.from({ length: 10 }, (_, at) => `Ана ${at}`)
  const pages = await printed(sheet('По лица', columns, [rows]), format)
  checkPages(pages)
  expect(pages).toHaveLength(1)
  expect(pages[0]!.points).toBeCloseTo(FULL_SIZE_POINTS, 1)
})
