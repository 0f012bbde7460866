import { authorize, type AccountActor } from '~/domain/policy'
import { fullName } from '~/i18n/format'
import { recordEvent } from '~/platform/audit.server'
import { clock } from '~/platform/clock.server'
import { arrayText, inMunicipality, type Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { decide, sameRecord, type Mark, type Record } from './attendance'
import { findSheet, writeClaims, type Sheet } from './claims.server'
import { claimsIn, neededClaimsOf } from './read-claims.server'
import { basisIn, isLateEntry, stateOf, verdictOn, type Claim } from './decision'
import { refused } from './refused'
import type { RosterRow } from './roster-form'

export type Recorded = { changed: number }

export type RosterSubmission = {
  trainingId: string
  sessionId: string
  /** The last claim the page was drawn with. */
  seen: string
  /** The last claim of people whose rows were shown anew after that, because somebody else had marked them. */
  settled?: ReadonlyMap<string, string> | null
  key: string
  rows: RosterRow[]
  markRestPresent: boolean
  /** Why it is entered afterwards; needed from a week after the end. */
  reason?: string | null
  /** `paper` when the rows were read off a signed sheet, `import` when they came in a file. */
  source?: 'roster' | 'paper' | 'import'
  /** The name of that file. It may name a person, so it stands where it can be erased: in the event alone. */
  file?: string
}

/**
 * Records a whole roster in one go: one claim for each row that changes anything, what the claims amount to beside it, one audit event.
 * The same key again changes nothing. What others recorded since `seen` stays unless the row was changed here too, which is a conflict.
 * Returns how many rows changed. Throws `not_found`, `forbidden`, and `conflict` with the names and ids of the rows to settle and the
 * ids of those that only others have changed; then nothing is saved.
 */
export function recordAttendance(actor: AccountActor, submission: RosterSubmission): Promise<Recorded> {
  const { sessionId, key, markRestPresent, reason = null, source = 'roster', file } = submission
  return inMunicipality(actor, async (tx) => {
    const sheet = await findSheet(tx, actor, sessionId, { lock: true })
    if (sheet.trainingId !== submission.trainingId) throw new AppError('not_found', 'error.not_found')
    authorize(actor, 'attendance.record', sheet)
    const typed = submission.rows.map(({ personId }) => personId)
    const { enrolled, isRecorded } = await seatsAndReplay(tx, sheet, typed, key)
    if (isRecorded) return { changed: 0 }
    const claims = await neededClaimsOf(tx, sessionId, [...new Set([...typed, ...enrolled])])
    const now = clock.now()
    const verdict = verdictOn(sheet, { kind: 'mark', at: now, receivedAt: now, isEnrolled: true, hasReason: !!reason })
    if ('refuse' in verdict) throw refused(verdict.refuse)
    const changes = await changedRows(tx, sheet, enrolled, claims, submission, markRestPresent)
    const drafts = changes.map(({ personId, typed }) => ({ personId, key, ...typed, basedOn: basisIn(claims.get(personId)) }))
    const telling = {
      kind: 'mark',
      source: source === 'roster' && isLateEntry(sheet, now) ? 'late_entry' : source,
      at: now,
      reason,
    } as const
    const { written, first, last } = await writeClaims(tx, actor, sheet, claims, telling, drafts)
    if (written > 0)
      await recordEvent(
        tx,
        actor,
        'attendance.recorded',
        { type: 'session', id: sessionId },
        { rows: written, ...tally(changes), claims: `${first}-${last}`, ...(reason ? { reason } : {}), ...(file ? { file } : {}) },
      )
    return { changed: written }
  })
}

const tally = (changes: RosterRow[]) => {
  const of = (mark: Mark) => changes.filter((row) => row.typed.mark === mark).length
  return { present: of('present'), absent: of('absent'), excused: of('excused') }
}

/** The rows that say something new. Throws when one is of nobody in the sheet, or was changed by somebody else meanwhile. */
async function changedRows(
  tx: Tx,
  sheet: Sheet,
  enrolled: Set<string>,
  claims: Map<string, Claim[]>,
  { rows: typed, seen, settled }: RosterSubmission,
  markRestPresent: boolean,
) {
  const recordOf = (of: Claim[] = []) => stateOf(sheet, of).record
  const current = new Map([...claims].map(([personId, of]) => [personId, recordOf(of)]))
  if (typed.some(({ personId }) => !enrolled.has(personId) && !current.get(personId)))
    throw new AppError('conflict', 'attendance.not_enrolled')
  const rows = markRestPresent ? [...typed, ...restPresent(enrolled, current, typed)] : typed
  const isNews = (personId: string, { id }: Claim) => BigInt(id!) > BigInt(settled?.get(personId) ?? seen)
  const newer = [...claims].flatMap(([personId, of]) => (of.some((claim) => isNews(personId, claim)) ? [personId] : []))
  const history = newer.length > 0 ? (await claimsIn(tx, [sheet.sessionId], newer)).get(sheet.sessionId) : undefined
  const conflicts: string[] = []
  const left = new Map(newer.map((personId) => [personId, null as Record | null]))
  const changes = rows.filter(({ personId, typed: record }) => {
    const now = current.get(personId) ?? null
    const all = history?.get(personId)
    const decision = decide(all ? recordOf(all.filter((claim) => !isNews(personId, claim))) : now, now, record)
    if (decision === 'conflict') conflicts.push(personId)
    if (decision === 'unchanged') left.set(personId, record)
    else left.delete(personId)
    return decision === 'record'
  })
  if (conflicts.length === 0) return changes
  const others = newer.filter((personId) => left.has(personId) && !sameRecord(left.get(personId)!, current.get(personId) ?? null))
  throw new AppError('conflict', 'attendance.conflict', {
    names: await namesOf(tx, conflicts),
    settle: conflicts.join(','),
    others: others.join(','),
  })
}

/** Who has a seat, and whether the same submission was carried out before. */
async function seatsAndReplay(tx: Tx, { trainingId, sessionId }: Sheet, typed: string[], key: string) {
  const [found] = await tx.$queryRaw<{ seats: string; isRecorded: boolean }[]>`
    with seats as materialized (select array(select "personId" from "Enrolment" where "trainingId" = ${trainingId}::uuid and "state" = 'approved') as "ids")
    select array_to_string("ids", ',') as "seats", exists (
      select from "AttendanceClaim" c
      where c."sessionId" = ${sessionId}::uuid and c."personId" = any ("ids" || ${arrayText(typed)}::uuid[]) and c."key" = ${key}::uuid) as "isRecorded"
    from seats`
  return { enrolled: new Set(found!.seats.split(',').filter(Boolean)), isRecorded: found!.isRecorded }
}

function restPresent(enrolled: Set<string>, current: Map<string, Record | null>, typed: RosterRow[]): RosterRow[] {
  const named = new Set(typed.map((row) => row.personId))
  return [...enrolled]
    .filter((personId) => !named.has(personId) && !current.get(personId))
    .map((personId) => ({ personId, typed: { mark: 'present', lateMinutes: 0, leftEarlyMinutes: 0 } }))
}

async function namesOf(tx: Tx, ids: string[]): Promise<string> {
  const people = await tx.person.findMany({ where: { id: { in: ids } }, orderBy: { sortName: 'asc' }, take: 10 })
  return people.map(fullName).join(', ') + (ids.length > people.length ? ', …' : '')
}
