import { clock } from '~/platform/clock.server'
import { outsideMunicipalities, type Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { requireWithin, useUp } from '~/platform/limits.server'
import { hashToken } from '~/platform/session.server'
import { worksElsewhere } from './password-link.server'

/** A token as `makePasswordLink` makes them. */
const TOKEN = /^[\w-]{43}$/

/**
 * Returns the link that may still be used, with its account and municipality, or null: unknown, used, replaced by a newer one, expired,
 * or grown beyond its municipality (whoever has a password and works elsewhere too is not reset by one administrator).
 */
export async function openLink(tx: Tx, token: string) {
  if (!TOKEN.test(token)) return null
  const link = await tx.passwordLink.findFirst({
    where: { id: hashToken(token), usedAt: null, expiresAt: { gt: clock.now() } },
    include: { account: true, municipality: { select: { name: true } } },
  })
  if (!link?.municipalityId) return null
  if (link.account.passwordHash && (await worksElsewhere(tx, link.accountId, link.municipalityId))) return null
  return { ...link, municipalityId: link.municipalityId }
}

/** Returns whom an invitation is for; throws `not_found` for one that cannot be used, and `rate_limited` after many of those from one address. */
export async function findInvitation(token: string, address: string) {
  await requireWithin('invitation', address)
  const link = await outsideMunicipalities((db) => openLink(db, token))
  if (!link) {
    await useUp('invitation', address)
    throw new AppError('not_found', 'account.link_unknown')
  }
  return {
    login: link.account.login,
    municipality: link.municipality?.name ?? '',
    isNew: link.account.passwordHash === null,
  }
}
