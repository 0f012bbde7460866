import { Prisma } from '~/generated/prisma/client'
import { authorize, can, type AccountActor, type Actor } from '~/domain/policy'
import { fullName } from '~/i18n/format'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { clock } from '~/platform/clock.server'
import { namesakeNumbers } from '~/domain/person/namesakes'
import { postOnDay } from '~/domain/person/post-on-day.server'
import { visibleTrainings } from '~/domain/training/training.server'
import type { Mark, Span } from './attendance'
import { correctionsAfterClosing } from './corrections.server'
import { isLateEntry, marksOpenAt } from './decision'
import { sealedPage } from './drawn-page.server'
import { refusedScans } from './refused-scans.server'

export type SheetRow = {
  personId: string
  givenName: string
  middleName: string | null
  familyName: string | null
  position: string | null
  unit: string | null
  /** The employee number of somebody whose name, position and unit another one in the sheet has too; null of everybody else. */
  number: string | null
  /** False for somebody marked earlier who has since withdrawn. */
  isEnrolled: boolean
  mark: Mark | null
  lateMinutes: number | null
  leftEarlyMinutes: number | null
  attendedMinutes: number | null
  arrivedAt: Date | null
  leftAt: Date | null
  lacksScan: boolean
  isConflicting: boolean
  /** Its last claim. */
  claimId: string | null
}

/** The training with the sessions that take place and have sheets, as far as the actor may see it. Throws `not_found` otherwise. */
export async function trainingOfSheets(tx: Tx, actor: AccountActor, trainingId: string) {
  const training = await tx.training.findFirst({
    where: { AND: [{ id: trainingId }, visibleTrainings(actor)] },
    select: {
      id: true,
      trainerAccountId: true,
      cancelledAt: true,
      course: { select: { title: true, titleEn: true } },
      project: { select: { isEuFunded: true, title: true, numberAsWritten: true } },
      trainer: { select: { displayName: true } },
      sessions: {
        select: {
          session: {
            select: {
              id: true,
              startsAt: true,
              endsAt: true,
              place: true,
              cancelledAt: true,
              hasCheckOut: true,
              checkInOpensMinutes: true,
              leaderAccountId: true,
              closure: { select: { closedAt: true, closedById: true, closedByName: true, statement: true } },
              breaks: { select: { startsAt: true, endsAt: true } },
            },
          },
        },
      },
    },
  })
  if (!training) throw new AppError('not_found', 'error.not_found')
  const sessions = training.sessions
    .map(({ session }) => session)
    .filter((session) => !session.cancelledAt)
    .map((session) => ({ ...session, closure: closureOf(session) }))
    .sort((a, b) => +a.startsAt - +b.startsAt)
  return { ...training, sessions }
}

type Closure = { closedAt: Date; closedById: string | null; closedByName: string; statement: string }

/** `isInPlace`: closed by another than who led the session, whoever the training's trainer is by now. */
function closureOf({ closure, leaderAccountId }: { closure: Closure | null; leaderAccountId: string }) {
  return closure && { ...closure, isInPlace: closure.closedById !== null && closure.closedById !== leaderAccountId }
}

/** Today's session, else the last one begun, else the first: the one a trainer most likely came to mark. */
function likeliest<S extends Span>(sessions: S[], now: Date): S | undefined {
  return sessions.find((s) => s.startsAt <= now && now <= s.endsAt) ?? sessions.filter((s) => s.startsAt <= now).at(-1) ?? sessions[0]
}

/**
 * The rows of one session's sheet: everybody with a seat, and whoever was marked before leaving; by surname in Bulgarian order. One query.
 * `unit` is the service or employer of the post held on the session's day, so that namesakes can be told apart.
 */
export async function sheetRows(tx: Tx, actor: Pick<Actor, 'municipalityId'>, trainingId: string, sessionId: string): Promise<SheetRow[]> {
  const rows = await tx.$queryRaw<SheetRow[]>`
    select p."id" as "personId", p."givenName", p."middleName", p."familyName", p."employeeNumber" as "number", post."position", post."unit", e."state" = 'approved' as "isEnrolled",
      a."mark"::text as "mark", a."lateMinutes", a."leftEarlyMinutes", a."attendedMinutes", a."arrivedAt", a."leftAt", coalesce(a."lacksScan", false) as "lacksScan", coalesce(a."isConflicting", false) as "isConflicting",
      said."last"::text as "claimId"
    from "Enrolment" e
    join "Person" p on p."id" = e."personId"
    join "Session" s on s."id" = ${sessionId}::uuid
    join "Municipality" y on y."id" = s."municipalityId"
    left join "Attendance" a on a."sessionId" = s."id" and a."personId" = p."id"
    left join (select c."personId", max(c."id") as "last" from "AttendanceClaim" c where c."sessionId" = ${sessionId}::uuid group by c."personId") said on said."personId" = p."id"
    ${postOnDay(Prisma.sql`p."id"`, Prisma.sql`(s."startsAt" at time zone y."timeZone")::date`)}
    where e."trainingId" = ${trainingId}::uuid and e."municipalityId" = ${actor.municipalityId}::uuid and (e."state" = 'approved' or a."personId" is not null)
    order by p."sortName", p."id"`
  const seen = rows.map((row) => ({
    key: row.personId,
    name: fullName(row),
    position: row.position,
    unit: row.unit,
    employeeNumber: row.number,
  }))
  const numbers = namesakeNumbers(seen)
  for (const row of rows) row.number = numbers.get(row.personId) ?? null
  return rows
}

/** The roster of a training's session (the likeliest one when none is named), with what the actor may do. Times are instants, minutes whole. */
export function attendanceSheet(actor: AccountActor, trainingId: string, sessionId: string | null) {
  return inMunicipality(actor, async (tx) => {
    const training = await trainingOfSheets(tx, actor, trainingId)
    authorize(actor, 'roster.view', training)
    const now = clock.now()
    const session = sessionId ? training.sessions.find((one) => one.id === sessionId) : likeliest(training.sessions, now)
    if (sessionId && !session) throw new AppError('not_found', 'error.not_found')
    const rows = session ? await sheetRows(tx, actor, training.id, session.id) : []
    const closed = session?.closure ? [session.id] : []
    const seen = lastClaimOf(rows)
    return {
      training,
      session: session ?? null,
      rows,
      corrections: await correctionsAfterClosing(tx, closed),
      refused: session ? await refusedScans(tx, session.id) : [],
      proposed: await proposedIn(tx, closed),
      seen,
      drawnAt: now,
      /** What marks made on this page are sent with. */
      drawn: session ? sealedPage(actor, session.id, { at: +now, seen }) : '',
      ...rightsIn(actor, training, session, now),
    }
  })
}

const lastClaimOf = (rows: SheetRow[]): string =>
  rows.reduce((last, { claimId }) => (claimId && BigInt(claimId) > last ? BigInt(claimId) : last), 0n).toString()

/** People for whom a mark that came after the closing waits to be taken or left. */
async function proposedIn(tx: Tx, sessionIds: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ personId: string }[]>`
    select distinct c."personId" from "AttendanceClaim" c
    where c."sessionId" = any (${sessionIds}::uuid[]) and c."kind" not in ('mark', 'check_in', 'check_out') and c."kind" = 'proposal' and ${STILL_STANDS}`
  return rows.map(({ personId }) => personId)
}

/** That no later claim about the same person has replaced the claim `c`: of a proposal the rule of `stateOf`, a further proposal among them. */
export const STILL_STANDS = Prisma.sql`not exists (
  select from "AttendanceClaim" n where n."sessionId" = c."sessionId" and n."personId" = c."personId" and c."id" = any (n."basedOn"))`

/** What may be done with a session's sheet now: marked, marked only with a reason, corrected one by one, closed; and from when it may be marked. */
export function rightsIn(
  actor: AccountActor,
  training: { trainerAccountId: string; cancelledAt: Date | null },
  session: (Span & { closure: object | null }) | undefined,
  now: Date,
) {
  const isOpen = !!session && !session.closure && !training.cancelledAt
  const isRecorder = can(actor, 'attendance.record', training)
  const mayRecord = isRecorder && !training.cancelledAt && !!session && marksOpenAt(session) <= now
  return {
    marksFrom: isRecorder && isOpen ? marksOpenAt(session) : null,
    canRecord: mayRecord && isOpen,
    canCorrect: mayRecord,
    needsReason: mayRecord && isLateEntry(session, now) && isOpen,
    canClose: isOpen && session.endsAt <= now && can(actor, 'sheet.close', training),
  }
}
