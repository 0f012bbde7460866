import type { AccountActor } from '~/domain/policy'
import { fullName } from '~/i18n/format'
import { clock } from '~/platform/clock.server'
import { inMunicipality } from '~/platform/db.server'
import { opensAt, scansOpenAt, verdictOn, type Refusal } from '../attendance/decision'
import { judgeCode } from './codes.server'
import { findDoor, scansOf, type Door } from './door.server'
import { ticketFor, type Scan } from './ticket.server'
import { countWrongCode, requireFewWrongCodes } from './wrong-codes.server'

export type ScanState = { is: 'good'; ticket: string } | { is: 'expired'; until: Date } | { is: 'wrong' }

/**
 * The page of one person before one session. `scan` is the code that brought him, null without one; it is judged by its own moment.
 * Records nothing of anybody's presence. A wrong code is counted against the account's limit, and the last one there is leaves the alarm:
 * the answer itself says whether a code was right, so only whoever answers can count the guesses. Throws `not_found`, `check_in.no_person`, and `rate_limited` after too many wrong codes.
 */
export async function checkInPage(actor: AccountActor, sessionId: string, scan: Scan | null) {
  if (scan) await requireFewWrongCodes(actor, sessionId)
  const door = await inMunicipality(actor, (tx) => findDoor(tx, actor, sessionId))
  const { sheet } = door
  const state = scan && (await stateOfScan(actor, door, scan))
  const scanned = scansOf(door.claims)
  const now = clock.now()
  const next = scanned.in && sheet.hasCheckOut ? 'check_out' : 'check_in'
  const at = state?.is === 'good' ? scan!.at : now
  const verdict = verdictOn(sheet, { kind: next, at, receivedAt: now, isEnrolled: door.isEnrolled, hasReason: false })
  return {
    session: {
      id: sheet.sessionId,
      startsAt: sheet.startsAt,
      endsAt: sheet.endsAt,
      opensAt: opensAt(sheet),
      scansFrom: scansOpenAt(sheet),
      place: door.place,
      onlineUrl: door.onlineUrl,
      hasCheckOut: sheet.hasCheckOut,
    },
    training: { id: sheet.trainingId, title: door.title, titleEn: door.titleEn, trainer: door.trainer, isEuFunded: door.isEuFunded },
    person: fullName(door.person),
    /** When the person came in and went out, by the scans; a scan before the opening counts from `session.opensAt`. */
    scanned,
    isEarly: scanned.in ? scanned.in < opensAt(sheet) : at < opensAt(sheet),
    counts: scanned.in ? now >= opensAt(sheet) : false,
    scan: state,
    /** What the button would record; null when there is nothing more to record. */
    next: scanned.in && !sheet.hasCheckOut ? null : next,
    refusal: 'refuse' in verdict ? (verdict.refuse as Refusal) : null,
    /** The trainer was told of this refusal before. */
    isTold: 'refuse' in verdict && door.told.includes(verdict.refuse),
  } as const
}

async function stateOfScan(actor: AccountActor, { sheet, codeSeconds }: Door, scan: Scan): Promise<ScanState> {
  const verdict = judgeCode(sheet.sessionId, codeSeconds, scan.code, scan.at)
  if (verdict.is === 'good') return { is: 'good', ticket: ticketFor(actor.accountId, scan) }
  if (verdict.is === 'wrong') await countWrongCode(actor, sheet.sessionId)
  return verdict
}
