import { clock } from '~/platform/clock.server'
import { sealed, unsealed } from '~/platform/seal.server'

const LIFE_MS = 15 * 60_000
export const SCAN_LIFE_SECONDS = LIFE_MS / 1000

/** That a code came to us: whose session, by which way, and when by our clock. */
export type Scan = { sessionId: string; code: string; source: 'qr' | 'code'; at: Date }

type Sealed = { session: string; code: string; source: Scan['source']; at: number }

const seal = (purpose: string, { sessionId, code, source, at }: Scan) =>
  sealed(purpose, { session: sessionId, code, source, at: +at } satisfies Sealed)

function unseal(purpose: string, text: string): Scan | null {
  const found = unsealed(purpose, text) as Sealed | null
  const age = found ? +clock.now() - found.at : -1
  return found && age >= 0 && age <= LIFE_MS
    ? { sessionId: found.session, code: found.code, source: found.source, at: new Date(found.at) }
    : null
}

/** The proof of a scan that a browser keeps while its owner signs in; it says nothing of whether the code was right. */
export const keptScan = (scan: Scan): string => seal('scan', scan)
/** The scan a browser has kept; null after 15 minutes, for one of times to come, and for what is not ours. */
export const readKeptScan = (text: string): Scan | null => unseal('scan', text)

/** The ticket that a page gives to one account once the code was found right; the form sends it back. */
export const ticketFor = (accountId: string, scan: Scan): string => seal(`ticket:${accountId}`, scan)
/** The scan of a ticket given to this account for this session, else null. */
export function readTicket(accountId: string, sessionId: string, text: string): Scan | null {
  const scan = unseal(`ticket:${accountId}`, text)
  return scan?.sessionId === sessionId ? scan : null
}
