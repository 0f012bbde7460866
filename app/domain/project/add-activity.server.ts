import type { AccountActor } from '~/platform/actor'
import { recordEvent } from '~/platform/audit.server'
import { inMunicipality } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { once } from '~/platform/submission.server'
import { authorize } from '../policy'
import { findProjectIn } from './project.server'

/**
 * Adds an activity after the last one of a project; returns the path of the project. Throws `not_found`, `forbidden`, and `conflict` for
 * one the project has already.
 */
export function addActivity(actor: AccountActor, projectId: string, title: string, key: string | null): Promise<string> {
  const { municipalityId } = actor
  return inMunicipality(actor, async (tx) => {
    await findProjectIn(tx, actor, projectId)
    authorize(actor, 'project.manage', null)
    return once(tx, actor, key, async () => {
      // two activities added at once take their numbers one after the other
      await tx.$queryRaw`select "id" from "Project" where "id" = ${projectId}::uuid for update`
      const [same] = await tx.$queryRaw<{ ordinal: number }[]>`
        select "ordinal" from "Activity" where "projectId" = ${projectId}::uuid and fold_for_search("title") = fold_for_search(${title}) limit 1`
      if (same) throw new AppError('conflict', 'project.activity_taken', { field: 'title', ordinal: same.ordinal })
      const last = await tx.activity.aggregate({ where: { projectId }, _max: { ordinal: true } })
      const ordinal = (last._max.ordinal ?? 0) + 1
      const { id } = await tx.activity.create({ data: { municipalityId, projectId, ordinal, title }, select: { id: true } })
      await recordEvent(tx, actor, 'activity.added', { type: 'project', id: projectId }, { activityId: id, ordinal, title })
      return `/projects/${projectId}#activities`
    })
  })
}
