import type { AccountActor } from '~/domain/policy'
import { recordEvent, type Subject } from '~/platform/audit.server'
import { inMunicipality } from '~/platform/db.server'
import { requireWithin, useUp } from '~/platform/limits.server'

/** What wrong codes are counted for: an account before one session, or one that typed a code of no session. */
const counted = (actor: AccountActor, sessionId: string | null) => `${actor.accountId}:${sessionId ?? ''}`

/** Throws `rate_limited` once the account has sent too many wrong codes: from then on also a right one is not looked at. */
export const requireFewWrongCodes = (actor: AccountActor, sessionId: string | null) =>
  requireWithin('checkInCode', counted(actor, sessionId))

/** Counts a wrong code. The last one there is leaves an alarm in the audit trail, once however many come at the same moment. */
export async function countWrongCode(actor: AccountActor, sessionId: string | null): Promise<void> {
  const left = await useUp('checkInCode', counted(actor, sessionId))
  if (left > 0) return
  const subject: Subject = sessionId ? { type: 'session', id: sessionId } : { type: 'account', id: actor.accountId }
  await inMunicipality(actor, (tx) => recordEvent(tx, actor, 'check_in.codes_guessed', subject, { accountId: actor.accountId }))
}
