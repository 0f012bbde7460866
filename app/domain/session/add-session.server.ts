import type { AccountActor } from '~/platform/actor'
import { recordEvent } from '~/platform/audit.server'
import { inMunicipality } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { once } from '~/platform/submission.server'
import { authorize } from '../policy'
import { findTraining, lockTraining } from '../training/training.server'
import { putSession, requireFreeLeader, sessionsOf } from './put-session.server'
import type { SessionInput } from './schema'
import { plannedSession, requireApart } from './session-times.server'

/**
 * Adds a session to a training; without a place and link of its own it takes those of the training. Returns the training's path. The
 * same `key` twice adds one session. Throws beside the field for times that cannot be.
 */
export function addSession(actor: AccountActor, trainingId: string, input: SessionInput, key: string | null): Promise<string> {
  return inMunicipality(actor, async (tx) => {
    const training = await findTraining(tx, actor, trainingId)
    authorize(actor, 'training.manage', null)
    return once(tx, actor, key, async () => {
      const planned = plannedSession(input, actor.timeZone)
      const { cancelledAt } = await lockTraining(tx, trainingId)
      if (cancelledAt) throw new AppError('conflict', 'training.cancelled')
      requireApart([planned], await sessionsOf(tx, trainingId), actor.timeZone)
      await requireFreeLeader(tx, actor, training.trainerAccountId, [planned], [])
      const own = input.place || input.onlineUrl ? input : training
      const where = { place: own.place, onlineUrl: own.onlineUrl, checkIn: input.checkIn }
      const sessionId = await putSession(tx, actor, training, planned, where)
      await recordEvent(
        tx,
        actor,
        'session.added',
        { type: 'session', id: sessionId },
        { trainingId, startsAt: planned.startsAt.toISOString(), endsAt: planned.endsAt.toISOString(), breaks: planned.breaks.length },
      )
      return `/trainings/${trainingId}`
    })
  })
}
