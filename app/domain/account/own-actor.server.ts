import type { AccountActor } from '~/platform/actor'
import type { Tx } from '~/platform/db.server'

/** An account as the author of events in a municipality it has not signed in to yet; holds no role. */
export async function ownActor(tx: Tx, account: { id: string; displayName: string }, municipalityId: string): Promise<AccountActor> {
  const municipality = await tx.municipality.findUniqueOrThrow({ where: { id: municipalityId } })
  return {
    kind: 'account',
    accountId: account.id,
    name: account.displayName,
    municipalityId,
    municipality: municipality.name,
    timeZone: municipality.timeZone,
    academicHourMinutes: municipality.academicHourMinutes,
    isDemo: municipality.isDemo,
    roles: [],
    serviceIds: [],
    personId: null,
  }
}
