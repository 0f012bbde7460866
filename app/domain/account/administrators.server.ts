import { inMunicipality } from '~/platform/db.server'
import type { AccountActor } from '~/domain/policy'

const MOST = 5

/** The names of those who can sign in as administrators of the actor's municipality, in Bulgarian order, five at most. */
export async function administratorNames(actor: AccountActor): Promise<string[]> {
  const rows = await inMunicipality(
    actor,
    (tx) => tx.$queryRaw<{ name: string }[]>`
      select m."displayName" as "name" from "Membership" m join "Account" a on a."id" = m."accountId"
      where m."municipalityId" = ${actor.municipalityId}::uuid and a."passwordHash" is not null
        and exists (select from "RoleGrant" g where g."membershipId" = m."id" and g."role"::text = 'admin' and g."endedAt" is null)
      order by m."displayName" collate "bg-x-icu", m."id" limit ${MOST}`,
  )
  return rows.map(({ name }) => name)
}
