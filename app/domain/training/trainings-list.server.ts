import type { Prisma } from '~/generated/prisma/client'
import type { AccountActor } from '~/platform/actor'
import { clock } from '~/platform/clock.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { authorize, can, hasRole } from '../policy'
import { PENDING_STATES, type EnrolmentState } from '../enrolment/enrolment'
import { foundByWords } from './found-trainings.server'
import { trainingState, type TrainingsView } from './training'
import { visibleTrainings } from './training.server'

const ROWS_PER_PAGE = 50
export type TrainingsFilter = {
  view: TrainingsView
  q?: string
  courseId?: string | null
  projectId?: string | null
  trainerAccountId?: string | null
  page?: number
  rowsPerPage?: number
}

/** A running training is still a coming one; one without dates belongs to what has yet to be planned. */
function inView(view: TrainingsView): Prisma.TrainingWhereInput {
  const now = clock.now()
  if (view === 'upcoming') return { cancelledAt: null, OR: [{ endsAt: null }, { endsAt: { gt: now } }] }
  return view === 'past' ? { endsAt: { lte: now }, cancelledAt: null } : {}
}

/** Every word of `q` stands in the course's title, the place or the trainer's name, however it is written. */
async function matching(tx: Tx, q: string): Promise<Prisma.TrainingWhereInput[]> {
  const rows = await foundByWords(tx, q)
  return rows.map(({ courses, places, trainers }) => ({
    OR: [{ courseId: { in: courses } }, { place: { in: places } }, { trainerAccountId: { in: trainers } }],
  }))
}

/** One page of the trainings the actor sees: the coming ones soonest first, all others latest first. The number of queries is the same for any number of rows. */
export function trainingsPage(actor: AccountActor, filter: TrainingsFilter) {
  authorize(actor, 'training.list', null)
  const { view, q = '', courseId, projectId, trainerAccountId, page: asked = 1, rowsPerPage = ROWS_PER_PAGE } = filter
  return inMunicipality(actor, async (tx) => {
    const visible = visibleTrainings(actor)
    const where: Prisma.TrainingWhereInput = {
      AND: [
        visible,
        inView(view),
        ...(await matching(tx, q)),
        { ...(courseId && { courseId }), ...(projectId && { projectId }), ...(trainerAccountId && { trainerAccountId }) },
      ],
    }
    const total = await tx.training.count({ where })
    const page = Math.min(Math.max(1, asked), Math.max(1, Math.ceil(total / rowsPerPage)))
    const nulls = view === 'upcoming' ? 'last' : 'first'
    const sort = view === 'upcoming' ? 'asc' : 'desc'
    const rows = await tx.training.findMany({
      where,
      orderBy: [{ startsAt: { sort, nulls } }, { id: 'asc' }],
      skip: (page - 1) * rowsPerPage,
      take: rowsPerPage,
      include: {
        course: { select: { title: true, titleEn: true } },
        trainer: { select: { displayName: true } },
        project: { select: { title: true, numberAsWritten: true } },
      },
    })
    const ids = rows.map(({ id }) => id)
    const counts = can(actor, 'enrolment.manage', null) ? await countsByState(tx, ids) : new Map<string, Map<EnrolmentState, number>>()
    const own = actor.personId
      ? await tx.enrolment.findMany({
          where: { personId: actor.personId, trainingId: { in: ids } },
          select: { trainingId: true, state: true },
        })
      : []
    return {
      total,
      page,
      rowsPerPage,
      rows: rows.map((row) => ({
        id: row.id,
        ...row.course,
        trainer: row.trainer.displayName,
        project: row.project ? (row.project.title ?? row.project.numberAsWritten) : null,
        place: row.place ?? row.onlineUrl,
        startsAt: row.startsAt?.toISOString() ?? null,
        endsAt: row.endsAt?.toISOString() ?? null,
        state: trainingState(row, clock.now()),
        seatsTaken: row.seatsTaken,
        capacity: row.capacity,
        pending: PENDING_STATES.reduce((sum, state) => sum + (counts.get(row.id)?.get(state) ?? 0), 0),
        waiting: counts.get(row.id)?.get('waiting') ?? 0,
        own: own.find(({ trainingId }) => trainingId === row.id)?.state ?? null,
      })),
      choices: await filterChoices(tx, actor, visible),
      may: { plan: can(actor, 'training.manage', null) },
    }
  })
}

async function countsByState(tx: Tx, trainingIds: string[]) {
  const groups = await tx.enrolment.groupBy({ by: ['trainingId', 'state'], where: { trainingId: { in: trainingIds } }, _count: true })
  const counts = new Map<string, Map<EnrolmentState, number>>()
  for (const { trainingId, state, _count } of groups) counts.set(trainingId, (counts.get(trainingId) ?? new Map()).set(state, _count))
  return counts
}

/** Courses, projects and trainers of the trainings the actor sees; projects only where he may know of them. */
async function filterChoices(tx: Tx, actor: AccountActor, visible: Prisma.TrainingWhereInput) {
  const courses = await tx.course.findMany({
    where: { trainings: { some: visible } },
    select: { id: true, title: true, titleEn: true },
    orderBy: [{ title: 'asc' }, { id: 'asc' }],
  })
  const projects = can(actor, 'project.list', null)
    ? await tx.project.findMany({
        where: { trainings: { some: visible } },
        select: { id: true, title: true, numberAsWritten: true },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      })
    : []
  const trainers = hasRole(actor, 'coordinator', 'manager', 'employee')
    ? await tx.membership.findMany({
        where: { trainings: { some: visible } },
        select: { accountId: true, displayName: true },
        orderBy: [{ displayName: 'asc' }, { id: 'asc' }],
      })
    : []
  return { courses, projects, trainers }
}
