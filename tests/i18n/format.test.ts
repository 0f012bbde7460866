import { expect, test } from 'vitest'
import {
  bgnToEur,
  calendarDay,
  compareNames,
  formatAcademicHours,
  formatBytes,
  formatDate,
  formatDateRange,
  formatDateTime,
  formatHours,
  formatMinutes,
  formatMoney,
  formatNumber,
  formatPlace,
  formatTime,
  formatTimeRange,
  formatWeekdayDate,
  fullName,
  listName,
  unbrokenHours,
} from '~/i18n/format'

const SOFIA = 'Europe/Sofia'
const NB = '\u00a0'

test('a date is written with two-digit day and month in Bulgarian and in words in English', () => {
  expect(formatDate('2023-04-01', 'bg', SOFIA)).toBe(`01.04.2023${NB}г.`)
  expect(formatDate('2023-04-01', 'en', SOFIA)).toBe('1 April 2023')
  expect(formatWeekdayDate('2023-04-01', 'bg', SOFIA)).toBe(`събота, 01.04.2023${NB}г.`)
})

test('a calendar day is moved by no zone, an instant is shown in its zone', () => {
  expect(formatDate('2024-03-14', 'bg', 'America/Los_Angeles')).toBe(`14.03.2024${NB}г.`)
  expect(formatDate('2024-03-14T22:30:00Z', 'bg', SOFIA)).toBe(`15.03.2024${NB}г.`)
  expect(calendarDay(new Date('2024-03-14T22:30:00Z'), SOFIA)).toBe('2024-03-15')
  expect(calendarDay(new Date('2024-03-14T22:30:00Z'), 'UTC')).toBe('2024-03-14')
})

test('time follows summer time on the days it changes in 2026', () => {
  expect(formatTime('2026-03-29T00:30:00Z', SOFIA)).toBe('02:30')
  expect(formatTime('2026-03-29T01:30:00Z', SOFIA)).toBe('04:30')
  expect(formatTime('2026-10-25T00:30:00Z', SOFIA)).toBe('03:30')
  expect(formatTime('2026-10-25T01:30:00Z', SOFIA)).toBe('03:30')
  expect(formatTime('2026-01-01T22:00:00Z', SOFIA)).toBe('00:00')
})

test('ranges say a day once and an overnight end in full', () => {
  expect(formatDateRange('2023-04-01', '2025-04-01', 'bg', SOFIA)).toBe(`01.04.2023${NB}г. – 01.04.2025${NB}г.`)
  expect(formatDateRange('2023-04-01', '2023-04-01', 'bg', SOFIA)).toBe(`01.04.2023${NB}г.`)
  expect(formatDateTime('2024-03-14T07:30:00Z', 'bg', SOFIA)).toBe(`14.03.2024${NB}г., 09:30`)
  expect(formatTimeRange('2024-03-14T07:30:00Z', '2024-03-14T10:00:00Z', 'bg', SOFIA)).toBe(`14.03.2024${NB}г., 09:30–12:00`)
  expect(formatTimeRange('2024-03-14T20:00:00Z', '2024-03-14T23:00:00Z', 'bg', SOFIA)).toBe(
    `14.03.2024${NB}г., 22:00 – 15.03.2024${NB}г., 01:00`,
  )
})

test('on a page the hours of a span and the number of a room stay together at the end of a line', () => {
  const J = '\u2060'
  expect(unbrokenHours('14.03.2024 г., 09:30–12:00; почивки: 10:00–10:15')).toBe(
    `14.03.2024 г., 09:30${J}–${J}12:00; почивки: 10:00${J}–${J}10:15`,
  )
  expect(unbrokenHours('14.03.2024 г., 22:00 – 15.03.2024 г., 01:00')).toBe('14.03.2024 г., 22:00 – 15.03.2024 г., 01:00')
  expect(formatPlace('Учебна зала, ет. 2, стая 14, ул. „Роза“ № 3')).toBe(`Учебна зала, ет.${NB}2, стая${NB}14, ул. „Роза“ №${NB}3`)
  expect(formatPlace('Зала № 5 на читалището')).toBe(`Зала${NB}№${NB}5 на читалището`)
  expect(formatPlace('Голяма зала в 2 сгради')).toBe('Голяма зала в 2 сгради')
})

test('what is no date is refused', () => {
  expect(() => formatDate('утре', 'bg', SOFIA)).toThrow(RangeError)
})

test('numbers are grouped also with four digits', () => {
  expect(formatNumber(1234.5, 'bg')).toBe(`1${NB}234,5`)
  expect(formatNumber(1234.5, 'en')).toBe('1,234.5')
  expect(formatNumber('230942.88', 'bg', 2)).toBe(`230${NB}942,88`)
})

test('money is written with its currency after the number in Bulgarian', () => {
  expect(formatMoney('49128.00', 'BGN', 'bg')).toBe(`49${NB}128,00${NB}лв.`)
  expect(formatMoney('25118.75', 'EUR', 'bg')).toBe(`25${NB}118,75${NB}€`)
  expect(formatMoney('25118.75', 'EUR', 'en')).toBe('€25,118.75')
  expect(formatMoney('-5.5', 'EUR', 'en')).toBe('-€5.50')
})

test.each([
  ['49128.00', '25118.75'],
  ['77115.00', '39428.27'],
  ['230942.88', '118079.22'],
  ['89597.09', '45810.26'],
  ['0.01', '0.01'],
  ['0', '0.00'],
  ['-49128', '-25118.75'],
  ['97.79', '50.00'],
  ['195583.00', '100000.00'],
])('%s leva are %s euro', (bgn, eur) => {
  expect(bgnToEur(bgn)).toBe(eur)
})

test.each(['1.95583', '1 000', '', 'лв.', '1e3'])('„%s“ is no amount in leva', (text) => {
  expect(() => bgnToEur(text)).toThrow(RangeError)
})

test('minutes and academic hours', () => {
  expect(formatMinutes(270, 'bg')).toBe('4 ч. 30 мин.')
  expect(formatMinutes(120, 'bg')).toBe('2 ч.')
  expect(formatMinutes(45, 'bg')).toBe('45 мин.')
  expect(formatMinutes(0, 'bg')).toBe('0 мин.')
  expect(formatMinutes(270, 'en')).toBe('4 h 30 min')
  expect(formatHours(270, 45, 'bg')).toBe('6,0 ак. ч. (4 ч. 30 мин.)')
  expect(formatAcademicHours(270, 40, 'bg')).toBe('6,8 ак. ч.')
  // 90 of 40 minutes are 2.25 academic hours: half up is 2.3.
  expect(formatAcademicHours(90, 40, 'bg')).toBe('2,3 ак. ч.')
  expect(formatAcademicHours(54000, 45, 'bg')).toBe(`1${NB}200,0 ак. ч.`)
})

test('sizes of files', () => {
  expect(formatBytes(900, 'bg')).toBe('900 B')
  expect(formatBytes(1_500_000, 'bg')).toBe('1,5 MB')
})

test('names of one to three parts', () => {
  expect(fullName({ givenName: 'Мария', middleName: 'Петрова', familyName: 'Иванова' })).toBe('Мария Петрова Иванова')
  expect(fullName({ givenName: 'Мария', middleName: null, familyName: 'Иванова' })).toBe('Мария Иванова')
  expect(fullName({ givenName: 'Мария' })).toBe('Мария')
  expect(listName({ givenName: 'Мария', middleName: 'Петрова', familyName: 'Иванова' })).toBe('Иванова, Мария Петрова')
  expect(listName({ givenName: 'Мария', familyName: null })).toBe('Мария')
})

test('lists run by family name in Bulgarian order', () => {
  const people = [
    { givenName: 'Яна', familyName: 'Йорданова' },
    { givenName: 'Ангел', familyName: 'Щерев' },
    { givenName: 'Борис' },
    { givenName: 'Вера', familyName: 'Илиева' },
    { givenName: 'Адам', familyName: 'Илиева' },
  ]
  expect([...people].sort(compareNames).map((person) => person.givenName)).toEqual(['Борис', 'Адам', 'Вера', 'Яна', 'Ангел'])
})
