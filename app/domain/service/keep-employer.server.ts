import type { AccountActor } from '~/platform/actor'
import { recordEvent } from '~/platform/audit.server'
import { violated } from '~/platform/db-errors.server'
import { inMunicipality } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { once } from '~/platform/submission.server'
import { changes } from '../changes'
import { authorize } from '../policy'
import type { EmployerFacts } from './schema'
import { findEmployerIn } from './service.server'

function refuseTakenName(error: unknown): never {
  if (violated(error, 'Employer_municipalityId_name_key', 'P2002'))
    throw new AppError('conflict', 'service.employer_taken', { field: 'name' })
  throw error
}

/** Adds an employer: the administration or a provider; returns the path of the list. Throws `forbidden`, and `conflict` for a taken name. */
export async function createEmployer(actor: AccountActor, input: EmployerFacts, key: string | null): Promise<string> {
  authorize(actor, 'service.manage', null)
  const { municipalityId } = actor
  return inMunicipality(actor, (tx) =>
    once(tx, actor, key, async () => {
      const { id } = await tx.employer.create({ data: { municipalityId, ...input }, select: { id: true } })
      await recordEvent(tx, actor, 'employer.created', { type: 'employer', id }, input)
      return '/services'
    }),
  ).catch(refuseTakenName)
}

/** Corrects an employer's name or kind. Throws `not_found`, `forbidden`, and `conflict` for a taken name. */
export async function updateEmployer(actor: AccountActor, employerId: string, input: EmployerFacts): Promise<void> {
  await inMunicipality(actor, async (tx) => {
    const before = await findEmployerIn(tx, actor, employerId)
    authorize(actor, 'service.manage', null)
    const changed = changes({ name: before.name, kind: before.kind }, input)
    if (Object.keys(changed).length === 0) return
    await tx.employer.update({ where: { id: employerId, municipalityId: actor.municipalityId }, data: input, select: { id: true } })
    await recordEvent(tx, actor, 'employer.updated', { type: 'employer', id: employerId }, changed)
  }).catch(refuseTakenName)
}
