import { createHash } from 'node:crypto'
import type { AccountActor } from '~/domain/policy'
import { recordEvent } from '~/platform/audit.server'
import { clock } from '~/platform/clock.server'
import { afterCommit, inMunicipality, type Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { tellNews } from '~/platform/live.server'
import { writeClaims } from '../attendance/claims.server'
import { verdictOn, type Refusal } from '../attendance/decision'
import { ATTENDANCE_NEWS } from '../attendance/news'
import { findDoor } from './door.server'
import { readTicket, type Scan } from './ticket.server'

/** The key of a way in is the person's own, so that there is one a session; that of a way out is its scan's, of a mark let in its moment's. */
export function scanKey(kind: 'check_in' | 'check_out' | 'mark', sessionId: string, personId: string, at: Date): string {
  const named = `${kind}:${sessionId}:${personId}:${kind === 'check_in' ? '' : +at}`
  return createHash('sha256')
    .update(named)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
}

export type CheckedIn = { is: 'recorded' | 'known' } | { is: 'refused'; refusal: Refusal }

/**
 * Records that the actor's person came in, or went out, at the moment of the scan the ticket proves: one claim, what the claims amount
 * to, one audit event. The same again changes nothing and answers `known`. A scan that does not count is kept as refused, for the
 * trainer to see. Throws `check_in.ticket` for a ticket that is over, forged, or given to somebody else or for another session.
 */
export function checkIn(actor: AccountActor, sessionId: string, ticket: string, kind: 'check_in' | 'check_out'): Promise<CheckedIn> {
  return inMunicipality(actor, async (tx) => {
    const { sheet, isEnrolled, claims } = await findDoor(tx, actor, sessionId, { lock: true })
    const scan = readTicket(actor.accountId, sessionId, ticket)
    if (!scan) throw new AppError('conflict', 'check_in.ticket')
    const personId = actor.personId!
    const key = scanKey(kind, sessionId, personId, scan.at)
    if (claims.some((claim) => claim.key === key)) return { is: 'known' }
    const verdict = verdictOn(sheet, { kind, at: scan.at, receivedAt: clock.now(), isEnrolled, hasReason: false })
    if ('refuse' in verdict) {
      await keepRefused(tx, actor, scan, verdict.refuse)
      return { is: 'refused', refusal: verdict.refuse }
    }
    const draft = { personId, key, mark: null, lateMinutes: 0, leftEarlyMinutes: 0, basedOn: [] }
    const telling = { kind, source: scan.source, at: scan.at }
    const { first } = await writeClaims(tx, actor, sheet, new Map([[personId, claims]]), telling, [draft])
    const said = { personId, claim: first, source: scan.source, scannedAt: scan.at.toISOString() }
    await recordEvent(tx, actor, kind === 'check_in' ? 'check_in.recorded' : 'check_in.left', { type: 'session', id: sessionId }, said)
    return { is: 'recorded' }
  })
}

/** Once a person, session and reason: pressing again tells nobody anything new. */
async function keepRefused(tx: Tx, actor: AccountActor, { sessionId, source, at }: Scan, reason: Refusal) {
  const personId = actor.personId!
  const kept = await tx.$executeRaw`
    insert into "RefusedCheckIn" ("municipalityId", "sessionId", "personId", "accountId", "source", "reason", "scannedAt")
    values (${actor.municipalityId}::uuid, ${sessionId}::uuid, ${personId}::uuid, ${actor.accountId}::uuid, ${source}::"ClaimSource", ${reason}, ${at})
    on conflict ("sessionId", "personId", "reason") do nothing`
  if (kept === 0) return
  afterCommit(tx, () => tellNews(ATTENDANCE_NEWS, sessionId))
  const said = { personId, reason, source, scannedAt: at.toISOString() }
  await recordEvent(tx, actor, 'check_in.refused', { type: 'session', id: sessionId }, said)
}
