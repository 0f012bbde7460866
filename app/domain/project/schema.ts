import { z } from 'zod'
import { choice, day, id, line, lines, optional, wholeNumber } from '../fields'
import { AMOUNT_KINDS } from './project'

/** An amount in leva as people write it, `49 128,00` or `49128.00`; becomes `49128.00`. */
const amount = z
  .string({ error: 'field.required' })
  .transform((value) =>
    value
      .replace(/[\s\u00a0\u202f]/g, '')
      .replace(/(лв\.?|лева|BGN)$/i, '')
      .replace(',', '.'),
  )
  .pipe(
    z
      .string()
      .regex(/^\d{1,12}(\.\d{1,2})?$/, 'project.amount')
      .refine((value) => Number(value) > 0, 'project.amount'),
  )
  .transform((value) => {
    const [whole = '0', fraction = ''] = value.split('.')
    return `${BigInt(whole)}.${fraction.padEnd(2, '0')}`
  })

export const projectSchema = z
  .object({
    numberAsWritten: optional(line(100)),
    title: optional(line(500)),
    procedureCode: optional(line(100)),
    programme: optional(line(300)),
    funding: optional(line(500)),
    amountBgn: optional(amount),
    amountKind: optional(choice(AMOUNT_KINDS)),
    startsOn: optional(day()),
    endsOn: optional(day()),
    termMonths: optional(wholeNumber(1, 240)),
    announcedOn: optional(day()),
    signedAsWritten: optional(line(200)),
    plannedStaff: optional(wholeNumber(1, 100_000)),
    isEuFunded: z.boolean().optional().default(false),
    retainUntil: optional(day()),
    note: optional(lines(5000)),
    funderProfileId: optional(id('funder.unknown_profile')),
  })
  .superRefine((project, refusal) => {
    const refuse = (field: string, message: string) => refusal.addIssue({ code: 'custom', path: [field], message })
    if (project.amountBgn && !project.amountKind) refuse('amountKind', 'project.amount_kind')
    if (!project.amountBgn && project.amountKind) refuse('amountBgn', 'project.amount_missing')
    if (project.startsOn && project.endsOn && project.endsOn < project.startsOn) refuse('endsOn', 'project.ends_before')
    if (!project.title && !project.numberAsWritten && !project.funding && !project.programme) refuse('title', 'project.nothing_known')
  })
export type ProjectFacts = z.output<typeof projectSchema>

/** A new project; `another` once the coordinator has seen that there is one of this number, or of this title and start. */
export const newProjectSchema = projectSchema.safeExtend({ another: z.boolean().optional().default(false) })
export type NewProject = z.output<typeof newProjectSchema>

export const activitySchema = z.object({ title: line(500, 'project.activity_title') })
