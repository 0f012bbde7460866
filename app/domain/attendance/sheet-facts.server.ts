import { authorize, type AccountActor } from '~/domain/policy'
import { visibleTrainings } from '~/domain/training/training.server'
import { fullName } from '~/i18n/format'
import { clock } from '~/platform/clock.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { dayOf } from '~/platform/zoned.server'
import { sheetFormOf } from '../funder/sheet-form.server'
import { sheetRows, type SheetRow } from './attendance.server'
import { correctionsAfterClosing } from './corrections.server'
import type { FilledFacts, SheetFacts, SheetPerson } from './sheet-facts'

const SHEET = {
  startsAt: true,
  endsAt: true,
  place: true,
  onlineUrl: true,
  cancelledAt: true,
  leader: { select: { displayName: true } },
  breaks: { select: { startsAt: true, endsAt: true }, orderBy: { startsAt: 'asc' } },
  closure: { select: { statement: true, closedAt: true, closedByName: true, funderVersionId: true } },
  training: {
    select: {
      training: {
        select: {
          id: true,
          trainerAccountId: true,
          cancelledAt: true,
          course: { select: { title: true } },
          project: { select: { numberAsWritten: true, title: true, isEuFunded: true, funderProfileId: true } },
        },
      },
    },
  },
} as const

/**
 * What the sheet for signing in a session says: everybody with a seat, by surname, without any mark. Throws `not_found`, `forbidden`, and
 * `conflict` for a cancelled session.
 */
export function sheetFacts(actor: AccountActor, sessionId: string): Promise<SheetFacts> {
  return inMunicipality(actor, async (tx) => {
    const { head, trainingId } = await headOf(tx, actor, sessionId)
    const seated = (await sheetRows(tx, actor, trainingId, sessionId)).filter(({ isEnrolled }) => isEnrolled)
    return { ...head, people: await withNumbers(tx, seated) }
  })
}

/**
 * The closed sheet of a session as it stands now, with the statement it was closed under and what was corrected since. Throws
 * `not_found`, `forbidden`, and `conflict` while it is open.
 */
export function filledFacts(actor: AccountActor, sessionId: string): Promise<FilledFacts> {
  return inMunicipality(actor, async (tx) => {
    const { head, trainingId, closure } = await headOf(tx, actor, sessionId)
    if (!closure) throw new AppError('conflict', 'paper.not_closed')
    const rows = await withNumbers(tx, await sheetRows(tx, actor, trainingId, sessionId))
    const names = new Map(rows.map((row) => [row.personId, fullName(row)]))
    const corrections = (await correctionsAfterClosing(tx, [sessionId])).filter(({ isChange }) => isChange)
    return {
      ...head,
      rows: rows.map((row) => ({
        ...row,
        lateMinutes: row.lateMinutes ?? 0,
        leftEarlyMinutes: row.leftEarlyMinutes ?? 0,
        attendedMinutes: row.attendedMinutes ?? 0,
      })),
      closure: { statement: closure.statement, by: closure.closedByName, at: closure.closedAt },
      corrections: corrections.map(({ personId, from, to, reason, authorName, at }) => ({
        person: names.get(personId) ?? '',
        from,
        to,
        reason,
        by: authorName,
        at,
      })),
    }
  })
}

async function headOf(tx: Tx, actor: AccountActor, sessionId: string) {
  const session = await tx.session.findFirst({ where: { id: sessionId, training: { training: visibleTrainings(actor) } }, select: SHEET })
  const training = session?.training?.training
  if (!session || !training) throw new AppError('not_found', 'session.not_found')
  authorize(actor, 'roster.view', training)
  if (session.cancelledAt || training.cancelledAt) throw new AppError('conflict', 'paper.cancelled')
  const { project, course } = training
  const { startsAt, endsAt, breaks, closure } = session
  const { timeZone } = actor
  const day = dayOf(startsAt, timeZone)
  const form = await sheetFormOf(tx, { project, closedWith: closure ? closure.funderVersionId : undefined, day })
  const head = {
    sessionId,
    startsAt,
    endsAt,
    breaks,
    timeZone,
    form,
    municipality: actor.municipality,
    worthless: actor.isDemo ? ('demo' as const) : null,
    project: project ? { number: project.numberAsWritten, title: project.title } : null,
    course: course.title,
    academicHourMinutes: actor.academicHourMinutes,
    place: session.place ?? (session.onlineUrl ? 'онлайн' : null),
    trainer: session.leader.displayName,
    madeAt: clock.now(),
  }
  return { head, trainingId: training.id, closure }
}

async function withNumbers(tx: Tx, rows: SheetRow[]): Promise<(SheetRow & SheetPerson)[]> {
  const people = await tx.$queryRaw<{ id: string; employeeNumber: string }[]>`
    select "id", "employeeNumber" from "Person" where "id" = any (${rows.map(({ personId }) => personId)}::uuid[]) and "employeeNumber" is not null`
  const numbers = new Map(people.map(({ id, employeeNumber }) => [id, employeeNumber]))
  return rows.map((row) => ({ ...row, employeeNumber: numbers.get(row.personId) ?? null }))
}
