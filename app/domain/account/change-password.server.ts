import { recordEvent, recordInstallationEvent } from '~/platform/audit.server'
import { inInstallation, inMunicipality, outsideMunicipalities, type Tx } from '~/platform/db.server'
import { environment } from '~/platform/environment.server'
import { AppError } from '~/platform/errors'
import { forgive, useUp } from '~/platform/limits.server'
import { startSession, type Principal } from '~/platform/session.server'
import { passwordFault } from './password'
import { hashPassword, isPasswordOf } from './password-hash.server'

/**
 * Changes the password of whoever is signed in, ends all their sessions and begins a new one; returns its `set-cookie` value. Throws
 * `invalid` for a wrong present password or a poor new one, `rate_limited` after too many wrong ones.
 */
export async function changePassword(principal: Principal, current: string, password: string): Promise<string> {
  const { accountId, login, actor } = principal
  await useUp('loginByName', login)
  const account = await outsideMunicipalities((db) => db.account.findUniqueOrThrow({ where: { id: accountId } }))
  if (!(await isPasswordOf(account.passwordHash, current)))
    throw new AppError('invalid', 'account.password_wrong', { field: 'currentPassword' })
  await forgive('loginByName', login)
  const fault = passwordFault(password, login, environment.isDemo)
  if (fault) throw new AppError('invalid', fault, { field: 'newPassword' })
  const passwordHash = await hashPassword(password)
  const subject = { type: 'account', id: accountId }
  async function change(tx: Tx) {
    await tx.account.update({ where: { id: accountId }, data: { passwordHash } })
    await tx.loginSession.deleteMany({ where: { accountId } })
    await tx.passwordLink.deleteMany({ where: { accountId, usedAt: null } })
  }
  if (actor)
    await inMunicipality(actor, async (tx) => {
      await change(tx)
      await recordEvent(tx, actor, 'account.password_changed', subject)
    })
  else {
    const installation = { kind: 'account', accountId, name: principal.name, installation: true } as const
    await inInstallation(installation, async (tx) => {
      await change(tx)
      if (principal.isInstallationAdmin) await recordInstallationEvent(tx, installation, 'account.password_changed', subject)
    })
  }
  return startSession(accountId, actor?.municipalityId)
}
