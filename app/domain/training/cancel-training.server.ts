import type { AccountActor } from '~/platform/actor'
import { recordEvent } from '~/platform/audit.server'
import { clock } from '~/platform/clock.server'
import { inMunicipality } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { once } from '~/platform/submission.server'
import { OPEN_STATES } from '../enrolment/enrolment'
import { authorize } from '../policy'
import { refusingClosed } from '../session/closed-session.server'
import { findTraining, lockTraining } from './training.server'

/** What the page that asks before a training is cancelled shows. Throws `forbidden`. */
export function cancelTrainingPage(actor: AccountActor, trainingId: string) {
  return inMunicipality(actor, async (tx) => {
    const training = await findTraining(tx, actor, trainingId)
    authorize(actor, 'training.manage', null)
    const people = await tx.enrolment.count({ where: { trainingId, state: { in: [...OPEN_STATES] } } })
    const sessions = await tx.session.count({ where: { training: { trainingId }, cancelledAt: null } })
    return { training: { id: training.id, ...training.course }, isCancelled: training.cancelledAt !== null, people, sessions }
  })
}

/** Cancels a training with all its sessions; enrolments stay as they are. Returns the training's path, also to the same `key` again. Throws `training.has_attendance` where somebody was marked, and `training.has_closed_session` as `cancelSession` does. */
export function cancelTraining(actor: AccountActor, trainingId: string, reason: string, key: string | null = null): Promise<string> {
  return inMunicipality(actor, async (tx) => {
    await findTraining(tx, actor, trainingId)
    authorize(actor, 'training.manage', null)
    return once(tx, actor, key, async () => {
      const { cancelledAt } = await lockTraining(tx, trainingId)
      if (cancelledAt) throw new AppError('conflict', 'training.cancelled')
      await tx.$queryRaw`
      select s."id" from "Session" s join "TrainingSession" t on t."sessionId" = s."id" where t."trainingId" = ${trainingId}::uuid order by s."id" for update of s`
      const marked = await tx.attendance.count({ where: { session: { training: { trainingId } } } })
      if (marked > 0) throw new AppError('conflict', 'training.has_attendance')
      const now = clock.now()
      await tx.training.update({ where: { id: trainingId }, data: { cancelledAt: now }, select: { id: true } })
      const { count } = await refusingClosed('training.has_closed_session', () =>
        tx.session.updateMany({
          where: { training: { trainingId }, cancelledAt: null },
          data: { cancelledAt: now, sequence: { increment: 1 } },
        }),
      )
      await recordEvent(tx, actor, 'training.cancelled', { type: 'training', id: trainingId }, { reason, sessions: count })
      return `/trainings/${trainingId}`
    })
  })
}
