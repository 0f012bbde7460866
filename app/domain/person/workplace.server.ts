import type { Actor } from '~/platform/actor'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'

export type Workplace = { value: string; name: string; employer: string | null }

/** Where a post may be: every employer itself and every service, by name, as the values of one select. */
export function workplaces(actor: Actor): Promise<Workplace[]> {
  const { municipalityId } = actor
  return inMunicipality(actor, async (tx) => {
    const employers = await tx.employer.findMany({ where: { municipalityId }, orderBy: [{ kind: 'asc' }, { name: 'asc' }] })
    const services = await tx.socialService.findMany({
      where: { municipalityId },
      orderBy: { name: 'asc' },
      select: { id: true, name: true, employer: { select: { name: true } } },
    })
    return [
      ...employers.map(({ id, name }) => ({ value: `employer.${id}`, name, employer: null })),
      ...services.map(({ id, name, employer }) => ({ value: `service.${id}`, name, employer: employer.name })),
    ]
  })
}

/** The employer and service a value of the select stands for. Throws `invalid` beside `workplace` for one that is not there. */
export async function workplaceOf(tx: Tx, actor: Actor, value: string): Promise<{ employerId: string; serviceId: string | null }> {
  const [kind, id = ''] = value.split('.')
  const where = { municipalityId: actor.municipalityId, id }
  if (kind === 'service') {
    const service = await tx.socialService.findFirst({ where, select: { employerId: true } })
    if (service) return { employerId: service.employerId, serviceId: id }
  } else if (await tx.employer.findFirst({ where, select: { id: true } })) return { employerId: id, serviceId: null }
  throw new AppError('invalid', 'person.workplace', { field: 'workplace' })
}
