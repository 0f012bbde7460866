import { z } from 'zod'
import { UUID_FORM } from '~/platform/uuid'
import { id, line, lines, optional, webAddress, wholeNumber } from '../fields'
import { SessionRows } from '../session/schema'
import { MOST_SEATS, VIEWS } from './training'

const WORK = new RegExp(`^(${UUID_FORM})(?:/(${UUID_FORM}))?$`)

/** A project, or one of its activities, as one choice: `project` or `project/activity`. */
const work = z
  .string()
  .regex(WORK, 'field.choice')
  .transform((value) => {
    const [, projectId = '', activityId = null] = WORK.exec(value) ?? []
    return { projectId, activityId }
  })

const details = {
  courseId: id('training.no_such_course'),
  work: optional(work),
  trainerAccountId: id('training.no_such_trainer'),
  place: optional(line(300)),
  onlineUrl: optional(webAddress()),
  capacity: wholeNumber(1, MOST_SEATS, 'training.capacity_required'),
  note: optional(lines(2000)),
}

type Where = { place: string | null; onlineUrl: string | null }

function requireWhere({ place, onlineUrl }: Where, ctx: z.RefinementCtx) {
  if (!place && !onlineUrl) ctx.addIssue({ code: 'custom', path: ['place'], message: 'training.place_or_link' })
}

export const TrainingForm = z.object(details).superRefine(requireWhere)
export type TrainingInput = z.output<typeof TrainingForm>

const NewTraining = z.object({ intent: z.literal('save'), ...details, sessions: SessionRows }).superRefine(requireWhere)
export type NewTrainingInput = Omit<z.output<typeof NewTraining>, 'intent'>

/** `add-session` asks for one more row and checks nothing yet. */
export const NewTrainingForm = z.discriminatedUnion('intent', [z.object({ intent: z.literal('add-session') }), NewTraining])

export const CancelTrainingForm = z.object({ reason: line(1000, 'training.reason_required') })

const chosen = id().nullable().catch(null)
/** The filter of the list as the address has it; what is not understood filters nothing. */
export const TrainingsFilterForm = z.object({
  view: z.enum(VIEWS).catch('upcoming'),
  q: z.string().max(200).catch(''),
  course: chosen,
  project: chosen,
  trainer: chosen,
  page: z.coerce.number().int().min(1).catch(1),
})
