import type { AccountActor } from '~/domain/policy'
import { recordEvent } from '~/platform/audit.server'
import { clock } from '~/platform/clock.server'
import { inMunicipality } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { findMembership } from './account.server'
import { keepAnAdmin } from './keep-an-admin.server'

/** Ends one role; from the next request on it is gone, also in a running session. Ended already: nothing more happens. Throws `conflict` for the last administrator's. */
export function endRole(actor: AccountActor, membershipId: string, grantId: string) {
  return inMunicipality(actor, async (tx) => {
    const { accountId } = await findMembership(tx, actor, membershipId)
    const grant = await tx.roleGrant.findFirst({ where: { id: grantId, membershipId } })
    if (!grant) throw new AppError('not_found', 'error.not_found')
    if (grant.role === 'admin' && !grant.endedAt) await keepAnAdmin(tx, actor, [grantId])
    const { count } = await tx.roleGrant.updateMany({
      where: { id: grantId, endedAt: null },
      data: { endedAt: clock.now(), endedById: actor.accountId },
    })
    if (count > 0)
      await recordEvent(
        tx,
        actor,
        'account.role_ended',
        { type: 'account', id: accountId },
        { role: grant.role, serviceId: grant.serviceId },
      )
  })
}
