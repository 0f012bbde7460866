import type { AccountActor } from '~/domain/policy'
import { recordEvent } from '~/platform/audit.server'
import { clock } from '~/platform/clock.server'
import { inMunicipality } from '~/platform/db.server'
import { findMembership } from './account.server'
import { keepAnAdmin } from './keep-an-admin.server'

/**
 * Ends every role the account holds in the actor's municipality, its open link from here, and lets its running sessions go from this
 * municipality. What it did stays. Throws `conflict` for the last administrator.
 */
export function deactivateAccount(actor: AccountActor, membershipId: string) {
  const { municipalityId } = actor
  return inMunicipality(actor, async (tx) => {
    const { accountId } = await findMembership(tx, actor, membershipId)
    const open = await tx.roleGrant.findMany({ where: { membershipId, endedAt: null } })
    const admin = open.filter((grant) => grant.role === 'admin').map((grant) => grant.id)
    if (admin.length > 0) await keepAnAdmin(tx, actor, admin)
    await tx.roleGrant.updateMany({ where: { membershipId, endedAt: null }, data: { endedAt: clock.now(), endedById: actor.accountId } })
    await tx.passwordLink.deleteMany({ where: { accountId, municipalityId, usedAt: null } })
    await tx.loginSession.updateMany({ where: { accountId, municipalityId }, data: { municipalityId: null } })
    await recordEvent(
      tx,
      actor,
      'account.deactivated',
      { type: 'account', id: accountId },
      { roles: open.map((grant) => grant.role).join(', ') },
    )
  })
}
