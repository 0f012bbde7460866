import type { AccountActor } from '~/platform/actor'
import type { Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { trainersOf } from '../account/membership.server'
import type { TrainingInput } from './schema'

/** What the form of a training offers: courses in use (and the one it has), projects with their activities, active trainers. */
export async function trainingChoices(tx: Tx, actor: AccountActor, has: { courseId?: string } = {}) {
  const courses = await tx.course.findMany({
    where: { municipalityId: actor.municipalityId, OR: [{ archivedAt: null }, ...(has.courseId ? [{ id: has.courseId }] : [])] },
    select: { id: true, title: true, titleEn: true },
    orderBy: [{ title: 'asc' }, { id: 'asc' }],
  })
  const projects = await tx.project.findMany({
    where: { municipalityId: actor.municipalityId },
    select: {
      id: true,
      title: true,
      numberAsWritten: true,
      activities: { select: { id: true, ordinal: true, title: true }, orderBy: { ordinal: 'asc' } },
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  return { courses, projects }
}

/** The people who may be chosen as the trainer, by name. */
export const trainerChoices = (actor: AccountActor): Promise<{ accountId: string; name: string }[]> => trainersOf(actor)

/** Throws beside the field where a chosen course, project, activity or trainer is not one the form offers. */
export async function requireChoices(
  tx: Tx,
  actor: AccountActor,
  { courseId, work, trainerAccountId }: TrainingInput,
  has: { courseId?: string; trainerAccountId?: string } = {},
) {
  const { municipalityId } = actor
  const course = await tx.course.findFirst({ where: { id: courseId, municipalityId } })
  if (!course || (course.archivedAt && course.id !== has.courseId)) throw new AppError('invalid', 'field.choice', { field: 'courseId' })
  if (work) {
    const project = await tx.project.findFirst({
      where: { id: work.projectId, municipalityId, ...(work.activityId ? { activities: { some: { id: work.activityId } } } : {}) },
    })
    if (!project) throw new AppError('invalid', 'field.choice', { field: 'work' })
  }
  if (trainerAccountId !== has.trainerAccountId) {
    const trainer = await tx.membership.findFirst({
      where: { accountId: trainerAccountId, municipalityId, roleGrants: { some: { role: 'trainer', endedAt: null } } },
    })
    if (!trainer) throw new AppError('invalid', 'training.no_such_trainer', { field: 'trainerAccountId' })
  }
}
