import { DateTime } from 'luxon'
import { calendarDay, formatTime } from '~/i18n/format'
import { AppError } from './errors'

/** The instant of a wall-clock time in a zone. Throws `invalid` for a time that the change of clocks skips; of a repeated hour it is the first. */
export function instantAt(day: string, time: string, timeZone: string, field?: string): Date {
  const moment = DateTime.fromISO(`${day}T${time}`, { zone: timeZone })
  if (!moment.isValid || moment.toFormat('HH:mm') !== time)
    throw new AppError('invalid', 'field.time_skipped', field ? { field, time } : { time })
  return moment.toJSDate()
}

/** The day of an instant in a zone, as `YYYY-MM-DD`. */
export const dayOf = (instant: Date, timeZone: string): string => calendarDay(instant, timeZone)

/** The time of an instant in a zone, as `HH:MM`. */
export const timeOf = (instant: Date, timeZone: string): string => formatTime(instant, timeZone)

const MOST_KEPT = 1000
const kept = new Map<string, { from: Date; to: Date }>()

/** The first instant of a day in a zone and the first of the day after: 23, 24 or 25 hours apart. Kept: every page asks for the same few days. */
export function boundsOfDay(day: string, timeZone: string): { from: Date; to: Date } {
  const name = `${day} ${timeZone}`
  const known = kept.get(name)
  if (known) return known
  const start = DateTime.fromISO(day, { zone: timeZone })
  const bounds = { from: start.toJSDate(), to: start.plus({ days: 1 }).toJSDate() }
  if (kept.size >= MOST_KEPT) kept.clear()
  kept.set(name, bounds)
  return bounds
}

const DAY_MS = 86_400_000

/** The day `count` days after `day`, both as `YYYY-MM-DD`. */
export const daysAfter = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10)
