import type { Actor } from '~/domain/policy'
import { inMunicipality } from '~/platform/db.server'

/** Returns who may be chosen as a trainer: the accounts that hold the role in the actor's municipality now, in Bulgarian order. */
export const trainersOf = (actor: Actor): Promise<{ accountId: string; name: string }[]> =>
  inMunicipality(
    actor,
    (tx) => tx.$queryRaw<{ accountId: string; name: string }[]>`
      select m."accountId", m."displayName" as "name" from "Membership" m
      where exists (select from "RoleGrant" r where r."membershipId" = m."id" and r."role" = 'trainer' and r."endedAt" is null)
      order by m."displayName" collate "bg-x-icu", m."id"`,
  )
