import { authorize, type AccountActor } from '~/domain/policy'
import { clock } from '~/platform/clock.server'
import { inMunicipality } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { rightsIn, sheetRows, trainingOfSheets } from '../attendance/attendance.server'
import { scansOfSession } from './scan.server'

/** The scans of a session's signed sheet beside its register, with what the actor may do there. Throws `not_found`, `forbidden`. */
export function paperBesideRegister(actor: AccountActor, trainingId: string, sessionId: string) {
  return inMunicipality(actor, async (tx) => {
    const training = await trainingOfSheets(tx, actor, trainingId)
    authorize(actor, 'roster.view', training)
    const session = training.sessions.find((one) => one.id === sessionId)
    if (!session) throw new AppError('not_found', 'error.not_found')
    const rows = await sheetRows(tx, actor, training.id, session.id)
    return {
      training: { id: training.id, ...training.course, isEuFunded: training.project?.isEuFunded ?? false },
      sessions: training.sessions.map(({ id, startsAt, endsAt }) => ({ id, startsAt, endsAt })),
      session: { id: session.id, startsAt: session.startsAt, endsAt: session.endsAt, closure: session.closure },
      rows,
      seen: rows.reduce((last, row) => (row.claimId && BigInt(row.claimId) > last ? BigInt(row.claimId) : last), 0n).toString(),
      scans: await scansOfSession(tx, session.id),
      ...rightsIn(actor, training, session, clock.now()),
    }
  })
}
