import type { AccountActor } from '~/platform/actor'
import { recordEvent } from '~/platform/audit.server'
import { clock } from '~/platform/clock.server'
import { inMunicipality } from '~/platform/db.server'
import { once } from '~/platform/submission.server'
import { changes } from '../changes'
import { authorize } from '../policy'
import { findCourseIn } from './course.server'
import { requireNoSameCourse } from './same-course.server'
import type { CourseFacts, NewCourse } from './schema'

const columns = ({ topics, ...facts }: CourseFacts) => ({ ...facts, topics: topics ?? '' })

/**
 * Adds a course to the catalogue; returns its path. Throws `forbidden`, and `conflict` for one of the same title and kind until it is
 * said that it is another one.
 */
export async function createCourse(actor: AccountActor, { another, ...input }: NewCourse, key: string | null): Promise<string> {
  authorize(actor, 'course.manage', null)
  const { municipalityId } = actor
  return inMunicipality(actor, (tx) =>
    once(tx, actor, key, async () => {
      if (!another) await requireNoSameCourse(tx, actor, input)
      const { id } = await tx.course.create({ data: { municipalityId, ...columns(input) }, select: { id: true } })
      await recordEvent(tx, actor, 'course.created', { type: 'course', id }, { title: input.title, kind: input.kind })
      return `/courses/${id}`
    }),
  )
}

/** Corrects a course; what is already certified stays as it was frozen. Throws `not_found` and `forbidden`. */
export async function updateCourse(actor: AccountActor, courseId: string, input: CourseFacts): Promise<void> {
  await inMunicipality(actor, async (tx) => {
    const before = await findCourseIn(tx, actor, courseId)
    authorize(actor, 'course.manage', null)
    const { kind, title, titleEn, topics, durationMinutes, requiredSharePercent, legalBasis, materials } = before
    const after = columns(input)
    const changed = changes({ kind, title, titleEn, topics, durationMinutes, requiredSharePercent, legalBasis, materials }, after)
    if (Object.keys(changed).length === 0) return
    await tx.course.update({ where: { id: courseId, municipalityId: actor.municipalityId }, data: after, select: { id: true } })
    await recordEvent(tx, actor, 'course.updated', { type: 'course', id: courseId }, changed)
  })
}

/** Takes a course out of the catalogue or back into it; its trainings stay. Throws `not_found` and `forbidden`. */
export async function archiveCourse(actor: AccountActor, courseId: string, intent: 'archive' | 'restore'): Promise<void> {
  await inMunicipality(actor, async (tx) => {
    const { title } = await findCourseIn(tx, actor, courseId)
    authorize(actor, 'course.manage', null)
    const { count } = await tx.course.updateMany({
      where: { id: courseId, municipalityId: actor.municipalityId, archivedAt: intent === 'archive' ? null : { not: null } },
      data: { archivedAt: intent === 'archive' ? clock.now() : null },
    })
    if (count > 0)
      await recordEvent(
        tx,
        actor,
        intent === 'archive' ? 'course.archived' : 'course.restored',
        { type: 'course', id: courseId },
        { title },
      )
  })
}
