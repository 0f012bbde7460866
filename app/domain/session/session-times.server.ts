import { AppError } from '~/platform/errors'
import { boundsOfDay, dayOf, instantAt, timeOf } from '~/platform/zoned.server'
import type { SessionTimes } from './schema'

export type Span = { startsAt: Date; endsAt: Date }
/** A session as instants; `field` goes before the names of the fields it was typed in. */
export type PlannedSession = Span & { field: string; breaks: Span[] }

const DAY_MS = 24 * 60 * 60 * 1000
export const overlap = (a: Span, b: Span) => a.startsAt < b.endsAt && b.startsAt < a.endsAt

/** The day and times of a span in a zone, as sentences take them: `14.03.2024`, `09:30`, `16:00`. */
export function spanWords({ startsAt, endsAt }: Span, timeZone: string) {
  const [year, month, day] = dayOf(startsAt, timeZone).split('-')
  return { date: `${day}.${month}.${year}`, from: timeOf(startsAt, timeZone), to: timeOf(endsAt, timeZone) }
}

/**
 * Turns what was typed for one session into instants: wall-clock times of the given zone; an end at 00:00 is the end of the day.
 * Throws `invalid` with the field for a time the change of clocks skips, an end that is not after the start, a session of more than
 * 24 hours, and a break that lies outside the session or on another break.
 */
export function plannedSession({ date, from, to, breaks, field }: SessionTimes, timeZone: string): PlannedSession {
  const end = (time: string, name: string) => (time === '00:00' ? boundsOfDay(date, timeZone).to : instantAt(date, time, timeZone, name))
  const session = { startsAt: instantAt(date, from, timeZone, `${field}from`), endsAt: end(to, `${field}to`) }
  if (session.endsAt <= session.startsAt) throw new AppError('invalid', 'session.ends_before', { field: `${field}to` })
  if (+session.endsAt - +session.startsAt > DAY_MS) throw new AppError('invalid', 'session.too_long', { field: `${field}to` })
  const spans: Span[] = []
  for (const pause of breaks) {
    const at = `${field}breaks[${pause.index}].`
    const span = { startsAt: instantAt(date, pause.from, timeZone, `${at}from`), endsAt: end(pause.to, `${at}to`) }
    if (span.endsAt <= span.startsAt) throw new AppError('invalid', 'session.break_ends_before', { field: `${at}to` })
    if (span.startsAt < session.startsAt || span.endsAt > session.endsAt)
      throw new AppError('invalid', 'session.break_outside', { field: `${at}from` })
    if (spans.some((other) => overlap(span, other))) throw new AppError('invalid', 'session.breaks_overlap', { field: `${at}from` })
    spans.push(span)
  }
  return { ...session, field, breaks: spans }
}

/** Throws `session.overlaps` beside the first planned session that falls on another planned one or on one of `existing`. */
export function requireApart(planned: PlannedSession[], existing: Span[], timeZone: string) {
  planned.forEach((one, index) => {
    const other = [...existing, ...planned.slice(0, index)].find((before) => overlap(one, before))
    if (other) throw new AppError('conflict', 'session.overlaps', { field: `${one.field}from`, ...spanWords(other, timeZone) })
  })
}
