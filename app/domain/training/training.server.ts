import type { Prisma } from '~/generated/prisma/client'
import { clock } from '~/platform/clock.server'
import type { Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { hasRole, type Actor } from '../policy'

/**
 * Every training `actor` may learn exists: the coordinator's all, a trainer's own, a manager's all that are not cancelled, an
 * employee's coming ones and those he has an enrolment in; several roles see all of these. Lists, counts and commands start here.
 */
export function visibleTrainings(actor: Actor): Prisma.TrainingWhereInput {
  const { municipalityId } = actor
  if (actor.kind !== 'account' || hasRole(actor, 'coordinator')) return { municipalityId }
  const parts: Prisma.TrainingWhereInput[] = []
  if (hasRole(actor, 'trainer')) parts.push({ trainerAccountId: actor.accountId })
  if (hasRole(actor, 'manager')) parts.push({ cancelledAt: null })
  if (hasRole(actor, 'employee')) {
    parts.push({ cancelledAt: null, endsAt: { gt: clock.now() } })
    if (actor.personId) parts.push({ enrolments: { some: { personId: actor.personId } } })
  }
  // an empty OR inside an AND excludes nothing
  return parts.length > 0 ? { municipalityId, OR: parts } : { id: { in: [] } }
}

/** The training, where the actor sees it. Throws `not_found`. */
export async function findTraining(tx: Tx, actor: Actor, trainingId: string) {
  const training = await tx.training.findFirst({
    where: { AND: [{ id: trainingId }, visibleTrainings(actor)] },
    include: { course: { select: { title: true, titleEn: true } } },
  })
  if (!training) throw new AppError('not_found', 'training.not_found')
  return training
}

type Headed = LockedTraining & { course: { title: string; titleEn: string | null } }

/** A training as the head of a page about one place in it; times are ISO instants. */
export const trainingHead = ({ id, course, startsAt, endsAt, capacity, seatsTaken }: Headed) => ({
  id,
  ...course,
  startsAt: startsAt?.toISOString() ?? null,
  endsAt: endsAt?.toISOString() ?? null,
  capacity,
  free: capacity - seatsTaken,
})

export type LockedTraining = {
  id: string
  capacity: number
  seatsTaken: number
  startsAt: Date | null
  endsAt: Date | null
  cancelledAt: Date | null
}

/**
 * Locks the training's row and returns what it says now. Whatever takes or frees seats, or moves sessions, begins with it, so that
 * one training's changes stand in a queue and none is decided on yesterday's numbers.
 */
export async function lockTraining(tx: Tx, trainingId: string): Promise<LockedTraining> {
  const [training] = await tx.$queryRaw<LockedTraining[]>`
    select "id", "capacity", "seatsTaken", "startsAt", "endsAt", "cancelledAt" from "Training" where "id" = ${trainingId}::uuid for update`
  if (!training) throw new AppError('not_found', 'training.not_found')
  return training
}
