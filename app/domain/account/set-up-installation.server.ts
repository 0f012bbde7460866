import { addAdmin, addMunicipality, codeTaken, type NewMunicipality } from '~/domain/municipality/add-municipality.server'
import { randomUUID } from 'node:crypto'
import { recordInstallationEvent } from '~/platform/audit.server'
import { inInstallation } from '~/platform/db.server'
import { violated } from '~/platform/db-errors.server'
import { environment } from '~/platform/environment.server'
import { AppError } from '~/platform/errors'
import { giveBack, useUp } from '~/platform/limits.server'
import { startSession } from '~/platform/session.server'
import { passwordFault } from './password'
import { hashPassword } from './password-hash.server'
import { isSetupCode, needsSetup } from './setup-code.server'

type Input = NewMunicipality & { code: string; login: string; displayName: string; newPassword: string; asAdmin: boolean }

/**
 * Makes the administrator of the installation and the first municipality, with the same account as its administrator if wished; returns
 * the `set-cookie` value of its session. Throws `not_found` once there is an administrator (of two at once one wins), `invalid` for a
 * wrong code or a poor password, `rate_limited` after too many codes from one address.
 */
export async function setUpInstallation(input: Input, address: string): Promise<string> {
  if (!(await needsSetup())) throw new AppError('not_found', 'error.not_found')
  await useUp('setup', address)
  if (!isSetupCode(input.code)) throw new AppError('invalid', 'account.setup_code_wrong', { field: 'code' })
  await giveBack('setup', address)
  const fault = passwordFault(input.newPassword, input.login, environment.isDemo)
  if (fault) throw new AppError('invalid', fault, { field: 'newPassword' })
  const passwordHash = await hashPassword(input.newPassword)
  const account = { id: randomUUID(), displayName: input.displayName }
  const actor = { kind: 'account', accountId: account.id, name: input.displayName, installation: true } as const
  try {
    await inInstallation(actor, async (tx) => {
      await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('installation.set_up'))`
      if ((await tx.installationGrant.count()) > 0) throw new AppError('not_found', 'error.not_found')
      await tx.account.create({ data: { ...account, login: input.login, passwordHash } })
      await tx.installationGrant.create({ data: { accountId: account.id } })
      const municipality = await addMunicipality(tx, actor, input)
      if (input.asAdmin) await addAdmin(tx, actor, municipality.id, account)
      await recordInstallationEvent(tx, actor, 'installation.set_up', { type: 'account', id: account.id }, { login: input.login })
    })
  } catch (error) {
    if (violated(error, 'Municipality_nsiCode_key')) throw codeTaken()
    throw violated(error, 'Account_login_key') ? new AppError('conflict', 'account.login_exists', { field: 'login' }) : error
  }
  return startSession(account.id)
}
