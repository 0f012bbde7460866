import type { AccountActor } from '~/platform/actor'
import { inMunicipality } from '~/platform/db.server'
import { accountIdOf, municipalityIdOf } from './lay-municipality'
import type { MunicipalityKey } from './municipalities'

/** An account of the demo as if it were signed in, with the roles it holds in the municipality now. */
export const demoActor = (key: MunicipalityKey, login: string): Promise<AccountActor> => actorOf(key, accountIdOf(login))

/** The same by the account's id. */
export function actorOf(key: MunicipalityKey, accountId: string): Promise<AccountActor> {
  const municipalityId = municipalityIdOf(key)
  return inMunicipality({ municipalityId }, async (tx) => {
    const found = await tx.membership.findUniqueOrThrow({
      where: { accountId_municipalityId: { accountId, municipalityId } },
      include: { municipality: true, roleGrants: { where: { endedAt: null } } },
    })
    const { municipality, roleGrants } = found
    return {
      kind: 'account',
      accountId,
      name: found.displayName,
      municipalityId,
      municipality: municipality.name,
      timeZone: municipality.timeZone,
      academicHourMinutes: municipality.academicHourMinutes,
      isDemo: municipality.isDemo,
      roles: [...new Set(roleGrants.map(({ role }) => role))],
      serviceIds: roleGrants.flatMap(({ serviceId }) => serviceId ?? []),
      personId: found.personId,
    }
  })
}
