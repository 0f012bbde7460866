import type { AccountActor } from '~/domain/policy'
import type { Language } from '~/i18n/language'
import { recordEvent } from '~/platform/audit.server'
import { inMunicipality } from '~/platform/db.server'
import { endSessionsOf, sessionsOf, type Principal } from '~/platform/session.server'

/** Changes one's own name, here and for municipalities to come, and the language one is greeted in. */
export function updateAccount(actor: AccountActor, displayName: string, language: Language) {
  const { accountId, municipalityId } = actor
  return inMunicipality(actor, async (tx) => {
    await tx.account.update({ where: { id: accountId }, data: { displayName, language } })
    await tx.membership.updateMany({ where: { accountId, municipalityId }, data: { displayName } })
    const payload = { before: actor.name, after: displayName, language }
    await recordEvent(tx, actor, 'account.updated', { type: 'account', id: accountId }, payload)
  })
}

/** What one sees of one's own account. */
export async function ownAccount(principal: Principal) {
  const sessions = await sessionsOf(principal.accountId, principal.sessionId)
  return {
    name: principal.name,
    login: principal.login,
    language: principal.language,
    places: principal.workPlaces.map(({ municipality, roles }) => ({ municipality, roles })),
    sessions: sessions.map(({ createdAt, isThis }) => ({ createdAt: createdAt.toISOString(), isThis })),
  }
}

/** Ends one's own sessions on other devices; returns how many there were. */
export const endOtherSessions = (principal: Principal) => endSessionsOf(principal.accountId, principal.sessionId)
