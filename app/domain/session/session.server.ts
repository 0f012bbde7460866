import type { AccountActor } from '~/platform/actor'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { dayOf, timeOf } from '~/platform/zoned.server'
import { authorize } from '../policy'
import { findTraining } from '../training/training.server'

/** The session of a training with its breaks, where the actor sees the training. Throws `not_found`. */
export async function findSession(tx: Tx, actor: AccountActor, trainingId: string, sessionId: string) {
  const training = await findTraining(tx, actor, trainingId)
  const session = await tx.session.findFirst({
    where: { id: sessionId, training: { trainingId } },
    include: { breaks: { orderBy: { startsAt: 'asc' } } },
  })
  if (!session) throw new AppError('not_found', 'session.not_found')
  return { training, session }
}

/** A session as its form shows it: day and times in the municipality's zone. Throws `forbidden` for who may not plan. */
export function sessionPage(actor: AccountActor, trainingId: string, sessionId: string) {
  return inMunicipality(actor, async (tx) => {
    const { training, session } = await findSession(tx, actor, trainingId, sessionId)
    authorize(actor, 'training.manage', null)
    const marked = await tx.attendance.count({ where: { sessionId } })
    const time = (instant: Date) => timeOf(instant, actor.timeZone)
    return {
      training: { id: training.id, ...training.course },
      session: {
        id: session.id,
        startsAt: session.startsAt.toISOString(),
        endsAt: session.endsAt.toISOString(),
        date: dayOf(session.startsAt, actor.timeZone),
        from: time(session.startsAt),
        to: time(session.endsAt),
        breaks: session.breaks.map((pause) => ({ from: time(pause.startsAt), to: time(pause.endsAt) })),
        place: session.place,
        onlineUrl: session.onlineUrl,
        checkInOpensMinutes: session.checkInOpensMinutes,
        codeSeconds: session.codeSeconds,
        hasCheckOut: session.hasCheckOut,
        isCancelled: session.cancelledAt !== null,
      },
      marked,
    }
  })
}

/** What the page that adds a session shows. Throws `forbidden` for who may not plan. */
export function newSessionPage(actor: AccountActor, trainingId: string) {
  return inMunicipality(actor, async (tx) => {
    const training = await findTraining(tx, actor, trainingId)
    authorize(actor, 'training.manage', null)
    return { training: { id: training.id, ...training.course }, place: training.place, onlineUrl: training.onlineUrl }
  })
}
