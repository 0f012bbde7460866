import type { Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'

/**
 * Finds or makes the account of a login; returns its id and whether it is new. Throws `conflict` where the login is taken and nobody has
 * confirmed that it is the same person: user names of two municipalities may well be two people.
 */
export async function putAccount(tx: Tx, login: string, displayName: string, isSamePerson: boolean) {
  const [made] = await tx.$queryRaw<{ id: string }[]>`
    insert into "Account" ("login", "displayName") values (${login}, ${displayName}) on conflict ("login") do nothing returning "id"`
  if (made) return { accountId: made.id, isNew: true }
  const known = await tx.account.findUniqueOrThrow({ where: { login }, select: { id: true } })
  if (!isSamePerson) throw new AppError('conflict', 'account.login_taken', { field: 'login' })
  return { accountId: known.id, isNew: false }
}
