import { authorize, type AccountActor } from '~/domain/policy'
import { clock } from '~/platform/clock.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { rightsIn, trainingOfSheets } from './attendance.server'
import type { Record } from './attendance'
import { claimsOf } from './read-claims.server'
import { stateOf, type Claim, type Meeting } from './decision'

const MINUTE_MS = 60_000
/** From how far off a device's clock is worth a word. */
const CLOCK_IS_OFF_MS = 2 * MINUTE_MS

/** One of several things said about a person, to choose from: what it says and what it would come to. */
export type Offer = Pick<Telling, 'authorName' | 'source' | 'isScan'> & { ordinal: number; record: Record; attendedMinutes: number }
type Telling = Awaited<ReturnType<typeof tellings>>[number]

/**
 * Everything claimed about one person in one session, oldest first: who said what, when it was made and when it came, what it replaced
 * and why; what follows from it; what contradicts itself or waits to be taken; and what the actor may do. Throws `not_found`.
 */
export function claimHistory(actor: AccountActor, trainingId: string, sessionId: string, personId: string) {
  return inMunicipality(actor, async (tx) => {
    const training = await trainingOfSheets(tx, actor, trainingId)
    authorize(actor, 'roster.view', training)
    const session = training.sessions.find((one) => one.id === sessionId)
    const enrolment = await tx.enrolment.findFirst({ where: { trainingId: training.id, personId }, select: { person: true, state: true } })
    if (!session || !enrolment) throw new AppError('not_found', 'error.not_found')
    const all = (await claimsOf(tx, sessionId, personId)).get(personId) ?? []
    const state = stateOf(session, all)
    const told = await tellings(tx, sessionId, personId)
    const offer = offers(session, all, told)
    const rights = rightsIn(actor, training, session, clock.now())
    const isInSheet = enrolment.state === 'approved' || all.length > 0
    return {
      training,
      session,
      person: enrolment.person,
      claims: told,
      seen: told.at(-1)?.id ?? '0',
      record: state.record,
      attendedMinutes: state.attendedMinutes,
      arrivedAt: state.arrivedAt,
      leftAt: state.leftAt,
      lacksScan: state.lacksScan,
      conflict: offer(state.conflict),
      proposals: offer(state.proposals),
      canCorrect: rights.canCorrect && isInSheet,
      needsReason: rights.needsReason || session.closure !== null,
    }
  })
}

async function tellings(tx: Tx, sessionId: string, personId: string) {
  const rows = await tx.attendanceClaim.findMany({ where: { sessionId, personId }, orderBy: { id: 'asc' } })
  const ordinals = new Map(rows.map(({ id }, index) => [id, index + 1]))
  return rows.map((row) => {
    const madeAt = row.madeAt ?? row.receivedAt
    return {
      id: String(row.id),
      ordinal: ordinals.get(row.id)!,
      kind: row.kind,
      source: row.source,
      mark: row.mark,
      lateMinutes: row.lateMinutes,
      leftEarlyMinutes: row.leftEarlyMinutes,
      madeAt,
      receivedAt: row.receivedAt,
      waitedOnDevice: +row.receivedAt - +madeAt >= MINUTE_MS && row.deviceAt !== null,
      deviceAt: row.deviceAt && Math.abs(+row.deviceAt - +madeAt) > CLOCK_IS_OFF_MS ? row.deviceAt : null,
      authorName: row.authorName,
      reason: row.reason,
      isScan: row.kind === 'check_in' || row.kind === 'check_out',
      replaces: row.basedOn.flatMap((id) => ordinals.get(id) ?? []).sort((a, b) => a - b),
    }
  })
}

/** Claims as things to choose from. All scans together are one: they show one stay. */
function offers(meeting: Meeting, all: Claim[], told: Telling[]) {
  const scans = stateOf(
    meeting,
    all.filter(({ kind }) => kind === 'check_in' || kind === 'check_out'),
  )
  return (claims: Claim[]): Offer[] => {
    let isScanOffered = false
    return claims.flatMap((claim) => {
      const { ordinal, authorName, source, isScan } = told.find(({ id }) => id === claim.id)!
      const who = { ordinal, authorName, source, isScan }
      if (!isScan) {
        const { record, attendedMinutes } = stateOf(meeting, [{ ...claim, kind: 'mark', basedOn: [] }])
        return [{ ...who, record: record!, attendedMinutes }]
      }
      if (isScanOffered || !scans.record) return []
      isScanOffered = true
      return [{ ...who, record: scans.record, attendedMinutes: scans.attendedMinutes }]
    })
  }
}
