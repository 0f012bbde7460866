import type { AccountActor } from '~/domain/policy'
import type { Role } from '~/platform/actor'
import { recordEvent } from '~/platform/audit.server'
import { inMunicipality } from '~/platform/db.server'
import { violated } from '~/platform/db-errors.server'
import { AppError } from '~/platform/errors'
import { findMembership } from './account.server'

/** Gives an account a role in the actor's municipality, a manager's for one service; it counts from the next request on. Throws `conflict` for a role it holds. */
export async function grantRole(actor: AccountActor, membershipId: string, role: Role, serviceId: string | null) {
  const { municipalityId } = actor
  try {
    await inMunicipality(actor, async (tx) => {
      const { accountId } = await findMembership(tx, actor, membershipId)
      const service = role === 'manager' ? serviceId && (await tx.socialService.findUnique({ where: { id: serviceId } })) : null
      if (role === 'manager' && !service) throw new AppError('invalid', 'account.service_missing', { field: 'serviceId' })
      const data = { municipalityId, membershipId, role, serviceId: service ? service.id : null, grantedById: actor.accountId }
      await tx.roleGrant.create({ data })
      await recordEvent(tx, actor, 'account.role_granted', { type: 'account', id: accountId }, { role, serviceId: data.serviceId })
    })
  } catch (error) {
    if (violated(error, 'role_grant_held_once')) throw new AppError('conflict', 'account.role_held', { field: 'role' })
    throw error
  }
}
