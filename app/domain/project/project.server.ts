import type { Prisma } from '~/generated/prisma/client'
import type { Actor } from '~/platform/actor'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { dayText } from '../day'
import { escapeLike } from '../person/person'
import { can } from '../policy'

/** The projects an actor may see: the coordinator all of the municipality, everybody else none. */
export function visibleProjects(actor: Actor): Prisma.ProjectWhereInput {
  const { municipalityId } = actor
  return actor.kind !== 'account' || can(actor, 'project.list', null) ? { municipalityId } : { municipalityId, id: { in: [] } }
}

type Row = Prisma.ProjectGetPayload<object>

const asProject = (row: Row) => ({
  ...row,
  amountBgn: row.amountBgn?.toFixed(2) ?? null,
  startsOn: dayText(row.startsOn),
  endsOn: dayText(row.endsOn),
  announcedOn: dayText(row.announcedOn),
  retainUntil: dayText(row.retainUntil),
})
/** A project's facts: the amount in leva as text with two decimals, days as `YYYY-MM-DD`, null for what is not stated. */
export type Project = ReturnType<typeof asProject>

export type ProjectFilter = { q?: string; page?: number; rowsPerPage?: number }

/** A page of the projects the actor sees, the latest term first and those without dates last, with how many warnings each has. */
export function projectList(actor: Actor, { q = '', rowsPerPage = 50, ...filter }: ProjectFilter = {}) {
  return inMunicipality(actor, async (tx) => {
    const words = q.normalize('NFC').trim().split(/\s+/).filter(Boolean).slice(0, 8)
    const where: Prisma.ProjectWhereInput = {
      AND: [
        visibleProjects(actor),
        ...words.map((word): Prisma.ProjectWhereInput => {
          const held = { contains: escapeLike(word), mode: 'insensitive' as const }
          return { OR: [{ title: held }, { numberAsWritten: held }, { programme: held }, { funding: held }] }
        }),
      ],
    }
    const total = await tx.project.count({ where })
    const page = Math.min(Math.max(1, filter.page ?? 1), Math.max(1, Math.ceil(total / rowsPerPage)))
    const rows = await tx.project.findMany({
      where,
      orderBy: [{ startsOn: { sort: 'desc', nulls: 'last' } }, { createdAt: 'desc' }, { id: 'asc' }],
      skip: (page - 1) * rowsPerPage,
      take: rowsPerPage,
      include: { _count: { select: { warnings: true, trainings: true } } },
    })
    return {
      rows: rows.map(({ _count, ...project }) => ({ ...asProject(project), warnings: _count.warnings, trainings: _count.trainings })),
      total,
      page,
      rowsPerPage,
    }
  })
}

/** One project's facts. Throws `not_found` for one the actor does not see. */
export const findProject = (actor: Actor, projectId: string) => inMunicipality(actor, (tx) => findProjectIn(tx, actor, projectId))

/** The same within a transaction. */
export async function findProjectIn(tx: Tx, actor: Actor, projectId: string): Promise<Project> {
  const row = await tx.project.findFirst({ where: { AND: [visibleProjects(actor), { id: projectId }] } })
  if (!row) throw new AppError('not_found', 'project.not_found')
  return asProject(row)
}

/** The card is a card; the list of trainings has pages. */
const MOST_TRAININGS = 20

/** One project with its warnings, activities, the latest of its trainings and how many there are in all. Throws `not_found` for one the actor does not see. */
export function projectCard(actor: Actor, projectId: string) {
  return inMunicipality(actor, async (tx) => {
    const project = await findProjectIn(tx, actor, projectId)
    const warnings = await tx.projectWarning.findMany({
      where: { projectId },
      orderBy: [{ isByRule: 'desc' }, { code: 'asc' }],
      select: { id: true, code: true, isByRule: true, detail: true },
    })
    const activities = await tx.activity.findMany({
      where: { projectId },
      orderBy: { ordinal: 'asc' },
      select: { id: true, ordinal: true, title: true, _count: { select: { trainings: true } } },
    })
    const trainings = await tx.training.findMany({
      where: { projectId },
      orderBy: [{ startsAt: { sort: 'desc', nulls: 'first' } }, { id: 'asc' }],
      take: MOST_TRAININGS,
      select: {
        id: true,
        startsAt: true,
        endsAt: true,
        cancelledAt: true,
        seatsTaken: true,
        capacity: true,
        course: { select: { title: true, titleEn: true } },
        activity: { select: { ordinal: true } },
      },
    })
    const trainingsInAll = await tx.training.count({ where: { projectId } })
    const funder =
      project.funderProfileId === null
        ? null
        : await tx.funderProfile.findUnique({ where: { id: project.funderProfileId }, select: { id: true, name: true } })
    return { project, warnings, activities, trainings, trainingsInAll, funder }
  })
}
