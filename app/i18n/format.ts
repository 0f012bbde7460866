import type { Language } from './language'

export type Currency = 'BGN' | 'EUR'
/** A calendar day (`2024-03-14`), an instant (`2024-03-14T07:30:00Z`) or a Date. */
export type When = string | Date

const LOCALE: Record<Language, string> = { bg: 'bg-BG', en: 'en-GB' }
const CALENDAR_DAY = /^\d{4}-\d{2}-\d{2}$/

/** Making an Intl object costs a hundred times more than using one. */
function cached<K extends unknown[], V>(make: (...key: K) => V) {
  const made = new Map<string, V>()
  return (...key: K): V => {
    const name = key.join('|')
    let value = made.get(name)
    if (value === undefined) made.set(name, (value = make(...key)))
    return value
  }
}

const dateParts = cached(
  (timeZone: string) => new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }),
)
const dateWords = cached(
  (language: Language, timeZone: string) =>
    new Intl.DateTimeFormat(LOCALE[language], { timeZone, day: 'numeric', month: 'long', year: 'numeric' }),
)
const weekdays = cached((language: Language, timeZone: string) => new Intl.DateTimeFormat(LOCALE[language], { timeZone, weekday: 'long' }))
const clock = cached(
  (timeZone: string) => new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
)
const numbers = cached(
  (language: Language, least: number, most: number) =>
    new Intl.NumberFormat(LOCALE[language], {
      useGrouping: 'always' as unknown as boolean,
      minimumFractionDigits: least,
      maximumFractionDigits: most,
    }),
)
const collators = cached((language: Language) => new Intl.Collator(language, { numeric: true }))

/** A calendar day has no zone: it is read and shown in UTC so that no zone can move it. */
function instant(value: When, timeZone: string): [Date, string] {
  const isDay = typeof value === 'string' && CALENDAR_DAY.test(value)
  const date = value instanceof Date ? value : new Date(isDay ? `${value}T00:00:00Z` : value)
  if (Number.isNaN(date.getTime())) throw new RangeError('not a date')
  return [date, isDay ? 'UTC' : timeZone]
}

/** Returns `2024-03-14`: the calendar day of an instant in `timeZone`. Throws RangeError for what is no date. */
export function calendarDay(value: When, timeZone: string): string {
  const [date, zone] = instant(value, timeZone)
  const [day, month, year] = dateParts(zone).format(date).split('/')
  return `${year}-${month}-${day}`
}

/** Returns „01.04.2023 г.“ or “1 April 2023”. Throws RangeError for what is no date. */
export function formatDate(value: When, language: Language, timeZone: string): string {
  const [date, zone] = instant(value, timeZone)
  if (language === 'en') return dateWords('en', zone).format(date)
  const [day, month, year] = dateParts(zone).format(date).split('/')
  return `${day}.${month}.${year}\u00a0г.`
}

/** Returns „събота, 01.04.2023 г.“ or “Saturday, 1 April 2023”. */
export function formatWeekdayDate(value: When, language: Language, timeZone: string): string {
  const [date, zone] = instant(value, timeZone)
  return `${weekdays(language, zone).format(date)}, ${formatDate(value, language, timeZone)}`
}

/** Returns the wall clock in `timeZone`, „09:30“. */
export function formatTime(value: string | Date, timeZone: string): string {
  const [date, zone] = instant(value, timeZone)
  return clock(zone).format(date)
}

/** Returns „14.03.2024 г., 09:30“ or “14 March 2024, 09:30”. */
export function formatDateTime(value: string | Date, language: Language, timeZone: string): string {
  return `${formatDate(value, language, timeZone)}, ${formatTime(value, timeZone)}`
}

/** Returns „01.04.2023 г. – 01.04.2025 г.“, or one date when both fall on the same day. */
export function formatDateRange(from: When, to: When, language: Language, timeZone: string): string {
  const [first, last] = [formatDate(from, language, timeZone), formatDate(to, language, timeZone)]
  return first === last ? first : `${first} – ${last}`
}

/** Returns „14.03.2024 г., 09:30–12:00“; with both dates when the end falls on another day. */
export function formatTimeRange(from: string | Date, to: string | Date, language: Language, timeZone: string): string {
  const sameDay = calendarDay(from, timeZone) === calendarDay(to, timeZone)
  return sameDay
    ? `${formatDateTime(from, language, timeZone)}–${formatTime(to, timeZone)}`
    : `${formatDateTime(from, language, timeZone)} – ${formatDateTime(to, language, timeZone)}`
}

/** Returns the text with every span of hours in it („10:00–15:00“) kept on one line; for pages, since files would carry the joiners. */
export const unbrokenHours = (text: string): string => text.replace(/(\d\d:\d\d)–(?=\d\d:\d\d)/g, '$1\u2060–\u2060')

const NUMBERED = /(^|[\s,;(])(ет\.|етаж|бл\.|вх\.|стая|зала|каб\.|кабинет|№|floor|room|hall) +(?=№? ?\d)/giu

/** Returns a place with the number of its room, floor or building kept beside the word: „Учебна зала, ет. 2“. */
export const formatPlace = (place: string): string => place.replace(NUMBERED, '$1$2\u00a0').replace(/№ +(?=\d)/g, '№\u00a0')

/** Returns „1 234,5“: always grouped, also with four digits; at least and at most so many decimals as asked (0 and 2). */
export function formatNumber(
  value: number | string,
  language: Language,
  leastDecimals = 0,
  mostDecimals = Math.max(2, leastDecimals),
): string {
  return numbers(language, leastDecimals, mostDecimals).format(value as number)
}

/** Returns „49 128,00 лв.“, „25 118,75 €“, “BGN 49,128.00” or “€25,118.75”. The amount may be a decimal string, which stays exact. */
export function formatMoney(amount: number | string, currency: Currency, language: Language): string {
  const digits = formatNumber(amount, language, 2, 2)
  if (language === 'bg') return `${digits}\u00a0${currency === 'BGN' ? 'лв.' : '€'}`
  return currency === 'BGN' ? `BGN\u00a0${digits}` : digits.replace(/^(-?)/, '$1€')
}

/**
 * Converts leva to euro: divided by the full rate of 1.95583 (ЗВЕРБ, чл. 12), two decimals, a third digit of 5 or more rounds up
 * (чл. 13). Whole-number arithmetic, so no amount is a cent off. Takes and returns a decimal string without groups („49128.00“).
 * Throws RangeError for what is no amount with at most two decimals.
 */
export function bgnToEur(amountBgn: string | number): string {
  const match = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(String(amountBgn))
  if (!match) throw new RangeError('not an amount with at most two decimals')
  const [, sign = '', whole = '0', fraction = ''] = match
  const stotinki = BigInt(whole + fraction.padEnd(2, '0'))
  const cents = (stotinki * 200000n + 195583n) / 391166n
  const text = cents.toString().padStart(3, '0')
  return `${cents === 0n ? '' : sign}${text.slice(0, -2)}.${text.slice(-2)}`
}

/** Returns „4 ч. 30 мин.“, „45 мин.“, „2 ч.“ or “4 h 30 min”. */
export function formatMinutes(minutes: number, language: Language): string {
  const total = Math.round(Math.abs(minutes))
  const [hours, rest] = [Math.floor(total / 60), total % 60]
  const [h, m] = language === 'bg' ? ['ч.', 'мин.'] : ['h', 'min']
  const parts = [hours ? `${formatNumber(hours, language)} ${h}` : '', rest || !hours ? `${rest} ${m}` : '']
  return (minutes < 0 && total ? '−' : '') + parts.filter(Boolean).join(' ')
}

/** Returns 6.0 for 270 minutes where an academic hour has 45 (a setting of the municipality): rounded to one decimal, half up. */
export const academicHours = (minutes: number, academicHourMinutes: number): number =>
  Math.floor((minutes * 20 + academicHourMinutes) / (2 * academicHourMinutes)) / 10

/** Returns „6,0 ак. ч.“ for 270 minutes where an academic hour has 45; one decimal, half up. */
export function formatAcademicHours(minutes: number, academicHourMinutes: number, language: Language): string {
  return `${formatNumber(academicHours(minutes, academicHourMinutes), language, 1, 1)} ${language === 'bg' ? 'ак. ч.' : 'acad. h'}`
}

/** Returns „6,0 ак. ч. (4 ч. 30 мин.)“. */
export function formatHours(minutes: number, academicHourMinutes: number, language: Language): string {
  return `${formatAcademicHours(minutes, academicHourMinutes, language)} (${formatMinutes(minutes, language)})`
}

/** Returns „1,5 MB“-like sizes of files; a kilobyte has 1000 bytes. */
export function formatBytes(bytes: number, language: Language): string {
  if (bytes < 1000) return `${formatNumber(bytes, language)} B`
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kB'] : [bytes / 1_000_000, 'MB']
  return `${formatNumber(value, language, 0, 1)} ${unit}`
}

export type NameParts = { givenName: string; middleName?: string | null; familyName?: string | null }

/** Returns „Име Презиме Фамилия“; a name has one to three parts (ЗГР, чл. 9 and 13: none but the first may be required). */
export function fullName({ givenName, middleName, familyName }: NameParts): string {
  return [givenName, middleName, familyName].filter(Boolean).join(' ')
}

/** Returns „Фамилия, Име Презиме“ for lists that run by family name. */
export function listName({ givenName, middleName, familyName }: NameParts): string {
  const rest = [givenName, middleName].filter(Boolean).join(' ')
  return familyName ? `${familyName}, ${rest}` : rest
}

/** Compares two texts in the order of the language's alphabet; digits as numbers. */
export function compareText(a: string, b: string, language: Language = 'bg'): number {
  return collators(language).compare(a, b)
}

/** Compares two names by family name, then given, then middle name, in Bulgarian order. */
export function compareNames(a: NameParts, b: NameParts): number {
  return (
    compareText(a.familyName || a.givenName, b.familyName || b.givenName) ||
    compareText(a.givenName, b.givenName) ||
    compareText(a.middleName ?? '', b.middleName ?? '')
  )
}
