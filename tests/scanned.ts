import { checkIn } from '~/domain/check-in/check-in.server'
import { codeAt } from '~/domain/check-in/codes.server'
import { ticketFor } from '~/domain/check-in/ticket.server'
import { atInstant } from '~/platform/clock.server'
import type { Somebody } from './factories'

/** Somebody scans the code of a session's screen (shown for 20 seconds) at a moment and presses the button. */
export const scanned = (who: Somebody, sessionId: string, kind: 'check_in' | 'check_out', at: Date) =>
  atInstant(at, () =>
    checkIn(who.actor, sessionId, ticketFor(who.accountId, { sessionId, code: codeAt(sessionId, 20, at).code, source: 'qr', at }), kind),
  )
