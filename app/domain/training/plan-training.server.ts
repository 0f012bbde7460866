import type { AccountActor } from '~/platform/actor'
import { recordEvent } from '~/platform/audit.server'
import { inMunicipality } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { once } from '~/platform/submission.server'
import { authorize, can } from '../policy'
import { putSession, requireFreeLeader } from '../session/put-session.server'
import { plannedSession, requireApart } from '../session/session-times.server'
import type { NewTrainingInput } from './schema'
import { requireChoices, trainerChoices, trainingChoices } from './training-choices.server'

/**
 * What the page that plans a training offers. `from` is the project or course whose page led here; it is chosen where it is one of those
 * offered, else passed over. Throws `forbidden`.
 */
export async function newTrainingPage(actor: AccountActor, from: { projectId?: string | null; courseId?: string | null } = {}) {
  authorize(actor, 'training.manage', null)
  const [choices, trainers] = await Promise.all([inMunicipality(actor, (tx) => trainingChoices(tx, actor)), trainerChoices(actor)])
  const project = choices.projects.find(({ id }) => id === from.projectId) ?? null
  const course = choices.courses.find(({ id }) => id === from.courseId) ?? null
  return { ...choices, trainers, from: { project, course }, may: { addTrainer: can(actor, 'account.manage', null) } }
}

/**
 * Plans a training with its sessions and breaks, all or nothing; returns its path. The same `key` twice plans one. Throws beside the
 * field for choices that are not offered and times that cannot be: skipped, overlapping, or taken for the trainer.
 */
export async function planTraining(actor: AccountActor, input: NewTrainingInput, key: string | null): Promise<string> {
  authorize(actor, 'training.manage', null)
  const { courseId, work, trainerAccountId, place, onlineUrl, capacity, note, sessions } = input
  if (sessions.length === 0) throw new AppError('invalid', 'training.no_session', { field: 'sessions[0].date' })
  const planned = sessions.map((typed) => plannedSession(typed, actor.timeZone))
  requireApart(planned, [], actor.timeZone)
  return inMunicipality(actor, (tx) =>
    once(tx, actor, key, async () => {
      await requireChoices(tx, actor, input)
      await requireFreeLeader(tx, actor, trainerAccountId, planned, [])
      const training = await tx.training.create({
        data: {
          municipalityId: actor.municipalityId,
          courseId,
          projectId: work?.projectId ?? null,
          activityId: work?.activityId ?? null,
          trainerAccountId,
          place,
          onlineUrl,
          capacity,
          note,
        },
      })
      for (const session of planned) await putSession(tx, actor, training, session, { place, onlineUrl })
      await recordEvent(
        tx,
        actor,
        'training.planned',
        { type: 'training', id: training.id },
        {
          courseId,
          projectId: training.projectId,
          activityId: training.activityId,
          trainerAccountId,
          capacity,
          place,
          onlineUrl,
          sessions: planned.map(({ startsAt, endsAt }) => ({ startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() })),
        },
      )
      return `/trainings/${training.id}`
    }),
  )
}
