import { z } from 'zod'
import { formatDate } from '~/i18n/format'

const minutes = z.number().int().nonnegative()
const text = z.string().min(1)

/**
 * What a certificate says, frozen at the moment it is issued: the printed page and the public page show these facts and look nothing
 * up. Durations are minutes, instants ISO 8601 with offset, days `YYYY-MM-DD`. A new shape is a new `version`.
 */
export const certificateFactsSchema = z.strictObject({
  version: z.literal(1),
  registerNumber: z.number().int().positive(),
  registerYear: z.number().int(),
  issuedOn: z.iso.date(),
  /** 1 for the first certificate of this person for this training, 2 for the second. */
  ordinal: z.number().int().positive(),
  /** Names alone („Елена“, „Велико Търново“): „Община“ and „област“ are added where they are shown. */
  issuer: z.strictObject({ municipality: text, district: text.nullable() }),
  recipient: z.strictObject({
    givenName: text,
    middleName: text.nullable(),
    familyName: text.nullable(),
    position: text.nullable(),
    unit: text.nullable(),
  }),
  course: z.strictObject({
    title: text,
    titleEn: text.nullable(),
    kind: z.enum(['introductory', 'upgrading', 'specialised', 'management', 'other']),
    legalBasis: text.nullable(),
    topics: z.array(text),
  }),
  training: z.strictObject({
    form: z.enum(['in_person', 'online', 'mixed']),
    place: text.nullable(),
    trainer: text,
    sessions: z
      .array(
        z.strictObject({
          startsAt: z.iso.datetime({ offset: true }),
          endsAt: z.iso.datetime({ offset: true }),
          scheduledMinutes: minutes,
          attendedMinutes: minutes,
        }),
      )
      .min(1),
  }),
  scheduledMinutes: minutes.positive(),
  attendedMinutes: minutes,
  requiredSharePercent: z.number().min(0).max(100),
  academicHourMinutes: z.number().int().positive(),
  timeZone: text,
  project: z
    .strictObject({
      number: text.nullable(),
      title: text.nullable(),
      activity: text.nullable(),
      funding: text.nullable(),
      euFunded: z.boolean(),
    })
    .nullable(),
  issuedBy: z.strictObject({ name: text, role: text.nullable() }),
  verifyCode: text,
  verifyUrl: z.url(),
  demo: z.boolean(),
})

export type CertificateFacts = z.infer<typeof certificateFactsSchema>

/**
 * Reads frozen facts from their stored JSON text.
 *
 * @throws SyntaxError when the text is no JSON, ZodError when it does not hold the facts of a known version.
 */
export function parseCertificateFacts(json: string): CertificateFacts {
  return certificateFactsSchema.parse(JSON.parse(json))
}

/** Returns „Рег. № 12 / 15.05.2024 г.“, with a no-break space before „г.“. */
export function registerNumberText({ registerNumber, issuedOn, timeZone }: CertificateFacts): string {
  return `Рег. № ${registerNumber} / ${formatDate(issuedOn, 'bg', timeZone)}`
}
