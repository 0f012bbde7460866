import type { AccountActor } from '~/platform/actor'
import { recordEvent } from '~/platform/audit.server'
import { inMunicipality } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { can, hasRole } from '../policy'
import { findTraining, lockTraining } from '../training/training.server'
import { chosenPersons, ensureEnrolments } from './enrol-persons.server'
import { stateAfter } from './enrolment'
import { heldOn, today } from './enrolment.server'
import type { NominateInput } from './schema'
import { appendSteps, requireOpen } from './waiting-list.server'

/**
 * A manager puts his own people forward; the coordinator decides. Returns how many were nominated and how many passed over because
 * they are in the training already. Throws `forbidden` where one of them does not work in the manager's services today.
 */
export function nominatePersons(actor: AccountActor, trainingId: string, { persons, reason }: NominateInput) {
  return inMunicipality(actor, async (tx) => {
    await findTraining(tx, actor, trainingId)
    if (!hasRole(actor, 'manager')) throw new AppError('forbidden', 'error.forbidden')
    const training = await lockTraining(tx, trainingId)
    const chosen = await chosenPersons(tx, actor, trainingId, persons)
    const posts = await tx.assignment.findMany({
      where: { AND: [{ personId: { in: persons } }, heldOn(today(actor))] },
      select: { personId: true, serviceId: true },
    })
    const own = (personId: string) =>
      can(actor, 'enrolment.nominate', {
        id: personId,
        serviceIds: posts.flatMap((post) => (post.personId === personId && post.serviceId ? [post.serviceId] : [])),
      })
    if (!chosen.every(({ personId }) => own(personId))) throw new AppError('forbidden', 'enrolment.not_your_people')
    requireOpen(training, true)
    const entering = chosen.filter(({ state }) => stateAfter('nominate', state ?? 'none'))
    const ids = await ensureEnrolments(tx, actor, trainingId, entering)
    const steps = entering.map(({ personId, name }) => ({ enrolmentId: ids.get(personId)!, name, state: 'nominated' as const }))
    await appendSteps(tx, actor, steps, reason)
    if (steps.length > 0)
      await recordEvent(tx, actor, 'enrolment.nominated', { type: 'training', id: trainingId }, { reason, people: steps })
    return { nominated: steps.length, skipped: chosen.length - steps.length }
  })
}
