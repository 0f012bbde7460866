import type { Prisma } from '~/generated/prisma/client'
import { fullName } from '~/i18n/format'
import type { AccountActor } from '~/platform/actor'
import { clock } from '~/platform/clock.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { dayOf } from '~/platform/zoned.server'
import { can, hasRole } from '../policy'
import { lockTraining, trainingHead } from '../training/training.server'
import { SEAT_FREED, stateAfter } from './enrolment'

/** Today in the actor's municipality, as the database keeps calendar days. */
export const today = (actor: AccountActor) => new Date(dayOf(clock.now(), actor.timeZone))

/** Posts held on a day. */
export const heldOn = (day: Date): Prisma.AssignmentWhereInput => ({
  startsOn: { lte: day },
  OR: [{ endsOn: null }, { endsOn: { gte: day } }],
})

/**
 * Every enrolment `actor` may learn exists: the coordinator's all, a trainer's the people who hold a seat in his trainings, a
 * manager's those of the people who work in his services today, an employee's his own.
 */
export function visibleEnrolments(actor: AccountActor): Prisma.EnrolmentWhereInput {
  const { municipalityId } = actor
  if (hasRole(actor, 'coordinator')) return { municipalityId }
  const parts: Prisma.EnrolmentWhereInput[] = []
  if (hasRole(actor, 'trainer')) parts.push({ state: 'approved', training: { trainerAccountId: actor.accountId } })
  if (hasRole(actor, 'manager'))
    parts.push({ person: { assignments: { some: { AND: [{ serviceId: { in: actor.serviceIds } }, heldOn(today(actor))] } } } })
  if (hasRole(actor, 'employee') && actor.personId) parts.push({ personId: actor.personId })
  // an empty OR inside an AND excludes nothing
  return parts.length > 0 ? { municipalityId, OR: parts } : { id: { in: [] } }
}

/** What tells namesakes apart: the last post, held today where there is one. */
export const POST = {
  orderBy: [{ startsOn: 'desc' }, { id: 'desc' }],
  take: 1,
  select: { position: true, service: { select: { name: true } }, employer: { select: { name: true } } },
} satisfies Prisma.Person$assignmentsArgs

type WithPost = { assignments: { position: string; service: { name: string } | null; employer: { name: string } }[] }
export const postOf = ({ assignments: [post] }: WithPost) => ({
  position: post?.position ?? null,
  service: post ? (post.service?.name ?? post.employer.name) : null,
})

/** The enrolment of a training with its person, where the actor sees it. Throws `not_found`. */
export async function findEnrolment(tx: Tx, actor: AccountActor, trainingId: string, enrolmentId: string) {
  const enrolment = await tx.enrolment.findFirst({
    where: { AND: [{ id: enrolmentId, trainingId }, visibleEnrolments(actor)] },
    include: {
      person: { include: { assignments: POST } },
      training: { include: { course: { select: { title: true, titleEn: true } } } },
    },
  })
  if (!enrolment) throw new AppError('not_found', 'enrolment.not_found')
  return enrolment
}

/** The services of the posts the person holds today: what a manager's rights are asked by. */
export async function staffOf(tx: Tx, actor: AccountActor, personId: string) {
  const posts = await tx.assignment.findMany({ where: { AND: [{ personId }, heldOn(today(actor))] }, select: { serviceId: true } })
  return { id: personId, serviceIds: posts.flatMap((post) => post.serviceId ?? []) }
}

/** One enrolment with its history and what the actor may do with it now. Throws `not_found`. */
export function enrolmentPage(actor: AccountActor, trainingId: string, enrolmentId: string) {
  return inMunicipality(actor, async (tx) => {
    const enrolment = await findEnrolment(tx, actor, trainingId, enrolmentId)
    const { person, training, state } = enrolment
    const steps = await tx.enrolmentStep.findMany({ where: { enrolmentId }, orderBy: { id: 'asc' } })
    const attended = await tx.attendance.count({ where: { personId: person.id, session: { training: { trainingId } } } })
    const staff = await staffOf(tx, actor, person.id)
    const manages = can(actor, 'enrolment.manage', null) && !training.cancelledAt
    return {
      id: enrolment.id,
      state,
      person: { id: person.id, name: fullName(person), ...postOf(person) },
      training: trainingHead(training),
      steps: steps.map((step) => ({
        id: String(step.id),
        at: step.at.toISOString(),
        state: step.state,
        isAdvance: step.reason === SEAT_FREED,
        // with an advance stands who freed the seat, which is nobody's business but the coordinator's
        who: step.reason === SEAT_FREED && !hasRole(actor, 'coordinator') ? null : step.actorName,
        reason: step.reason === SEAT_FREED ? null : step.reason,
      })),
      attended,
      may: {
        approve: manages && stateAfter('approve', state) !== null,
        refuse: manages && stateAfter('refuse', state) !== null,
        withdraw: !training.cancelledAt && can(actor, 'enrolment.withdraw', staff) && stateAfter('withdraw', state) !== null,
        openPerson: can(actor, 'staff.list', null),
      },
    }
  })
}

/** Locks the training, then reads the enrolment again: what was decided before the lock may be otherwise now. */
export async function lockEnrolment(tx: Tx, actor: AccountActor, trainingId: string, enrolmentId: string) {
  await findEnrolment(tx, actor, trainingId, enrolmentId)
  const training = await lockTraining(tx, trainingId)
  return { training, enrolment: await findEnrolment(tx, actor, trainingId, enrolmentId) }
}
