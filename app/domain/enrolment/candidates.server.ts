import { Prisma } from '~/generated/prisma/client'
import { fullName } from '~/i18n/format'
import type { AccountActor } from '~/platform/actor'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { authorize, hasRole } from '../policy'
import { searchPatterns } from '../search'
import { MOST_SEATS } from '../training/training'
import { findTraining } from '../training/training.server'
import { today } from './enrolment.server'
import { stateAfter, type EnrolmentState } from './enrolment'

const CANDIDATES_PER_PAGE = 50

export type CandidateFilter = { q?: string; serviceId?: string | null }

const held = (actor: AccountActor) =>
  Prisma.sql`a."startsOn" <= ${today(actor)}::date and (a."endsOn" is null or a."endsOn" >= ${today(actor)}::date)`
const worksIn = (actor: AccountActor, serviceIds: string[]) =>
  Prisma.sql`exists (select from "Assignment" a where a."personId" = p."id" and a."serviceId" = any (${serviceIds}::uuid[]) and ${held(actor)})`

/** Whom the actor may put into a training: the coordinator the whole staff, a manager those who work in his services today. */
function among(actor: AccountActor, { q = '', serviceId }: CandidateFilter): Prisma.Sql {
  const conditions = [
    Prisma.sql`p."municipalityId" = ${actor.municipalityId}::uuid`,
    ...searchPatterns(q).map((pattern) => Prisma.sql`p."searchKey" like fold_for_search(${pattern})`),
  ]
  if (!hasRole(actor, 'coordinator')) conditions.push(worksIn(actor, actor.serviceIds))
  if (serviceId) conditions.push(worksIn(actor, [serviceId]))
  return Prisma.join(conditions, ' and ')
}

/** The ids of all the filter finds. Throws `enrolment.too_many` where no training could hold them. */
export async function candidateIds(tx: Tx, actor: AccountActor, filter: CandidateFilter): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select p."id" from "Person" p where ${among(actor, filter)} order by p."sortName", p."id" limit ${MOST_SEATS + 1}`
  if (rows.length > MOST_SEATS) throw new AppError('invalid', 'enrolment.too_many', { field: 'everybody', max: MOST_SEATS })
  return rows.map(({ id }) => id)
}

type Row = {
  id: string
  givenName: string
  middleName: string | null
  familyName: string | null
  employeeNumber: string | null
  position: string | null
  service: string | null
  state: EnrolmentState | null
}

/** One page of the people who could be enrolled or nominated, by name, with their state in the training. */
export function candidatesPage(
  actor: AccountActor,
  trainingId: string,
  action: 'enrol' | 'nominate',
  filter: CandidateFilter,
  asked: number,
) {
  return inMunicipality(actor, async (tx) => {
    const training = await findTraining(tx, actor, trainingId)
    if (action === 'enrol') authorize(actor, 'enrolment.manage', null)
    else if (!hasRole(actor, 'manager')) throw new AppError('forbidden', 'error.forbidden')
    const found = among(action === 'enrol' ? actor : { ...actor, roles: ['manager'] }, filter)
    const [counted] = await tx.$queryRaw<{ total: number }[]>`select count(*)::int as total from "Person" p where ${found}`
    const total = counted?.total ?? 0
    const page = Math.min(Math.max(1, asked), Math.max(1, Math.ceil(total / CANDIDATES_PER_PAGE)))
    const rows = await tx.$queryRaw<Row[]>`
      with listed as (
        select p."id", p."sortName", p."givenName", p."middleName", p."familyName", p."employeeNumber" from "Person" p where ${found}
        order by p."sortName", p."id" limit ${CANDIDATES_PER_PAGE} offset ${(page - 1) * CANDIDATES_PER_PAGE}
      )
      select p."id", p."givenName", p."middleName", p."familyName", p."employeeNumber", post."position", post."service", e."state"::text as "state"
      from listed p
      left join "Enrolment" e on e."trainingId" = ${trainingId}::uuid and e."personId" = p."id"
      left join lateral (
        select a."position", coalesce(s."name", o."name") as "service" from "Assignment" a
        join "Employer" o on o."id" = a."employerId" left join "SocialService" s on s."id" = a."serviceId"
        where a."personId" = p."id" order by a."startsOn" desc, a."id" desc limit 1
      ) post on true
      order by p."sortName", p."id"`
    const services = await tx.socialService.findMany({
      where: action === 'enrol' ? { municipalityId: actor.municipalityId } : { id: { in: actor.serviceIds } },
      select: { id: true, name: true },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
    })
    return {
      training: {
        id: training.id,
        ...training.course,
        capacity: training.capacity,
        free: training.capacity - training.seatsTaken,
        cancelled: training.cancelledAt !== null,
      },
      services,
      total,
      page,
      rowsPerPage: CANDIDATES_PER_PAGE,
      rows: rows.map((row) => ({
        id: row.id,
        name: fullName(row),
        employeeNumber: row.employeeNumber,
        position: row.position,
        service: row.service,
        state: row.state,
        canBeChosen: stateAfter(action, row.state ?? 'none') !== null,
      })),
    }
  })
}
