import type { AccountActor } from '~/platform/actor'
import { recordEvent } from '~/platform/audit.server'
import { violated } from '~/platform/db-errors.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { once } from '~/platform/submission.server'
import { changes } from '../changes'
import { authorize } from '../policy'
import type { NewService, ServiceFacts } from './schema'
import { findServiceIn } from './service.server'

function refuseTakenName(error: unknown): never {
  if (violated(error, 'SocialService_municipalityId_name_key', 'P2002'))
    throw new AppError('conflict', 'service.name_taken', { field: 'name' })
  throw error
}

async function keepAnnexes(tx: Tx, actor: AccountActor, serviceId: string, annexes: number[]) {
  const { municipalityId } = actor
  await tx.serviceAnnex.deleteMany({ where: { municipalityId, serviceId, annex: { notIn: annexes } } })
  await tx.serviceAnnex.createMany({ data: annexes.map((annex) => ({ municipalityId, serviceId, annex })), skipDuplicates: true })
}

/** Adds a service of an employer with its annexes; returns the path of the list. Throws `forbidden`, and `conflict` for a taken name. */
export async function createService(actor: AccountActor, input: NewService, key: string | null): Promise<string> {
  authorize(actor, 'service.manage', null)
  const { municipalityId } = actor
  const { employerId, name, annexes } = input
  return inMunicipality(actor, (tx) =>
    once(tx, actor, key, async () => {
      if (!(await tx.employer.findFirst({ where: { municipalityId, id: employerId }, select: { id: true } })))
        throw new AppError('invalid', 'field.choice', { field: 'employerId' })
      const { id } = await tx.socialService.create({ data: { municipalityId, employerId, name }, select: { id: true } })
      await keepAnnexes(tx, actor, id, annexes)
      await recordEvent(tx, actor, 'service.created', { type: 'service', id }, { name, annexes: annexes.join(', ') })
      return '/services'
    }),
  ).catch(refuseTakenName)
}

/** Corrects a service's name and annexes. Throws `not_found`, `forbidden`, and `conflict` for a taken name. */
export async function updateService(actor: AccountActor, serviceId: string, input: ServiceFacts): Promise<void> {
  await inMunicipality(actor, async (tx) => {
    const before = await findServiceIn(tx, actor, serviceId)
    authorize(actor, 'service.manage', null)
    const changed = changes(
      { name: before.name, annexes: before.annexes.join(', ') },
      { name: input.name, annexes: input.annexes.join(', ') },
    )
    if (Object.keys(changed).length === 0) return
    await tx.socialService.update({
      where: { id: serviceId, municipalityId: actor.municipalityId },
      data: { name: input.name },
      select: { id: true },
    })
    await keepAnnexes(tx, actor, serviceId, input.annexes)
    await recordEvent(tx, actor, 'service.updated', { type: 'service', id: serviceId }, changed)
  }).catch(refuseTakenName)
}
