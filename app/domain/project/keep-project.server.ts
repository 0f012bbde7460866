import type { AccountActor } from '~/platform/actor'
import { recordEvent } from '~/platform/audit.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { once } from '~/platform/submission.server'
import { changes } from '../changes'
import { dateOrNull } from '../day'
import { visibleFunders } from '../funder/funder.server'
import { authorize } from '../policy'
import { keepProjectWarnings } from './keep-warnings.server'
import { findProjectIn } from './project.server'
import { requireNoSameProject } from './same-project.server'
import type { NewProject, ProjectFacts } from './schema'

const columns = (input: ProjectFacts) => ({
  ...input,
  startsOn: dateOrNull(input.startsOn),
  endsOn: dateOrNull(input.endsOn),
  announcedOn: dateOrNull(input.announcedOn),
  retainUntil: dateOrNull(input.retainUntil),
})

/**
 * Adds a project with its warnings; returns its path. Throws `forbidden`, and `conflict` for one of the same number, or of the same
 * title and start, until it is said that it is another one.
 */
export async function createProject(actor: AccountActor, { another, ...input }: NewProject, key: string | null): Promise<string> {
  authorize(actor, 'project.manage', null)
  const { municipalityId } = actor
  return inMunicipality(actor, (tx) =>
    once(tx, actor, key, async () => {
      if (!another) await requireNoSameProject(tx, actor, input)
      await requireFunder(tx, actor, input)
      const { id } = await tx.project.create({ data: { municipalityId, ...columns(input) }, select: { id: true } })
      await keepProjectWarnings(tx, municipalityId, id, input)
      await recordEvent(tx, actor, 'project.created', { type: 'project', id }, { title: input.title, number: input.numberAsWritten })
      return `/projects/${id}`
    }),
  )
}

/** Corrects a project's facts and, with them, its warnings. Throws `not_found` and `forbidden`. */
export async function updateProject(actor: AccountActor, projectId: string, input: ProjectFacts): Promise<void> {
  await inMunicipality(actor, async (tx) => {
    const { id, municipalityId, createdAt: _, ...before } = await findProjectIn(tx, actor, projectId)
    authorize(actor, 'project.manage', null)
    const changed = changes(before, input)
    if (Object.keys(changed).length === 0) return
    await requireFunder(tx, actor, input)
    await tx.project.update({ where: { id_municipalityId: { id, municipalityId } }, data: columns(input), select: { id: true } })
    await keepProjectWarnings(tx, municipalityId, id, input)
    await recordEvent(tx, actor, 'project.updated', { type: 'project', id }, changed)
  })
}

async function requireFunder(tx: Tx, actor: AccountActor, { funderProfileId }: ProjectFacts) {
  if (funderProfileId === null) return
  const known = await tx.funderProfile.findFirst({ where: { AND: [visibleFunders(actor), { id: funderProfileId }] }, select: { id: true } })
  if (!known) throw new AppError('invalid', 'funder.unknown_profile', { field: 'funderProfileId' })
}
