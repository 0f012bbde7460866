import { z } from 'zod'
import { choice, id, lines, optional } from '../fields'

const persons = z
  .array(id())
  .max(2000, 'field.invalid')
  .optional()
  .transform((ids) => [...new Set(ids ?? [])])
/** What becomes of those for whom no seat is left; unanswered, nobody is enrolled. */
const whenFull = optional(choice(['waiting']))

/** `everybody` takes all that the filter found, also on its other pages. */
export const EnrolForm = z.object({ persons, everybody: optional(choice(['on'])), whenFull })
export type EnrolInput = z.output<typeof EnrolForm>

export const NominateForm = z.object({ persons, reason: optional(lines(1000)) })
export type NominateInput = z.output<typeof NominateForm>

export const RequestForm = z.object({ reason: optional(lines(1000)) })
export type RequestInput = z.output<typeof RequestForm>

export const DecisionForm = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('approve'), whenFull }),
  z.object({ intent: z.literal('refuse'), refusal: lines(1000, 'enrolment.reason_required') }),
  z.object({ intent: z.literal('withdraw'), reason: optional(lines(1000)) }),
])

/** The filter of the people to choose from, as the address has it; what is not understood filters nothing. */
export const CandidatesFilterForm = z
  .object({ q: z.string().max(200).catch(''), service: id().nullable().catch(null), page: z.coerce.number().int().min(1).catch(1) })
  .transform(({ q, service, page }) => ({ q, serviceId: service, page }))
