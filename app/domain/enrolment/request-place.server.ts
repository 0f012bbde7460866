import { fullName } from '~/i18n/format'
import type { AccountActor } from '~/platform/actor'
import { recordEvent } from '~/platform/audit.server'
import { inMunicipality } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { once } from '~/platform/submission.server'
import { authorize } from '../policy'
import { trainingState } from '../training/training'
import { findTraining, lockTraining, trainingHead } from '../training/training.server'
import { clock } from '~/platform/clock.server'
import { chosenPersons, ensureEnrolments } from './enrol-persons.server'
import { stateAfter } from './enrolment'
import type { RequestInput } from './schema'
import { appendSteps, requireOpen } from './waiting-list.server'

/** What an employee is asked before he asks for a place. Throws `forbidden` for an account that is nobody of the staff. */
export function requestPage(actor: AccountActor, trainingId: string) {
  return inMunicipality(actor, async (tx) => {
    const training = await findTraining(tx, actor, trainingId)
    const personId = ownPerson(actor)
    const person = await tx.person.findUniqueOrThrow({ where: { id: personId }, include: { enrolments: { where: { trainingId } } } })
    const state = person.enrolments[0]?.state ?? null
    return {
      training: trainingHead(training),
      name: fullName(person),
      state,
      isPossible: stateAfter('request', state ?? 'none') !== null && !['cancelled', 'past'].includes(trainingState(training, clock.now())),
    }
  })
}

/**
 * An employee asks for a place for himself; returns the path of the enrolment, also to the same `key` again. Throws `conflict` with the
 * reason where he is in the training already.
 */
export function requestPlace(
  actor: AccountActor,
  trainingId: string,
  { reason }: RequestInput,
  key: string | null = null,
): Promise<string> {
  return inMunicipality(actor, async (tx) => {
    await findTraining(tx, actor, trainingId)
    const personId = ownPerson(actor)
    return once(tx, actor, key, async () => {
      const training = await lockTraining(tx, trainingId)
      requireOpen(training, true)
      const [person] = await chosenPersons(tx, actor, trainingId, [personId])
      if (!person || !stateAfter('request', person.state ?? 'none'))
        throw new AppError('conflict', `enrolment.request_after_${person?.state}`)
      const ids = await ensureEnrolments(tx, actor, trainingId, [person])
      const enrolmentId = ids.get(personId)!
      await appendSteps(tx, actor, [{ enrolmentId, state: 'requested' }], reason)
      await recordEvent(
        tx,
        actor,
        'enrolment.requested',
        { type: 'enrolment', id: enrolmentId },
        { trainingId, person: person.name, reason },
      )
      return `/trainings/${trainingId}/enrolments/${enrolmentId}`
    })
  })
}

function ownPerson(actor: AccountActor): string {
  if (!actor.personId) throw new AppError('forbidden', 'enrolment.no_person')
  authorize(actor, 'enrolment.request', { id: actor.personId })
  return actor.personId
}
