import type { Prisma } from '~/generated/prisma/client'
import type { Actor } from '~/platform/actor'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { can, hasRole } from '../policy'

/** The services an actor may see: who keeps them all, a manager his own. */
export function visibleServices(actor: Actor): Prisma.SocialServiceWhereInput {
  const { municipalityId } = actor
  if (actor.kind !== 'account' || can(actor, 'service.manage', null)) return { municipalityId }
  return { municipalityId, id: { in: hasRole(actor, 'manager') ? actor.serviceIds : [] } }
}

/** Names and ids of the services the actor sees, by name: for a filter. */
export function serviceChoices(actor: Actor) {
  return inMunicipality(actor, (tx) =>
    tx.socialService.findMany({ where: visibleServices(actor), orderBy: { name: 'asc' }, select: { id: true, name: true } }),
  )
}

/** Every employer with its services, their annexes and how many people hold a post on `today`. */
export async function employersWithServices(actor: Actor, today: string) {
  const { municipalityId } = actor
  return inMunicipality(actor, async (tx) => {
    const employers = await tx.employer.findMany({
      where: { municipalityId },
      orderBy: [{ kind: 'asc' }, { name: 'asc' }],
      select: {
        id: true,
        name: true,
        kind: true,
        services: {
          orderBy: { name: 'asc' },
          select: { id: true, name: true, annexes: { select: { annex: true }, orderBy: { annex: 'asc' } } },
        },
      },
    })
    const counts = await tx.$queryRaw<{ employerId: string; serviceId: string | null; people: number }[]>`
      select "employerId", "serviceId", count(distinct "personId")::int as people from "Assignment"
      where "municipalityId" = ${municipalityId}::uuid and "startsOn" <= ${today}::date and ("endsOn" is null or "endsOn" >= ${today}::date)
      group by "employerId", "serviceId"`
    const people = (employerId: string, serviceId: string | null) =>
      counts.find((count) => count.employerId === employerId && count.serviceId === serviceId)?.people ?? 0
    return employers.map(({ services, ...employer }) => ({
      ...employer,
      peopleOutsideServices: people(employer.id, null),
      services: services.map(({ annexes, ...service }) => ({
        ...service,
        annexes: annexes.map(({ annex }) => annex),
        people: people(employer.id, service.id),
      })),
    }))
  })
}

/** The employers an actor may see: who keeps them, all; for everybody else there are none. */
const visibleEmployers = (actor: Actor): Prisma.EmployerWhereInput =>
  actor.kind !== 'account' || can(actor, 'service.manage', null)
    ? { municipalityId: actor.municipalityId }
    : { municipalityId: actor.municipalityId, id: { in: [] } }

/** Names and ids of the employers the actor sees: for a select. */
export function employerChoices(actor: Actor) {
  return inMunicipality(actor, (tx) =>
    tx.employer.findMany({ where: visibleEmployers(actor), orderBy: [{ kind: 'asc' }, { name: 'asc' }], select: { id: true, name: true } }),
  )
}

export const findEmployer = (actor: Actor, employerId: string) => inMunicipality(actor, (tx) => findEmployerIn(tx, actor, employerId))

/** One employer. Throws `not_found` for one the actor does not see. */
export async function findEmployerIn(tx: Tx, actor: Actor, employerId: string) {
  const found = await tx.employer.findFirst({
    where: { AND: [visibleEmployers(actor), { id: employerId }] },
    select: { id: true, name: true, kind: true },
  })
  if (!found) throw new AppError('not_found', 'service.employer_not_found')
  return found
}

export const findService = (actor: Actor, serviceId: string) => inMunicipality(actor, (tx) => findServiceIn(tx, actor, serviceId))

/** One service with its annexes. Throws `not_found` for one the actor does not see. */
export async function findServiceIn(tx: Tx, actor: Actor, serviceId: string) {
  const found = await tx.socialService.findFirst({
    where: { AND: [visibleServices(actor), { id: serviceId }] },
    select: {
      id: true,
      name: true,
      employer: { select: { id: true, name: true } },
      annexes: { select: { annex: true }, orderBy: { annex: 'asc' } },
    },
  })
  if (!found) throw new AppError('not_found', 'service.not_found')
  return { ...found, annexes: found.annexes.map(({ annex }) => annex) }
}
