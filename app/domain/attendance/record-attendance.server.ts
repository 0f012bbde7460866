import { authorize, type AccountActor } from '~/domain/policy'
import { visibleTrainings } from '~/domain/training/training.server'
import { recordEvent } from '~/platform/audit.server'
import { clock } from '~/platform/clock.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { fullName } from '~/i18n/format'
import { attendedMinutes, decide, type Mark, type Record, type Span } from './attendance'
import { soon } from './attendance.server'
import type { RosterRow } from './roster-form'

type Current = Record & { personId: string; claimId: string }
type Before = { personId: string; mark: Mark; lateMinutes: number; leftEarlyMinutes: number }
export type Recorded = { changed: number }

export type RosterSubmission = {
  trainingId: string
  sessionId: string
  seen: string
  key: string
  rows: RosterRow[]
  markRestPresent: boolean
}

/**
 * Records a whole roster in one go: one claim for each row that changes anything, the projection beside it, one audit event. The same
 * key again changes nothing. `seen` is the last claim the page was drawn with: what others recorded since stays unless the row was
 * changed here too, which is a conflict. Returns how many rows changed. Throws `not_found`, `forbidden`, and `conflict` with the names
 * of the rows to settle; then nothing is saved.
 */
export function recordAttendance(actor: AccountActor, submission: RosterSubmission): Promise<Recorded> {
  return inMunicipality(actor, async (tx) => {
    const session = await openSession(tx, actor, submission)
    if (session.isRepeated) return { changed: 0 }
    const [enrolled, current] = [await enrolledIds(tx, submission.trainingId), await currentRecords(tx, submission.sessionId)]
    const typed = submission.rows.filter((row) => enrolled.has(row.personId) || current.has(row.personId))
    if (typed.length < submission.rows.length) throw new AppError('conflict', 'attendance.not_enrolled')
    const rows = submission.markRestPresent ? [...typed, ...restPresent(enrolled, current, typed)] : typed
    const before = await recordsWhenSeen(tx, submission, current)
    const conflicts: string[] = []
    const changes = rows.filter(({ personId, typed: record }) => {
      const now = current.get(personId) ?? null
      const decision = decide(before.has(personId) ? before.get(personId)! : now, now, record)
      if (decision === 'conflict') conflicts.push(personId)
      return decision === 'record'
    })
    if (conflicts.length > 0) throw new AppError('conflict', 'attendance.conflict', { names: await namesOf(tx, conflicts) })
    if (changes.length === 0) return { changed: 0 }
    const { written, first, last } = await insertClaims(tx, actor, submission, session, changes, current)
    if (written > 0)
      await recordEvent(
        tx,
        actor,
        'attendance.recorded',
        { type: 'session', id: submission.sessionId },
        { rows: written, ...tally(changes), claims: `${first}-${last}` },
      )
    return { changed: written }
  })
}

const tally = (changes: RosterRow[]) => {
  const of = (mark: Mark) => changes.filter((row) => row.typed.mark === mark).length
  return { present: of('present'), absent: of('absent'), excused: of('excused') }
}

/** The session with its breaks, once the actor may record in it; saves of one session wait for each other from here on. */
async function openSession(tx: Tx, actor: AccountActor, { trainingId, sessionId, key }: RosterSubmission) {
  const training = await tx.training.findFirst({
    where: { AND: [{ id: trainingId, sessions: { some: { sessionId } } }, visibleTrainings(actor)] },
    select: { trainerAccountId: true, cancelledAt: true },
  })
  if (!training) throw new AppError('not_found', 'error.not_found')
  authorize(actor, 'attendance.record', training)
  const [session] = await tx.$queryRaw<
    (Span & { cancelledAt: Date | null; breaks: { startsAt: string; endsAt: string }[] | null; isRepeated: boolean })[]
  >`
    select s."startsAt", s."endsAt", s."cancelledAt", (select json_agg(json_build_object('startsAt', b."startsAt", 'endsAt', b."endsAt")) from "SessionBreak" b where b."sessionId" = s."id") as breaks,
      exists (select from "AttendanceClaim" c where c."sessionId" = s."id" and c."key" = ${key}::uuid) as "isRepeated"
    from "Session" s where s."id" = ${sessionId}::uuid for update`
  if (!session) throw new AppError('not_found', 'error.not_found')
  if (training.cancelledAt || session.cancelledAt) throw new AppError('conflict', 'attendance.cancelled')
  if (session.startsAt > soon(clock.now())) throw new AppError('conflict', 'attendance.too_early')
  const breaks = (session.breaks ?? []).map((one) => ({ startsAt: new Date(one.startsAt), endsAt: new Date(one.endsAt) }))
  return { startsAt: session.startsAt, endsAt: session.endsAt, breaks, isRepeated: session.isRepeated }
}

async function enrolledIds(tx: Tx, trainingId: string): Promise<Set<string>> {
  const rows = await tx.$queryRaw<
    { personId: string }[]
  >`select "personId" from "Enrolment" where "trainingId" = ${trainingId}::uuid and "state" = 'approved'`
  return new Set(rows.map((row) => row.personId))
}

async function currentRecords(tx: Tx, sessionId: string): Promise<Map<string, Current>> {
  const rows = await tx.$queryRaw<Current[]>`
    select "personId", "mark"::text as "mark", "lateMinutes", "leftEarlyMinutes", "claimId"::text as "claimId" from "Attendance" where "sessionId" = ${sessionId}::uuid`
  return new Map(rows.map((row) => [row.personId, row]))
}

function restPresent(enrolled: Set<string>, current: Map<string, Current>, typed: RosterRow[]): RosterRow[] {
  const known = new Set([...current.keys(), ...typed.map((row) => row.personId)])
  return [...enrolled]
    .filter((personId) => !known.has(personId))
    .map((personId) => ({ personId, typed: { mark: 'present', lateMinutes: 0, leftEarlyMinutes: 0 } }))
}

/** What the page showed for the rows that have changed since: the last claim up to `seen`, null where there was none. */
async function recordsWhenSeen(
  tx: Tx,
  { sessionId, seen }: RosterSubmission,
  current: Map<string, Current>,
): Promise<Map<string, Record | null>> {
  const since = [...current.values()].filter((row) => BigInt(row.claimId) > BigInt(seen)).map((row) => row.personId)
  if (since.length === 0) return new Map()
  const rows = await tx.$queryRaw<Before[]>`
    select distinct on ("personId") "personId", "mark"::text as "mark", "lateMinutes", "leftEarlyMinutes" from "AttendanceClaim"
    where "sessionId" = ${sessionId}::uuid and "personId" = any (${since}::uuid[]) and "id" <= ${BigInt(seen)} and "mark" is not null order by "personId", "id" desc`
  const known = new Map(rows.map((row) => [row.personId, row]))
  return new Map(since.map((personId) => [personId, known.get(personId) ?? null]))
}

async function namesOf(tx: Tx, ids: string[]): Promise<string> {
  const people = await tx.person.findMany({ where: { id: { in: ids } }, orderBy: { sortName: 'asc' }, take: 10 })
  return people.map(fullName).join(', ')
}

/** All claims and the projection in one statement; a key that is there already leaves its row as it is. */
async function insertClaims(
  tx: Tx,
  actor: AccountActor,
  { sessionId, key }: RosterSubmission,
  session: Span & { breaks: Span[] },
  changes: RosterRow[],
  current: Map<string, Current>,
) {
  const people = changes.map((row) => row.personId)
  const marks = changes.map((row) => row.typed.mark)
  const late = changes.map((row) => row.typed.lateMinutes)
  const early = changes.map((row) => row.typed.leftEarlyMinutes)
  const attended = changes.map((row) => attendedMinutes(session, session.breaks, row.typed))
  const basedOn = changes.map((row) => current.get(row.personId)?.claimId ?? null)
  const [result] = await tx.$queryRaw<{ written: number; first: string; last: string }[]>`
    with typed as (
      select * from unnest(${people}::uuid[], ${marks}::text[], ${late}::int[], ${early}::int[], ${attended}::int[], ${basedOn}::bigint[])
        as t("personId", "mark", "lateMinutes", "leftEarlyMinutes", "attendedMinutes", "basedOn")
    ), claimed as (
      insert into "AttendanceClaim" ("municipalityId", "sessionId", "personId", "kind", "source", "mark", "lateMinutes", "leftEarlyMinutes", "authorKind", "authorId", "authorName", "key", "basedOn")
      select ${actor.municipalityId}::uuid, ${sessionId}::uuid, t."personId", 'mark', 'roster', t."mark"::"AttendanceMark", t."lateMinutes", t."leftEarlyMinutes",
        ${actor.kind}::"ActorKind", ${actor.accountId}::uuid, ${actor.name}, ${key}::uuid, case when t."basedOn" is null then '{}' else array[t."basedOn"] end
      from typed t
      on conflict ("sessionId", "personId", "key") do nothing
      returning "id", "personId"
    ), projected as (
      insert into "Attendance" as a ("sessionId", "personId", "municipalityId", "mark", "lateMinutes", "leftEarlyMinutes", "attendedMinutes", "claimId")
      select ${sessionId}::uuid, t."personId", ${actor.municipalityId}::uuid, t."mark"::"AttendanceMark", t."lateMinutes", t."leftEarlyMinutes", t."attendedMinutes", c."id"
      from claimed c join typed t using ("personId")
      on conflict ("sessionId", "personId") do update set "mark" = excluded."mark", "lateMinutes" = excluded."lateMinutes", "leftEarlyMinutes" = excluded."leftEarlyMinutes",
        "attendedMinutes" = excluded."attendedMinutes", "claimId" = excluded."claimId", "updatedAt" = now()
      returning 1
    )
    select count(*)::int as written, min("id")::text as first, max("id")::text as last from claimed`
  return result!
}
