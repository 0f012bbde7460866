import { authorize, type AccountActor } from '~/domain/policy'
import { recordEvent } from '~/platform/audit.server'
import { clock } from '~/platform/clock.server'
import { inMunicipality } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import type { Record } from './attendance'
import { findSheet, writeClaims } from './claims.server'
import { claimsOf } from './read-claims.server'
import { basisIn, isLateEntry, stateOf, verdictOn } from './decision'
import { refused } from './refused'

export type Correction = {
  trainingId: string
  sessionId: string
  personId: string
  record: Record
  reason: string | null
  /** The last claim about the person that the page showed; 0 for none. */
  seen: string
  key: string
}

/**
 * The last word about one person: settles claims that contradict each other, takes or leaves a proposed mark, and in a closed sheet is
 * a correction, for which a reason is needed. It replaces every claim there is about the person. The same key again changes nothing.
 * Throws `not_found`, `forbidden`, `conflict` when something was claimed since `seen`, and beside `reason` where it is missing.
 */
export function correctAttendance(actor: AccountActor, correction: Correction): Promise<void> {
  const { sessionId, personId, record, key } = correction
  const reason = correction.reason?.trim() || null
  return inMunicipality(actor, async (tx) => {
    const sheet = await findSheet(tx, actor, sessionId, { lock: true })
    if (sheet.trainingId !== correction.trainingId) throw new AppError('not_found', 'error.not_found')
    authorize(actor, 'attendance.record', sheet)
    const claims = (await claimsOf(tx, sessionId, personId)).get(personId) ?? []
    if (claims.some((claim) => claim.key === key)) return
    const isEnrolled = (await tx.enrolment.count({ where: { trainingId: sheet.trainingId, personId, state: 'approved' } })) > 0
    const now = clock.now()
    const kind = sheet.closedAt ? 'correction' : 'mark'
    const verdict = verdictOn(sheet, { kind, at: now, receivedAt: now, isEnrolled: isEnrolled || claims.length > 0, hasReason: !!reason })
    if ('refuse' in verdict) throw refused(verdict.refuse)
    if (claims.some(({ id }) => BigInt(id!) > BigInt(correction.seen)))
      throw new AppError('conflict', 'attendance.changed_meanwhile', { isTold: 1 })
    const before = stateOf(sheet, claims)
    const draft = { personId, key, ...record, basedOn: basisIn(claims) }
    const source = kind === 'mark' && isLateEntry(sheet, now) ? 'late_entry' : 'roster'
    const { first } = await writeClaims(tx, actor, sheet, new Map([[personId, claims]]), { kind, source, at: now, reason }, [draft])
    await recordEvent(
      tx,
      actor,
      before.conflict.length > 0 ? 'attendance.settled' : 'attendance.corrected',
      { type: 'session', id: sessionId },
      { personId, claim: first, from: before.record, to: record, reason },
    )
  })
}
