import type { AccountActor } from '~/domain/policy'
import { sealed, unsealed } from '~/platform/seal.server'

/** What a roster shown to somebody was like: drawn when, in milliseconds, and with which last claim of the session. */
export type DrawnPage = { at: number; seen: string }

const purpose = ({ accountId }: AccountActor, sessionId: string) => `drawn:${accountId}:${sessionId}`

/** The proof of it, for the marks that are made on the page. It has no end: a page may be kept on a device for days without a line. */
export const sealedPage = (actor: AccountActor, sessionId: string, page: DrawnPage): string => sealed(purpose(actor, sessionId), page)

/** The page that was drawn for this account and session, else null. */
export const drawnPage = (actor: AccountActor, sessionId: string, seal: string): DrawnPage | null =>
  unsealed(purpose(actor, sessionId), seal) as DrawnPage | null
