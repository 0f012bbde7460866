import { Prisma } from '~/generated/prisma/client'
import { fullName } from '~/i18n/format'
import type { AccountActor } from '~/platform/actor'
import { clock } from '~/platform/clock.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { dayOf } from '~/platform/zoned.server'
import { scheduledMinutes } from '../attendance/attendance'
import { hasRoom, marksOpenAt, nextScan, takesScans, type Presence, type ScanKind } from '../attendance/decision'
import { presenceIn } from '../attendance/presence.server'
import { ENROLMENT_STATES, stateAfter, type EnrolmentState } from '../enrolment/enrolment'
import { POST, postOf, visibleEnrolments } from '../enrolment/enrolment.server'
import { namesakeNumbers } from '../person/namesakes'
import { can, hasRole } from '../policy'
import { outsideTerm, takesPeople, trainingState } from './training'
import { findTraining } from './training.server'

const ROWS_PER_PAGE = 50

export type PeopleFilter = { state?: string | null; page?: number; rowsPerPage?: number }

/** Everything the page of a training shows to the actor; what is not his to see is not in it. Throws `not_found`. */
export function trainingPage(actor: AccountActor, trainingId: string, filter: PeopleFilter = {}) {
  return inMunicipality(actor, async (tx) => {
    const training = await findTraining(tx, actor, trainingId)
    const more = await tx.training.findUniqueOrThrow({
      where: { id: trainingId },
      include: { course: true, project: true, activity: true, trainer: { select: { displayName: true } } },
    })
    const now = clock.now()
    const sessions = await sessionsWithMarks(tx, trainingId, now)
    const seesRoster = can(actor, 'roster.view', training)
    const seesPeople = seesRoster || hasRole(actor, 'manager')
    const people = seesPeople ? await peoplePage(tx, actor, trainingId, filter) : null
    const own = actor.personId
      ? await tx.enrolment.findUnique({ where: { trainingId_personId: { trainingId, personId: actor.personId } } })
      : null
    const open = takesPeople(training, now)
    const issues = can(actor, 'certificate.issue', null)
    const manages = can(actor, 'training.manage', null)
    const { project, course } = more
    const day = (value: Date | null) => value?.toISOString().slice(0, 10) ?? null
    return {
      training: {
        id: training.id,
        title: course.title,
        titleEn: course.titleEn,
        courseId: course.id,
        kind: course.kind,
        topics: course.topics.split('\n').filter(Boolean),
        materials: course.materials,
        requiredSharePercent: course.requiredSharePercent,
        state: trainingState(training, now),
        startsAt: training.startsAt?.toISOString() ?? null,
        endsAt: training.endsAt?.toISOString() ?? null,
        place: training.place,
        onlineUrl: training.onlineUrl,
        note: training.note,
        capacity: training.capacity,
        seatsTaken: training.seatsTaken,
        trainer: more.trainer.displayName,
        isInvented: training.isInvented,
      },
      project: project && {
        id: project.id,
        title: project.title ?? project.numberAsWritten,
        number: project.numberAsWritten,
        activity: more.activity?.title ?? null,
        isEuFunded: project.isEuFunded,
      },
      outsideTerm:
        manages && project && training.startsAt && training.endsAt
          ? outsideTerm(
              { first: dayOf(training.startsAt, actor.timeZone), last: dayOf(training.endsAt, actor.timeZone) },
              { startsOn: day(project.startsOn), endsOn: day(project.endsOn) },
            )
          : [],
      term: project && { startsOn: day(project.startsOn), endsOn: day(project.endsOn) },
      sessions: sessions.map(({ meeting: _, ...session }) => (seesRoster ? session : { ...session, marked: null, present: null })),
      people,
      counts: can(actor, 'enrolment.manage', null) ? await stateCounts(tx, trainingId) : null,
      certificates: issues ? await tx.certificate.count({ where: { trainingId } }) : 0,
      own: own && { id: own.id, state: own.state, attended: await ownMinutes(tx, sessions, own.personId) },
      scanIn: own?.state === 'approved' ? await sessionToScanIn(tx, sessions, own.personId, now) : null,
      may: {
        manage: manages && training.cancelledAt === null,
        record: can(actor, 'attendance.record', training),
        issue: issues,
        cancel: manages && training.cancelledAt === null && sessions.every(({ marked }) => !marked),
        enrol: can(actor, 'enrolment.manage', null) && training.cancelledAt === null,
        nominate: hasRole(actor, 'manager') && open,
        request:
          actor.personId !== null &&
          can(actor, 'enrolment.request', { id: actor.personId }) &&
          open &&
          stateAfter('request', own?.state ?? 'none') !== null,
        openProject: can(actor, 'project.list', null),
        openCourse: can(actor, 'course.list', null),
      },
    }
  })
}
export type TrainingPage = Awaited<ReturnType<typeof trainingPage>>

async function sessionsWithMarks(tx: Tx, trainingId: string, now: Date) {
  const sessions = await tx.session.findMany({
    where: { training: { trainingId } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    include: { breaks: { orderBy: { startsAt: 'asc' } }, closure: { select: { sessionId: true } } },
  })
  const groups = await tx.attendance.groupBy({
    by: ['sessionId', 'mark'],
    where: { sessionId: { in: sessions.map(({ id }) => id) } },
    _count: true,
  })
  return sessions.map((session) => {
    const own = groups.filter(({ sessionId }) => sessionId === session.id)
    return {
      id: session.id,
      startsAt: session.startsAt.toISOString(),
      endsAt: session.endsAt.toISOString(),
      breaks: session.breaks.map((pause) => ({ startsAt: pause.startsAt.toISOString(), endsAt: pause.endsAt.toISOString() })),
      minutes: scheduledMinutes(session, session.breaks),
      place: session.place,
      onlineUrl: session.onlineUrl,
      isCancelled: session.cancelledAt !== null,
      isClosed: session.closure !== null,
      hasBegun: session.startsAt <= now,
      isOver: session.endsAt <= now,
      canBeMarked: marksOpenAt(session) <= now,
      meeting: session,
      marked: own.reduce((sum, { _count }) => sum + _count, 0) as number | null,
      present: own.reduce((sum, { mark, _count }) => sum + (mark === 'present' ? _count : 0), 0) as number | null,
    }
  })
}

/** Minutes a person is recorded to have attended in sessions that were not cancelled, and those scheduled; null while nothing is recorded. */
async function ownMinutes(tx: Tx, sessions: Awaited<ReturnType<typeof sessionsWithMarks>>, personId: string) {
  const held = sessions.filter(({ isCancelled }) => !isCancelled)
  const { _count, _sum } = await tx.attendance.aggregate({
    where: { personId, sessionId: { in: held.map(({ id }) => id) } },
    _count: true,
    _sum: { attendedMinutes: true },
  })
  return _count > 0 ? { minutes: _sum.attendedMinutes ?? 0, scheduled: held.reduce((sum, { minutes }) => sum + minutes, 0) } : null
}

/** The first session in which a person with a seat has a scan to make at `now`, and which one; null where there is none. */
async function sessionToScanIn(
  tx: Tx,
  sessions: Awaited<ReturnType<typeof sessionsWithMarks>>,
  personId: string,
  now: Date,
): Promise<{ sessionId: string; kind: ScanKind } | null> {
  const open = sessions.filter((one) => !one.isCancelled && !one.isClosed && hasRoom(one) && takesScans(one.meeting, now))
  if (open.length === 0) return null
  const known = await tx.$queryRaw<{ sessionId: string; own: Presence }[]>`
    select s."id" as "sessionId", ${presenceIn(Prisma.sql`s."id"`, personId)} as "own" from "Session" s where s."id" = any (${open.map(({ id }) => id)}::uuid[])`
  const presences = new Map(known.map(({ sessionId, own }) => [sessionId, own]))
  for (const { id, meeting } of open) {
    const kind = nextScan(meeting, presences.get(id)!, now)
    if (kind) return { sessionId: id, kind }
  }
  return null
}

const ORDER: Record<string, EnrolmentState> = Object.fromEntries(ENROLMENT_STATES.map((state) => [state, state]))

/** The people of a training the actor may see, by name; those on the waiting list in their order when asked for alone. */
async function peoplePage(tx: Tx, actor: AccountActor, trainingId: string, filter: PeopleFilter) {
  const { rowsPerPage = ROWS_PER_PAGE } = filter
  const state = (filter.state && ORDER[filter.state]) || null
  const where = { AND: [{ trainingId }, visibleEnrolments(actor), state ? { state } : {}] }
  const total = await tx.enrolment.count({ where })
  const page = Math.min(Math.max(1, filter.page ?? 1), Math.max(1, Math.ceil(total / rowsPerPage)))
  const rows = await tx.enrolment.findMany({
    where,
    orderBy: state === 'waiting' ? [{ stateSince: 'asc' }, { id: 'asc' }] : [{ person: { sortName: 'asc' } }, { personId: 'asc' }],
    skip: (page - 1) * rowsPerPage,
    take: rowsPerPage,
    include: { person: { include: { assignments: POST } } },
  })
  const people = rows.map((row) => {
    const { position, service } = postOf(row.person)
    const name = fullName(row.person)
    return { row, seen: { key: row.personId, name, position, unit: service, employeeNumber: row.person.employeeNumber } }
  })
  const numbers = namesakeNumbers(people.map(({ seen }) => seen))
  return {
    total,
    page,
    rowsPerPage,
    state,
    rows: people.map(({ row, seen }) => ({
      id: row.id,
      name: seen.name,
      position: seen.position,
      service: seen.unit,
      number: numbers.get(row.personId) ?? null,
      state: row.state,
      since: row.stateSince.toISOString(),
    })),
  }
}

async function stateCounts(tx: Tx, trainingId: string): Promise<Partial<Record<EnrolmentState, number>>> {
  const groups = await tx.enrolment.groupBy({ by: ['state'], where: { trainingId }, _count: true })
  return Object.fromEntries(groups.map(({ state, _count }) => [state, _count]))
}
