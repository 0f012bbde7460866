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

/** The first instant of a day in a zone and the first of the day after: 23, 24 or 25 hours apart. */
export function boundsOfDay(day: string, timeZone: string): { from: Date; to: Date } {
  const start = DateTime.fromISO(day, { zone: timeZone })
  return { from: start.toJSDate(), to: start.plus({ days: 1 }).toJSDate() }
}

/** The day `count` days after `day`, both as `YYYY-MM-DD`. */
export const daysAfter = (day: string, count: number): string =>
  DateTime.fromISO(day, { zone: 'utc' }).plus({ days: count }).toFormat('yyyy-MM-dd')
