import { z } from 'zod'
import { UUID } from '~/platform/uuid'
import { isRecord, MARKS } from './attendance'
import type { Refusal } from './decision'

/** Milliseconds since 1970 by the clock of the device, which may be wrong by years. */
const DeviceTime = z.number().int().min(0).max(4_102_444_800_000)

const DeviceMark = z
  .object({ personId: z.string().regex(UUID), mark: z.enum(MARKS), lateMinutes: z.number(), leftEarlyMinutes: z.number() })
  .refine(isRecord)

/** The marks of one press of „Запази“ without a line: they share a key, which with the person makes each of them one claim. */
const DeviceSave = z.object({
  key: z.string().regex(UUID),
  at: DeviceTime,
  /** The last claim of the session the page knew, 0 for none, as far as the device needs it; the server reads it from `drawn`. */
  seen: z.string().regex(/^\d{1,18}$/),
  /** Keys of what this device had said about the session before, on the same page. */
  after: z.array(z.string().regex(UUID)).max(200),
  /** The server's proof of the page it drew (`sealedPage`): nothing was marked on it before. Empty where there is none. */
  drawn: z.string().max(500).default(''),
  reason: z.string().trim().max(1000).nullable(),
  rows: z
    .array(DeviceMark)
    .min(1)
    .max(1000)
    .refine((rows) => new Set(rows.map((row) => row.personId)).size === rows.length),
})

const json = (text: string, context: z.RefinementCtx): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom', message: 'field.invalid' })
    return z.NEVER
  }
}

/** Most saves in one sending, and so the size of the transaction that takes them. */
export const MOST_SAVES = 40

/** What a device sends: its clock at sending, and its saves as JSON, oldest first. */
export const DeviceMarks = z.object({
  deviceNow: z
    .string()
    .regex(/^\d{1,13}$/)
    .transform(Number)
    .pipe(DeviceTime),
  saves: z.string().transform(json).pipe(z.array(DeviceSave).min(1).max(MOST_SAVES)),
})

export type DeviceMark = z.output<typeof DeviceMark>
export type DeviceSave = z.output<typeof DeviceSave>
export type DeviceMarks = z.output<typeof DeviceMarks>

/** What became of one mark; `known` was taken before. */
export type Answer = { key: string; personId: string } & (
  { outcome: 'taken' | 'proposed' | 'known' } | { outcome: 'refused'; reason: Refusal }
)
export type Answers = { answers: Answer[] }

/**
 * When a mark was made, by the server's clock: as long before it was received as the device's own clock says, but never after that and
 * never before the page it was made on was drawn. A clock wrong by a day is as wrong at sending as at marking.
 */
export function madeAt({ at, drawnAt }: { at: number; drawnAt: number }, deviceNow: number, receivedAt: Date): Date {
  const latest = +receivedAt - 1
  return new Date(Math.min(latest, Math.max(+receivedAt - (deviceNow - at), drawnAt)))
}
