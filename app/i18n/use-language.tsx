import { createContext, useContext, useMemo, type ReactNode } from 'react'
import type { Dictionary, Translate } from './dictionary'
import {
  academicHours,
  formatAcademicHours,
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
  unbrokenHours,
  type Currency,
  type When,
} from './format'
import { DEFAULT_LANGUAGE, DEFAULT_TIME_ZONE, type Language } from './language'

type Speech = { language: Language; timeZone: string; academicHourMinutes: number }

const SpeechContext = createContext<Speech>({ language: DEFAULT_LANGUAGE, timeZone: DEFAULT_TIME_ZONE, academicHourMinutes: 45 })

/** What is not given is taken from the provider above: the root sets the language, the shell the municipality's zone and hour. */
export function SpeechProvider({ children, ...given }: Partial<Speech> & { children: ReactNode }) {
  const outer = useContext(SpeechContext)
  const language = given.language ?? outer.language
  const timeZone = given.timeZone ?? outer.timeZone
  const academicHourMinutes = given.academicHourMinutes ?? outer.academicHourMinutes
  const speech = useMemo(() => ({ language, timeZone, academicHourMinutes }), [language, timeZone, academicHourMinutes])
  return <SpeechContext.Provider value={speech}>{children}</SpeechContext.Provider>
}

/** Returns the language of the page. */
export const useLanguage = (): Language => useContext(SpeechContext).language

/** Returns the function that speaks `words` in the language of the page. */
export function useT<W>(words: Dictionary<W>): Translate<W> {
  return words.speak[useContext(SpeechContext).language]
}

/** A number never parts from its unit at the end of a line. */
const inOnePiece = (text: string) => text.replaceAll(' ', '\u00a0')

/** Returns the formats of `format.ts` bound to the page's language, the municipality's zone and its academic hour. */
export function useFormat() {
  const { language, timeZone, academicHourMinutes } = useContext(SpeechContext)
  return useMemo(
    () => ({
      date: (value: When) => formatDate(value, language, timeZone),
      weekdayDate: (value: When) => formatWeekdayDate(value, language, timeZone),
      time: (value: string | Date) => formatTime(value, timeZone),
      dateTime: (value: string | Date) => formatDateTime(value, language, timeZone),
      dateRange: (from: When, to: When) => formatDateRange(from, to, language, timeZone),
      timeRange: (from: string | Date, to: string | Date) => unbrokenHours(formatTimeRange(from, to, language, timeZone)),
      hourRange: (from: string | Date, to: string | Date) => unbrokenHours(`${formatTime(from, timeZone)}–${formatTime(to, timeZone)}`),
      place: formatPlace,
      number: (value: number | string, least?: number, most?: number) => formatNumber(value, language, least, most),
      money: (amount: number | string, currency: Currency) => formatMoney(amount, currency, language),
      registerNumber: (number: number, year: number) => inOnePiece(`${number} / ${year}`),
      minutes: (minutes: number) => inOnePiece(formatMinutes(minutes, language)),
      /** Whether the academic hours, each rounded, come to the rounded hours of all the minutes. */
      hoursAddUp: (parts: number[]) => {
        const tenths = (minutes: number) => Math.round(academicHours(minutes, academicHourMinutes) * 10)
        return parts.reduce((sum, one) => sum + tenths(one), 0) === tenths(parts.reduce((sum, one) => sum + one, 0))
      },
      academicNumber: (minutes: number) => formatNumber(academicHours(minutes, academicHourMinutes), language, 1, 1),
      academicHours: (minutes: number) => inOnePiece(formatAcademicHours(minutes, academicHourMinutes, language)),
      hours: (minutes: number) => formatHours(minutes, academicHourMinutes, language).split(' (').map(inOnePiece).join(' ('),
    }),
    [language, timeZone, academicHourMinutes],
  )
}
