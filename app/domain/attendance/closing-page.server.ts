import { authorize, type AccountActor } from '~/domain/policy'
import { clock } from '~/platform/clock.server'
import { inMunicipality } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { scheduledMinutes } from './attendance'
import { rightsIn, sheetRows, trainingOfSheets, type SheetRow } from './attendance.server'

/**
 * What the closing of a session's sheet would freeze: how many of each mark, who is missing a mark or a scan, whose marks contradict each
 * other, and under whose statement. Throws `not_found` and `forbidden`.
 */
export function closingPage(actor: AccountActor, trainingId: string, sessionId: string) {
  return inMunicipality(actor, async (tx) => {
    const training = await trainingOfSheets(tx, actor, trainingId)
    authorize(actor, 'sheet.close', training)
    const session = training.sessions.find(({ id }) => id === sessionId)
    if (!session) throw new AppError('not_found', 'error.not_found')
    const { leader } = await tx.session.findUniqueOrThrow({
      where: { id: session.id },
      select: { leader: { select: { displayName: true } } },
    })
    const rows = await sheetRows(tx, actor, training.id, session.id)
    const marked = (mark: SheetRow['mark']) => rows.filter((row) => row.mark === mark).length
    const people = (is: (row: SheetRow) => boolean) =>
      rows.filter(is).map(({ personId, givenName, middleName, familyName, position, unit, number }) => ({
        personId,
        givenName,
        middleName,
        familyName,
        position,
        unit,
        number,
      }))
    const now = clock.now()
    return {
      training,
      session,
      scheduled: scheduledMinutes(session, session.breaks),
      total: rows.length,
      tally: { present: marked('present'), absent: marked('absent'), excused: marked('excused') },
      missing: {
        unmarked: people((row) => row.isEnrolled && row.mark === null),
        conflicting: people((row) => row.isConflicting),
        lacking: people((row) => row.lacksScan),
      },
      isOver: session.endsAt <= now,
      leader: leader.displayName,
      isOwn: session.leaderAccountId === actor.accountId,
      canClose: rightsIn(actor, training, session, now).canClose && rows.length > 0,
    }
  })
}
