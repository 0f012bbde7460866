import { recordEvent } from '~/platform/audit.server'
import { clock } from '~/platform/clock.server'
import { inMunicipality, outsideMunicipalities } from '~/platform/db.server'
import { environment } from '~/platform/environment.server'
import { AppError } from '~/platform/errors'
import { startSession } from '~/platform/session.server'
import { openLink } from './invitation.server'
import { ownActor } from './own-actor.server'
import { passwordFault } from './password'
import { hashPassword } from './password-hash.server'

/**
 * Sets the password of the account a one-time link is for, uses the link up, ends the account's running sessions and begins one.
 * Returns its language and the `set-cookie` value. Throws `not_found` for a link that cannot be used, `invalid` for a poor password.
 */
export async function acceptInvitation(token: string, password: string) {
  const offered = await outsideMunicipalities((db) => openLink(db, token))
  if (!offered) throw new AppError('not_found', 'account.link_unknown')
  const fault = passwordFault(password, offered.account.login, environment.isDemo)
  if (fault) throw new AppError('invalid', fault, { field: 'newPassword' })
  const passwordHash = await hashPassword(password)
  await inMunicipality(offered, async (tx) => {
    const used = await tx.passwordLink.updateMany({ where: { id: offered.id, usedAt: null }, data: { usedAt: clock.now() } })
    if (used.count === 0) throw new AppError('not_found', 'account.link_unknown')
    await tx.account.update({ where: { id: offered.accountId }, data: { passwordHash } })
    await tx.loginSession.deleteMany({ where: { accountId: offered.accountId } })
    const author = await ownActor(tx, offered.account, offered.municipalityId)
    await recordEvent(tx, author, 'account.password_set', { type: 'account', id: offered.accountId })
  })
  return { language: offered.account.language, sessionCookie: await startSession(offered.accountId, offered.municipalityId) }
}
