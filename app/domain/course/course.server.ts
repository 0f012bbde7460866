import type { Prisma } from '~/generated/prisma/client'
import type { CourseKind } from '~/generated/prisma/enums'
import type { Actor } from '~/platform/actor'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { can, hasRole } from '../policy'
import { escapeLike } from '../person/person'

/** The courses an actor may see: with `course.list` all that are in use; archived ones only the coordinator. */
export function visibleCourses(actor: Actor): Prisma.CourseWhereInput {
  const { municipalityId } = actor
  if (actor.kind !== 'account' || hasRole(actor, 'coordinator')) return { municipalityId }
  return can(actor, 'course.list', null) ? { municipalityId, archivedAt: null } : { municipalityId, id: { in: [] } }
}

export type CourseFilter = { q?: string; kind?: CourseKind | null; archived?: boolean; page?: number; rowsPerPage?: number }

/** A page of the courses the actor sees, by title: those in use, or the archived ones. */
export function courseList(actor: Actor, { q = '', kind, archived = false, rowsPerPage = 50, ...filter }: CourseFilter = {}) {
  return inMunicipality(actor, async (tx) => {
    const words = q.normalize('NFC').trim().split(/\s+/).filter(Boolean).slice(0, 8)
    const where: Prisma.CourseWhereInput = {
      AND: [
        visibleCourses(actor),
        { archivedAt: archived ? { not: null } : null },
        kind ? { kind } : {},
        ...words.map((word): Prisma.CourseWhereInput => ({
          OR: [
            { title: { contains: escapeLike(word), mode: 'insensitive' } },
            { titleEn: { contains: escapeLike(word), mode: 'insensitive' } },
          ],
        })),
      ],
    }
    const total = await tx.course.count({ where })
    const page = Math.min(Math.max(1, filter.page ?? 1), Math.max(1, Math.ceil(total / rowsPerPage)))
    const rows = await tx.course.findMany({
      where,
      orderBy: [{ title: 'asc' }, { id: 'asc' }],
      skip: (page - 1) * rowsPerPage,
      take: rowsPerPage,
      select: {
        id: true,
        kind: true,
        title: true,
        titleEn: true,
        durationMinutes: true,
        archivedAt: true,
        _count: { select: { trainings: true } },
      },
    })
    return { rows: rows.map(({ _count, ...course }) => ({ ...course, trainings: _count.trainings })), total, page, rowsPerPage }
  })
}

/** The courses a training may be made of, by title: for a select. */
export function courseChoices(actor: Actor) {
  return inMunicipality(actor, (tx) =>
    tx.course.findMany({
      where: { AND: [visibleCourses(actor), { archivedAt: null }] },
      orderBy: [{ title: 'asc' }, { id: 'asc' }],
      select: { id: true, title: true, kind: true, durationMinutes: true },
    }),
  )
}

/**
 * One course. The materials come only for those who teach, keep or take it: coordinator, trainer, and who has a place in a training of
 * it. Throws `not_found` for a course the actor does not see.
 */
export function findCourse(actor: Actor, courseId: string) {
  return inMunicipality(actor, async (tx) => {
    const course = await findCourseIn(tx, actor, courseId)
    return (await takesPart(tx, actor, courseId))
      ? { ...course, mayReadMaterials: true }
      : { ...course, materials: null, mayReadMaterials: false }
  })
}

/** The same within a transaction, materials and all. */
export async function findCourseIn(tx: Tx, actor: Actor, courseId: string) {
  const course = await tx.course.findFirst({ where: { AND: [visibleCourses(actor), { id: courseId }] } })
  if (!course) throw new AppError('not_found', 'course.not_found')
  return course
}

async function takesPart(tx: Tx, actor: Actor, courseId: string): Promise<boolean> {
  if (actor.kind !== 'account' || hasRole(actor, 'coordinator', 'trainer')) return true
  if (!actor.personId) return false
  const place = await tx.enrolment.findFirst({
    where: { personId: actor.personId, state: 'approved', training: { courseId } },
    select: { id: true },
  })
  return place !== null
}
