import { fullName } from '~/i18n/format'
import type { AccountActor } from '~/platform/actor'
import { recordEvent } from '~/platform/audit.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { once } from '~/platform/submission.server'
import { authorize } from '../policy'
import { stateAfter, type EnrolmentAction, type EnrolmentState } from './enrolment'
import { lockEnrolment, staffOf } from './enrolment.server'
import { advanceWaitingList, appendSteps, requireOpen } from './waiting-list.server'

type Locked = Awaited<ReturnType<typeof lockEnrolment>>

/** Takes the step, lets the waiting list advance and writes the event; returns the new state. Throws where the state does not allow it. */
async function take(
  tx: Tx,
  actor: AccountActor,
  { enrolment }: Locked,
  action: EnrolmentAction,
  verb: `enrolment.${string}`,
  reason: string | null,
) {
  const state = stateAfter(action, enrolment.state)
  if (!state) throw new AppError('conflict', 'enrolment.changed_meanwhile')
  await appendSteps(tx, actor, [{ enrolmentId: enrolment.id, state }], reason)
  const advanced = await advanceWaitingList(tx, actor, enrolment.trainingId)
  await recordEvent(
    tx,
    actor,
    verb,
    { type: 'enrolment', id: enrolment.id },
    { trainingId: enrolment.trainingId, person: fullName(enrolment.person), from: enrolment.state, to: state, reason, advanced },
  )
  return state
}

const asItIs = async (_: Tx, state: EnrolmentState) => state

/** Runs one decision under the training's lock and answers of the state it led to; the same `key` again decides nothing and answers the same. */
function deciding<Answer>(
  actor: AccountActor,
  trainingId: string,
  enrolmentId: string,
  key: string | null,
  answer: (tx: Tx, state: EnrolmentState) => Promise<Answer>,
  run: (tx: Tx, locked: Locked) => Promise<EnrolmentState>,
): Promise<Answer> {
  return inMunicipality(actor, async (tx) => {
    const locked = await lockEnrolment(tx, actor, trainingId, enrolmentId)
    let state = locked.enrolment.state
    await once(tx, actor, key, async () => {
      state = await run(tx, locked)
      return `/trainings/${trainingId}/enrolments/${enrolmentId}`
    })
    return answer(tx, state)
  })
}

/** Approves a request or a nomination; with no seat left, on to the waiting list where `whenFull` says so, else throws `enrolment.full`. */
export function approveEnrolment(
  actor: AccountActor,
  trainingId: string,
  enrolmentId: string,
  whenFull: 'waiting' | null,
  key: string | null = null,
): Promise<EnrolmentState> {
  return deciding(actor, trainingId, enrolmentId, key, asItIs, async (tx, locked) => {
    authorize(actor, 'enrolment.manage', null)
    requireOpen(locked.training)
    if (!stateAfter('approve', locked.enrolment.state)) throw new AppError('conflict', 'enrolment.changed_meanwhile')
    const isFull = locked.training.seatsTaken >= locked.training.capacity
    if (isFull && whenFull !== 'waiting') throw new AppError('conflict', 'enrolment.full', { field: 'whenFull' })
    return take(tx, actor, locked, isFull ? 'wait' : 'approve', isFull ? 'enrolment.put_on_waiting_list' : 'enrolment.approved', null)
  })
}

/** Refuses a request, a nomination or a place on the waiting list; the reason is shown to the person. */
export function refuseEnrolment(
  actor: AccountActor,
  trainingId: string,
  enrolmentId: string,
  reason: string,
  key: string | null = null,
): Promise<EnrolmentState> {
  return deciding(actor, trainingId, enrolmentId, key, asItIs, async (tx, locked) => {
    authorize(actor, 'enrolment.manage', null)
    requireOpen(locked.training)
    return take(tx, actor, locked, 'refuse', 'enrolment.refused', reason)
  })
}

/**
 * Withdraws a person: the coordinator, the manager for his own people, everybody himself. Returns `withdrawn` of one who held a seat and
 * `taken_back` of one who only waited for it. Throws `enrolment.has_attendance` once it is recorded whether the person was there: the
 * record stays.
 */
export function withdrawEnrolment(
  actor: AccountActor,
  trainingId: string,
  enrolmentId: string,
  reason: string | null,
  key: string | null = null,
): Promise<'withdrawn' | 'taken_back'> {
  // of the steps and not of the state found: the same key again finds the state withdrawn already
  const fromWhat = async (tx: Tx) => {
    const [, before] = await tx.enrolmentStep.findMany({
      where: { enrolmentId },
      orderBy: { id: 'desc' },
      take: 2,
      select: { state: true },
    })
    return before?.state === 'approved' ? 'withdrawn' : 'taken_back'
  }
  return deciding(actor, trainingId, enrolmentId, key, fromWhat, async (tx, locked) => {
    const { personId } = locked.enrolment
    authorize(actor, 'enrolment.withdraw', await staffOf(tx, actor, personId))
    requireOpen(locked.training)
    const attended = await tx.attendance.count({ where: { personId, session: { training: { trainingId } } } })
    if (attended > 0) throw new AppError('conflict', 'enrolment.has_attendance')
    return take(tx, actor, locked, 'withdraw', 'enrolment.withdrawn', reason)
  })
}
