import { outsideMunicipalities } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { forgive, giveBack, useUp } from '~/platform/limits.server'
import { startSession } from '~/platform/session.server'
import { loginOf } from './login'
import { isPasswordOf } from './password-hash.server'

/**
 * Begins a session for login and password; returns the account's language and the `set-cookie` value. Throws `invalid` with one and
 * the same sentence for an unknown login, a wrong password and an account that has none yet, and `rate_limited` after too many
 * failures. An attempt is counted before it is looked at, so that many at once do not slip through, and given back when it succeeds.
 */
export async function signInAccount(typedLogin: string, password: string, address: string) {
  const login = loginOf(typedLogin)
  await useUp('loginByAddress', address)
  await useUp('loginByName', login)
  const account = await outsideMunicipalities((db) =>
    db.account.findUnique({ where: { login }, select: { id: true, language: true, passwordHash: true } }),
  )
  const isRight = await isPasswordOf(account?.passwordHash, password)
  if (!account || !isRight) throw new AppError('invalid', 'account.wrong_login')
  await forgive('loginByName', login)
  await giveBack('loginByAddress', address)
  return { accountId: account.id, language: account.language, sessionCookie: await startSession(account.id) }
}
