import type { Actor } from '~/domain/policy'
import type { Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'

/**
 * Throws `conflict` unless somebody who can sign in stays administrator without the given roles. Locks the municipality's row first, so
 * that two who leave at once are looked at one after the other.
 */
export async function keepAnAdmin(tx: Tx, actor: Actor, endingGrantIds: string[]) {
  await tx.$queryRaw`select "id" from "Municipality" where "id" = ${actor.municipalityId}::uuid for update`
  const others = await tx.roleGrant.count({
    where: {
      role: 'admin',
      endedAt: null,
      id: { notIn: endingGrantIds },
      membership: { account: { passwordHash: { not: null } } },
    },
  })
  if (others === 0) throw new AppError('conflict', 'account.last_admin')
}
