import type { AccountActor } from '~/platform/actor'
import { recordEvent } from '~/platform/audit.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { recountSheet } from '../attendance/claims.server'
import { authorize } from '../policy'
import { lockTraining } from '../training/training.server'
import { refusingClosed, sameSpans } from './closed-session.server'
import { refusingTwoPlaces, requireFreeLeader, sessionsOf } from './put-session.server'
import type { SessionInput } from './schema'
import { findSession } from './session.server'
import { plannedSession, requireApart, type PlannedSession, type Span } from './session-times.server'

/**
 * Changes the times, the place and the check-in of a session; its sequence rises, so that calendars follow, and the attended minutes of marks
 * already made are counted anew in the same transaction. Returns how many of them changed. Throws beside the field, and `session.closed`
 * where the sheet is closed and times or breaks would change.
 */
export function moveSession(actor: AccountActor, trainingId: string, sessionId: string, input: SessionInput): Promise<number> {
  return inMunicipality(actor, async (tx) => {
    await findSession(tx, actor, trainingId, sessionId)
    authorize(actor, 'training.manage', null)
    const planned = plannedSession(input, actor.timeZone)
    await lockTraining(tx, trainingId)
    // a roster being saved holds the session; its marks are there before they are counted anew
    await tx.$queryRaw`select "id" from "Session" where "id" = ${sessionId}::uuid for update`
    const { training, session } = await findSession(tx, actor, trainingId, sessionId)
    if (session.cancelledAt) throw new AppError('conflict', 'session.cancelled')
    const others = (await sessionsOf(tx, trainingId)).filter(({ id }) => id !== sessionId)
    requireApart([planned], others, actor.timeZone)
    await requireFreeLeader(tx, actor, session.leaderAccountId, [planned], [sessionId])
    const { startsAt, endsAt } = planned
    const where = input.place || input.onlineUrl ? input : training
    await replaceBreaks(tx, actor, session, planned, async () => {
      await refusingTwoPlaces(actor, planned, 'from', () =>
        tx.session.update({
          where: { id: sessionId },
          data: { startsAt, endsAt, place: where.place, onlineUrl: where.onlineUrl, ...input.checkIn, sequence: { increment: 1 } },
        }),
      )
    })
    const recounted = await recountSheet(tx, sessionId)
    await recordEvent(
      tx,
      actor,
      'session.moved',
      { type: 'session', id: sessionId },
      {
        trainingId,
        from: { startsAt: session.startsAt.toISOString(), endsAt: session.endsAt.toISOString(), place: session.place },
        to: { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), place: where.place },
        breaks: planned.breaks.map((pause) => ({ startsAt: pause.startsAt.toISOString(), endsAt: pause.endsAt.toISOString() })),
        checkIn: input.checkIn ?? null,
        recounted,
      },
    )
    return recounted
  })
}

type WithBreaks = { id: string; breaks: Span[] }

/** Breaks that stay as they are stay untouched, so that a closed session can still be given another place. */
async function replaceBreaks(tx: Tx, actor: AccountActor, session: WithBreaks, { breaks }: PlannedSession, move: () => Promise<void>) {
  const { municipalityId } = actor
  const sessionId = session.id
  const change = !sameSpans(session.breaks, breaks)
  await refusingClosed('session.closed', async () => {
    if (change) await tx.sessionBreak.deleteMany({ where: { sessionId } })
    await move()
    if (change && breaks.length > 0)
      await tx.sessionBreak.createMany({ data: breaks.map((pause) => ({ municipalityId, sessionId, ...pause })) })
  })
}
