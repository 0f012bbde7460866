import type { AccountActor } from '~/platform/actor'
import { recordEvent } from '~/platform/audit.server'
import { clock } from '~/platform/clock.server'
import { inMunicipality } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { once } from '~/platform/submission.server'
import { authorize } from '../policy'
import { lockTraining } from '../training/training.server'
import { refusingClosed } from './closed-session.server'
import { findSession } from './session.server'

/** Cancels a session: its row stays, the trainer is free at that time again. Returns the training's path, also to the same `key` again. Throws `session.has_attendance` where somebody was marked, and `session.closed_takes_place` should there be a closed sheet without anybody: no closing makes one, but the database has no rule against it. */
export function cancelSession(
  actor: AccountActor,
  trainingId: string,
  sessionId: string,
  reason: string,
  key: string | null = null,
): Promise<string> {
  return inMunicipality(actor, async (tx) => {
    await findSession(tx, actor, trainingId, sessionId)
    authorize(actor, 'training.manage', null)
    return once(tx, actor, key, async () => {
      await lockTraining(tx, trainingId)
      await tx.$queryRaw`select "id" from "Session" where "id" = ${sessionId}::uuid for update`
      const { session } = await findSession(tx, actor, trainingId, sessionId)
      if (session.cancelledAt) throw new AppError('conflict', 'session.cancelled')
      if ((await tx.attendance.count({ where: { sessionId } })) > 0) throw new AppError('conflict', 'session.has_attendance')
      await refusingClosed('session.closed_takes_place', () =>
        tx.session.update({ where: { id: sessionId }, data: { cancelledAt: clock.now(), sequence: { increment: 1 } } }),
      )
      await recordEvent(
        tx,
        actor,
        'session.cancelled',
        { type: 'session', id: sessionId },
        { trainingId, startsAt: session.startsAt.toISOString(), endsAt: session.endsAt.toISOString(), reason },
      )
      return `/trainings/${trainingId}`
    })
  })
}
