import type { Prisma } from '~/generated/prisma/client'
import type { StaffCategory } from '~/generated/prisma/enums'
import type { Actor } from '~/platform/actor'
import { clock } from '~/platform/clock.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { dayOf } from '~/platform/zoned.server'
import { dateOf, dayText } from '../day'
import { hasRole } from '../policy'
import { escapeLike, isHeldOn, searchTokens, type Post } from './person'

/** The zone of the actor's municipality; a job and an import work in the country's. */
export const timeZoneOf = (actor: Actor): string => (actor.kind === 'account' ? actor.timeZone : 'Europe/Sofia')

/** Today in the municipality of the actor, as `YYYY-MM-DD`. */
export const todayOf = (actor: Actor): string => dayOf(clock.now(), timeZoneOf(actor))

const heldOn = (day: string) => ({
  startsOn: { lte: dateOf(day) },
  OR: [{ endsOn: null }, { endsOn: { gte: dateOf(day) } }],
})

/**
 * The people an actor may see: coordinator and administrator everybody, a manager who holds a post in his services today, a trainer
 * who has an enrolment in his trainings, an employee himself; of several roles all that any of them sees.
 */
export function visiblePersons(actor: Actor): Prisma.PersonWhereInput {
  const { municipalityId } = actor
  if (actor.kind !== 'account' || hasRole(actor, 'coordinator', 'admin')) return { municipalityId }
  // An empty OR inside an AND would be no condition at all: whoever sees nobody is told so by this one.
  const seen: Prisma.PersonWhereInput[] = [{ id: { in: [] } }]
  if (hasRole(actor, 'manager')) seen.push({ assignments: { some: { serviceId: { in: actor.serviceIds }, ...heldOn(todayOf(actor)) } } })
  if (hasRole(actor, 'trainer')) seen.push({ enrolments: { some: { training: { trainerAccountId: actor.accountId } } } })
  if (hasRole(actor, 'employee') && actor.personId) seen.push({ id: actor.personId })
  return { municipalityId, OR: seen }
}

/** People whose names, Latin form or employee number hold every word of `q`, however it was typed. */
export async function namedLike(tx: Tx, q: string): Promise<Prisma.PersonWhereInput> {
  if (!q.trim()) return {}
  const [row] = await tx.$queryRaw<{ folded: string }[]>`select fold_for_search(${q}) as folded`
  return { AND: searchTokens(row!.folded).map((token) => ({ searchKey: { contains: escapeLike(token) } })) }
}

const postFields = {
  id: true,
  position: true,
  category: true,
  startsOn: true,
  endsOn: true,
  employer: { select: { id: true, name: true } },
  service: { select: { id: true, name: true } },
} satisfies Prisma.AssignmentSelect
type PostRow = Prisma.AssignmentGetPayload<{ select: typeof postFields }>

export const asPost = (row: PostRow): Post => ({ ...row, startsOn: dayText(row.startsOn), endsOn: dayText(row.endsOn) })

export type ListedPerson = {
  id: string
  givenName: string
  middleName: string | null
  familyName: string | null
  employeeNumber: string | null
  isInvented: boolean
  /** The posts held today: what tells namesakes apart. */
  posts: Post[]
}
export type PersonFilter = {
  /** From 1; beyond the last page it is the last. */
  page?: number
  rowsPerPage?: number
  serviceId?: string | null
  category?: StaffCategory | null
  /** Leaves out who has an enrolment in this training, in whatever state. */
  exceptTraining?: string | null
}
export type PersonPage = { rows: ListedPerson[]; total: number; page: number; rowsPerPage: number }

/** A page of the people the actor sees, by family name: those found by `q`, with a post today in a service or of a category. */
export function searchPersons(actor: Actor, q: string, filter: PersonFilter = {}): Promise<PersonPage> {
  return inMunicipality(actor, (tx) => searchPersonsIn(tx, actor, q, filter))
}

/** The same within a transaction. */
export async function searchPersonsIn(tx: Tx, actor: Actor, q: string, filter: PersonFilter = {}): Promise<PersonPage> {
  const { rowsPerPage = 50, serviceId, category, exceptTraining } = filter
  const today = todayOf(actor)
  const where: Prisma.PersonWhereInput = {
    AND: [
      visiblePersons(actor),
      await namedLike(tx, q),
      serviceId || category
        ? { assignments: { some: { ...heldOn(today), ...(serviceId ? { serviceId } : {}), ...(category ? { category } : {}) } } }
        : {},
      exceptTraining ? { enrolments: { none: { trainingId: exceptTraining } } } : {},
    ],
  }
  const total = await tx.person.count({ where })
  const page = Math.min(Math.max(1, filter.page ?? 1), Math.max(1, Math.ceil(total / rowsPerPage)))
  const rows = await tx.person.findMany({
    where,
    orderBy: [{ sortName: 'asc' }, { id: 'asc' }],
    skip: (page - 1) * rowsPerPage,
    take: rowsPerPage,
    select: {
      id: true,
      givenName: true,
      middleName: true,
      familyName: true,
      employeeNumber: true,
      isInvented: true,
      assignments: { where: heldOn(today), orderBy: [{ startsOn: 'asc' }, { id: 'asc' }], select: postFields },
    },
  })
  return { rows: rows.map(({ assignments, ...person }) => ({ ...person, posts: assignments.map(asPost) })), total, page, rowsPerPage }
}

/** One person with the whole history of posts, the latest first. Throws `not_found` for whom the actor does not see. */
export function findPerson(actor: Actor, personId: string) {
  return inMunicipality(actor, (tx) => findPersonIn(tx, actor, personId))
}

/** The same within a transaction. */
export async function findPersonIn(tx: Tx, actor: Actor, personId: string) {
  const found = await tx.person.findFirst({
    where: { AND: [visiblePersons(actor), { id: personId }] },
    select: {
      id: true,
      givenName: true,
      middleName: true,
      familyName: true,
      latinName: true,
      employeeNumber: true,
      sex: true,
      firstInSocialSystemOn: true,
      isInvented: true,
      assignments: { orderBy: [{ startsOn: 'desc' }, { id: 'asc' }], select: postFields },
    },
  })
  if (!found) throw new AppError('not_found', 'person.not_found')
  const { assignments, firstInSocialSystemOn, ...person } = found
  const posts = assignments.map(asPost)
  const today = todayOf(actor)
  const serviceIds = posts.filter((post) => post.service && isHeldOn(post, today)).map((post) => post.service!.id)
  return { ...person, firstInSocialSystemOn: dayText(firstInSocialSystemOn), posts, serviceIds, today }
}
export type FoundPerson = Awaited<ReturnType<typeof findPersonIn>>
