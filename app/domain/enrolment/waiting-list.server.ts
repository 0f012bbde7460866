import { actorId, type Actor } from '~/platform/actor'
import { clock } from '~/platform/clock.server'
import type { Tx } from '~/platform/db.server'
import { violated } from '~/platform/db-errors.server'
import { AppError } from '~/platform/errors'
import { takesPeople } from '../training/training'
import type { LockedTraining } from '../training/training.server'
import { SEAT_FREED, type EnrolmentState } from './enrolment'

export type Step = { enrolmentId: string; state: EnrolmentState }

/**
 * Appends the steps in the order given, in one statement; the states and the training's taken seats follow by trigger. The caller
 * holds the training's lock. Throws `enrolment.full` where the database counts more seats than there are.
 */
export async function appendSteps(tx: Tx, actor: Actor, steps: Step[], reason: string | null = null) {
  if (steps.length === 0) return
  const [ids, states] = [steps.map((step) => step.enrolmentId), steps.map((step) => step.state)]
  try {
    await tx.$executeRaw`
      insert into "EnrolmentStep" ("municipalityId", "enrolmentId", "state", "actorKind", "actorId", "actorName", "reason")
      select ${actor.municipalityId}::uuid, step.id, step.state::"EnrolmentState", ${actor.kind}::"ActorKind", ${actorId(actor)}::uuid, ${actor.name}, ${reason}
      from unnest(${ids}::uuid[], ${states}::text[]) with ordinality as step(id, state, ordinal) order by step.ordinal`
  } catch (error) {
    if (violated(error, 'training_capacity_holds')) throw new AppError('conflict', 'enrolment.full')
    throw error
  }
}

/**
 * Gives the free seats to those who wait, oldest first: by the number of the step that put them on the list, given out under the
 * training's lock, so that no clock decides. Nobody advances into a training that is cancelled or over. Returns how many did.
 */
export async function advanceWaitingList(tx: Tx, actor: Actor, trainingId: string): Promise<number> {
  const waiting = await tx.$queryRaw<{ id: string }[]>`
    select e."id" from "Enrolment" e join "Training" t on t."id" = e."trainingId"
    where e."trainingId" = ${trainingId}::uuid and e."state" = 'waiting' and t."cancelledAt" is null and (t."endsAt" is null or t."endsAt" > ${clock.now()})
    order by (select max(s."id") from "EnrolmentStep" s where s."enrolmentId" = e."id")
    limit (select "capacity" - "seatsTaken" from "Training" where "id" = ${trainingId}::uuid)`
  await appendSteps(
    tx,
    actor,
    waiting.map(({ id }) => ({ enrolmentId: id, state: 'approved' as const })),
    SEAT_FREED,
  )
  return waiting.length
}

/** Throws where the training takes nobody any more: when it is cancelled, and for `coming` also when it is over. */
export function requireOpen(training: LockedTraining, coming = false) {
  if (training.cancelledAt) throw new AppError('conflict', 'enrolment.training_cancelled')
  if (coming && !takesPeople(training, clock.now())) throw new AppError('conflict', 'enrolment.training_over')
}
