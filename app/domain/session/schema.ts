import { z } from 'zod'
import { day, line, optional, timeOfDay, webAddress, wholeNumber } from '../fields'
import { CHECK_IN, CODE_SECONDS, MOST_BREAKS, MOST_OPENS_MINUTES, MOST_SESSIONS } from './session'

const Break = z.object({ from: optional(timeOfDay()), to: optional(timeOfDay()) }).superRefine(({ from, to }, ctx) => {
  if (from && !to) ctx.addIssue({ code: 'custom', path: ['to'], message: 'session.break_needs_end' })
  if (to && !from) ctx.addIssue({ code: 'custom', path: ['from'], message: 'session.break_needs_start' })
})

const Times = z.object({
  date: optional(day()),
  from: optional(timeOfDay()),
  to: optional(timeOfDay()),
  breaks: z.array(Break).max(MOST_BREAKS, 'session.too_many_breaks').optional(),
})
type TypedTimes = z.output<typeof Times>

const isBlank = ({ date, from, to, breaks = [] }: TypedTimes) => !date && !from && !to && breaks.every((one) => !one.from && !one.to)

function requireTimes({ date, from, to }: TypedTimes, ctx: z.RefinementCtx) {
  if (!date) ctx.addIssue({ code: 'custom', path: ['date'], message: 'session.date_required' })
  if (!from) ctx.addIssue({ code: 'custom', path: ['from'], message: 'session.from_required' })
  if (!to) ctx.addIssue({ code: 'custom', path: ['to'], message: 'session.to_required' })
}

/** Rows of a form left wholly empty are no sessions; the others keep their number, which names their fields. */
export const SessionRows = z
  .array(Times.superRefine((row, ctx) => (isBlank(row) ? undefined : requireTimes(row, ctx))))
  .max(MOST_SESSIONS, 'session.too_many')
  .optional()
  .transform((rows = []) => rows.flatMap((row, index) => (isBlank(row) ? [] : [{ ...typed(row), field: `sessions[${index}].` }])))

/** What was typed for one session; `field` goes before the names of its fields. */
export type SessionTimes = ReturnType<typeof typed> & { field: string }

const typed = ({ date, from, to, breaks = [] }: TypedTimes) => ({
  date: date ?? '',
  from: from ?? '',
  to: to ?? '',
  breaks: breaks.flatMap((one, index) => (one.from && one.to ? [{ from: one.from, to: one.to, index }] : [])),
})

const place = { place: optional(line(300)), onlineUrl: optional(webAddress()) }

/** When check-in by code opens, how long a code is shown, and whether the way out is scanned too. */
const checkIn = {
  checkInOpensMinutes: wholeNumber(0, MOST_OPENS_MINUTES).default(CHECK_IN.opensMinutes),
  codeSeconds: wholeNumber(CODE_SECONDS.min, CODE_SECONDS.max).default(CHECK_IN.codeSeconds),
  hasCheckOut: z
    .literal('on')
    .optional()
    .transform((ticked) => ticked === 'on'),
}

/** One session on a page of its own. */
export const SessionForm = Times.extend({ ...place, ...checkIn })
  .superRefine(requireTimes)
  .transform((row) => {
    const { place, onlineUrl, checkInOpensMinutes, codeSeconds, hasCheckOut } = row
    return { ...typed(row), field: '', place, onlineUrl, checkIn: { checkInOpensMinutes, codeSeconds, hasCheckOut } }
  })
export type CheckInSettings = z.output<typeof SessionForm>['checkIn']
/** Without `checkIn` its settings stay as they are. */
export type SessionInput = Omit<z.output<typeof SessionForm>, 'checkIn'> & { checkIn?: CheckInSettings }

export const CancelForm = z.object({ reason: line(1000, 'session.reason_required') })
