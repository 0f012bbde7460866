import { randomBytes } from 'node:crypto'
import { clock } from '~/platform/clock.server'
import type { Tx } from '~/platform/db.server'
import { environment } from '~/platform/environment.server'
import { hashToken } from '~/platform/session.server'

const LIFE_DAYS = 7

/** Makes the one-time link with which an account sets its password, good for seven days, and ends older ones. Returns the token; only its hash is kept. */
export async function makePasswordLink(tx: Tx, accountId: string, municipalityId: string): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await tx.passwordLink.deleteMany({ where: { accountId, usedAt: null } })
  await tx.passwordLink.create({
    data: { id: hashToken(token), accountId, municipalityId, expiresAt: new Date(clock.now().getTime() + LIFE_DAYS * 86_400_000) },
  })
  return token
}

/** Whether the account is not this municipality's alone: then its administrators make no link that would take it over. */
export async function worksElsewhere(tx: Tx, accountId: string, municipalityId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ elsewhere: boolean }[]>`
    select account_works_elsewhere(${accountId}::uuid, ${municipalityId}::uuid) as elsewhere`
  return row!.elsewhere
}

/** The address people open, at the installation's own address; where BASE_URL is unset, at the one the administrator uses. */
export const linkAddress = (token: string, requestUrl: string) =>
  `${environment.baseUrl?.origin ?? new URL(requestUrl).origin}/invite/${token}`
