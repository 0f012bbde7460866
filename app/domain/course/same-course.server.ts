import type { Actor } from '~/platform/actor'
import type { Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import type { CourseFacts } from './schema'

/**
 * Asks before a second course of the same kind whose title reads the same; archived ones are no hindrance. Throws `conflict` beside
 * `another`, with the `path` of the one that is there.
 */
export async function requireNoSameCourse(tx: Tx, actor: Actor, { kind, title }: Pick<CourseFacts, 'kind' | 'title'>) {
  const [same] = await tx.$queryRaw<{ id: string; title: string }[]>`
    select "id", "title" from "Course"
    where "municipalityId" = ${actor.municipalityId}::uuid and "archivedAt" is null and "kind" = ${kind}::"CourseKind"
      and fold_for_search("title") = fold_for_search(${title})
    order by "createdAt", "id" limit 1`
  if (same) throw new AppError('conflict', 'course.same', { field: 'another', title: same.title, path: `/courses/${same.id}` })
}
