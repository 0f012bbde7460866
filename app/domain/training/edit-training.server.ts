import type { AccountActor } from '~/platform/actor'
import { recordEvent } from '~/platform/audit.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { advanceWaitingList } from '../enrolment/waiting-list.server'
import { authorize } from '../policy'
import { refusingTwoPlaces, requireFreeLeader } from '../session/put-session.server'
import type { TrainingInput } from './schema'
import { requireChoices, trainerChoices, trainingChoices } from './training-choices.server'
import { findTraining, lockTraining } from './training.server'

/** The training as its form shows it, with what the form offers. Throws `forbidden`. */
export async function editTrainingPage(actor: AccountActor, trainingId: string) {
  const [page, trainers] = await Promise.all([
    inMunicipality(actor, async (tx) => {
      const training = await findTraining(tx, actor, trainingId)
      authorize(actor, 'training.manage', null)
      const trainer = await tx.membership.findFirstOrThrow({
        where: { accountId: training.trainerAccountId, municipalityId: actor.municipalityId },
      })
      return {
        training: {
          id: training.id,
          ...training.course,
          courseId: training.courseId,
          work: training.projectId ? [training.projectId, training.activityId].filter(Boolean).join('/') : null,
          trainerAccountId: training.trainerAccountId,
          trainer: trainer.displayName,
          place: training.place,
          onlineUrl: training.onlineUrl,
          capacity: training.capacity,
          seatsTaken: training.seatsTaken,
          note: training.note,
          isCancelled: training.cancelledAt !== null,
        },
        ...(await trainingChoices(tx, actor, training)),
      }
    }),
    trainerChoices(actor),
  ])
  const { trainerAccountId, trainer } = page.training
  // a trainer whose role has ended stays the trainer of what he has begun
  const isOffered = trainers.some(({ accountId }) => accountId === trainerAccountId)
  return { ...page, trainers: isOffered ? trainers : [...trainers, { accountId: trainerAccountId, name: trainer }] }
}

/**
 * Changes a training. A new trainer leads the sessions nobody was marked in; a new place holds for those that had the old one. When
 * the capacity rises the waiting list advances. Returns how many advanced. Throws `training.capacity_below` with the taken seats.
 */
export function editTraining(actor: AccountActor, trainingId: string, input: TrainingInput): Promise<number> {
  return inMunicipality(actor, async (tx) => {
    await findTraining(tx, actor, trainingId)
    authorize(actor, 'training.manage', null)
    const locked = await lockTraining(tx, trainingId)
    const before = await findTraining(tx, actor, trainingId)
    if (locked.cancelledAt) throw new AppError('conflict', 'training.cancelled')
    await requireChoices(tx, actor, input, before)
    const { courseId, work, trainerAccountId, place, onlineUrl, capacity, note } = input
    if (capacity < locked.seatsTaken)
      throw new AppError('conflict', 'training.capacity_below', { field: 'capacity', taken: locked.seatsTaken })
    const after = {
      courseId,
      projectId: work?.projectId ?? null,
      activityId: work?.activityId ?? null,
      trainerAccountId,
      place,
      onlineUrl,
      capacity,
      note,
    }
    if (trainerAccountId !== before.trainerAccountId) await changeLeader(tx, actor, trainingId, trainerAccountId)
    await tx.training.update({ where: { id: trainingId }, data: after, select: { id: true } })
    if (place !== before.place || onlineUrl !== before.onlineUrl)
      await tx.session.updateMany({
        where: { training: { trainingId }, cancelledAt: null, attendances: { none: {} }, place: before.place, onlineUrl: before.onlineUrl },
        data: { place, onlineUrl, sequence: { increment: 1 } },
      })
    const advanced = await advanceWaitingList(tx, actor, trainingId)
    const changed = (Object.keys(after) as (keyof typeof after)[]).filter((name) => after[name] !== before[name])
    await recordEvent(
      tx,
      actor,
      'training.edited',
      { type: 'training', id: trainingId },
      {
        from: Object.fromEntries(changed.map((name) => [name, before[name]])),
        to: Object.fromEntries(changed.map((name) => [name, after[name]])),
        advanced,
      },
    )
    return advanced
  })
}

async function changeLeader(tx: Tx, actor: AccountActor, trainingId: string, leaderAccountId: string) {
  const sessions = await tx.session.findMany({
    where: { training: { trainingId }, cancelledAt: null, attendances: { none: {} } },
    orderBy: { startsAt: 'asc' },
  })
  const field = 'trainerAccountId'
  const planned = sessions.map(({ id, startsAt, endsAt }) => ({ id, startsAt, endsAt, field }))
  await requireFreeLeader(
    tx,
    actor,
    leaderAccountId,
    planned,
    sessions.map(({ id }) => id),
    () => field,
  )
  for (const session of planned)
    await refusingTwoPlaces(actor, session, field, () =>
      tx.session.update({ where: { id: session.id }, data: { leaderAccountId, sequence: { increment: 1 } }, select: { id: true } }),
    )
}
