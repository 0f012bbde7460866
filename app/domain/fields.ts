import { z } from 'zod'
import { UUID } from '~/platform/uuid'

/** The kinds of form fields, each with its sentence. An empty field is a missing one. Values stand behind a bar in the message. */

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
/** NFC, without invisible control and direction marks, without outer spaces: what is stored is what is seen. */
const clean = (value: string) =>
  value
    .normalize('NFC')
    .replace(CONTROL, '')
    .replace(/\u00a0/g, ' ')
    .trim()

/** One line of at most `max` characters; inner runs of spaces become one. */
export const line = (max: number, required = 'field.required') =>
  z
    .string({ error: required })
    .transform((value) => clean(value).replace(/\s+/g, ' '))
    .pipe(z.string({ error: required }).min(1, required).max(max, `field.too_long|max=${max}`))

/** Several lines of at most `max` characters in all. */
export const lines = (max: number, required = 'field.required') =>
  z
    .string({ error: required })
    .transform((value) => clean(value.replace(/\r\n?/g, '\n')))
    .pipe(z.string({ error: required }).min(1, required).max(max, `field.too_long|max=${max}`))

/** What may be left out: null when it is. */
export const optional = <S extends z.ZodType>(field: S) =>
  z
    .preprocess((value) => (typeof value === 'string' && clean(value) === '' ? undefined : value), field.optional())
    .transform((value): z.output<S> | null => (value as z.output<S> | undefined) ?? null)

/** A whole number within a range, both ends included. */
export const wholeNumber = (min: number, max: number, required = 'field.required') =>
  z
    .string({ error: required })
    .trim()
    .regex(/^-?\d{1,9}$/, 'field.whole')
    .transform(Number)
    .pipe(z.number().min(min, `field.range|min=${min}|max=${max}`).max(max, `field.range|min=${min}|max=${max}`))

const isRealDay = (value: string) => {
  const [year = 0, month = 0, day = 0] = value.split('-').map(Number)
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}
/** A day as `YYYY-MM-DD`, between 1990 and 2100; `14.03.2024`, as people write where the browser has no date field, is read too. */
export const day = (required = 'field.required') =>
  z
    .string({ error: required })
    .transform((value) =>
      value
        .trim()
        .replace(/\s*г\.?$/, '')
        .replace(
          /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/,
          (_, d: string, m: string, y: string) => `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`,
        ),
    )
    .pipe(
      z
        .string()
        .regex(/^(19[9]\d|20\d\d)-\d\d-\d\d$/, 'field.date')
        .refine(isRealDay, 'field.date'),
    )

/** A time of day as `HH:MM`; `9:30` and `9.30` are read too. */
export const timeOfDay = (required = 'field.required') =>
  z
    .string({ error: required })
    .transform((value) =>
      value
        .trim()
        .replace('.', ':')
        .replace(/^(\d):/, '0$1:')
        .slice(0, 5),
    )
    .pipe(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'field.time'))

/** The id of a row, as a list or a select offers it. */
export const id = (required = 'field.choice') => z.string({ error: required }).regex(UUID, required)

/** One of the values a select offers. */
export const choice = <const T extends readonly [string, ...string[]]>(values: T, required = 'field.choice') =>
  z.enum(values, { error: required })

/** An address that begins with https:// or http://. */
export const webAddress = () =>
  z
    .string({ error: 'field.required' })
    .trim()
    .max(500, 'field.too_long|max=500')
    .refine((value) => URL.canParse(value) && ['https:', 'http:'].includes(new URL(value).protocol), 'field.url')
