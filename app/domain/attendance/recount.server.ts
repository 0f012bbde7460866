import type { Attendance } from '~/generated/prisma/client'
import { authorize, type AccountActor } from '~/domain/policy'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { meetingsOf, type HeldMeeting } from './claims.server'
import { claimsIn } from './read-claims.server'
import { neededOf, stateOf, type Claim } from './decision'
import { rowsUpTo, sheetDigest } from './sheet-digest.server'

const SESSIONS_AT_ONCE = 200
const MOST_SHOWN = 20

/**
 * What does not agree with the claims: `row` (a person's state is not what the claims come to), `missing` (it is not there), `extra`
 * (nobody claimed anything), `closure` (a closed sheet's count, last claim or digest is not that of its claims).
 */
export type SheetFault = { sessionId: string; personId: string | null; fault: 'row' | 'missing' | 'extra' | 'closure' }
export type Recount = { sessions: number; rows: number; closures: number; faults: SheetFault[] }

/** Works out every state of every person in every session of the municipality from the claims alone and compares; changes nothing. */
export async function recountAttendance(tx: Tx, municipalityId: string): Promise<Recount> {
  const ids = await tx.$queryRaw<{ sessionId: string }[]>`
    select s."id" as "sessionId" from "Session" s where s."municipalityId" = ${municipalityId}::uuid and (
      exists (select from "AttendanceClaim" c where c."sessionId" = s."id") or exists (select from "Attendance" a where a."sessionId" = s."id")
      or exists (select from "SheetClosure" k where k."sessionId" = s."id")) order by s."id"`
  const found: Recount = { sessions: ids.length, rows: 0, closures: 0, faults: [] }
  for (let first = 0; first < ids.length; first += SESSIONS_AT_ONCE)
    await recountSessions(
      tx,
      ids.slice(first, first + SESSIONS_AT_ONCE).map(({ sessionId }) => sessionId),
      found,
    )
  return found
}

async function recountSessions(tx: Tx, sessionIds: string[], found: Recount) {
  const meetings = await meetingsOf(tx, sessionIds)
  const claims = await claimsIn(tx, sessionIds)
  const rows = new Map<string, Attendance[]>(sessionIds.map((id) => [id, []]))
  for (const row of await tx.attendance.findMany({ where: { sessionId: { in: sessionIds } } })) rows.get(row.sessionId)!.push(row)
  const closures = await tx.sheetClosure.findMany({ where: { sessionId: { in: sessionIds } } })
  for (const [sessionId, meeting] of meetings) {
    const ofSession = claims.get(sessionId) ?? new Map<string, Claim[]>()
    const kept = rows.get(sessionId)!
    found.rows += kept.length
    found.faults.push(...rowFaults(meeting, ofSession, kept))
  }
  for (const { sessionId, lastClaimId, rowCount, digest } of closures) {
    found.closures++
    const meeting = meetings.get(sessionId)!
    const closed = rowsUpTo(meeting, claims.get(sessionId) ?? new Map(), lastClaimId)
    if (closed.length !== rowCount || sheetDigest(meeting, closed) !== digest)
      found.faults.push({ sessionId, personId: null, fault: 'closure' })
  }
}

function rowFaults(meeting: HeldMeeting, claims: ReadonlyMap<string, Claim[]>, kept: Attendance[]): SheetFault[] {
  const { sessionId } = meeting
  const known = new Map(kept.map((row) => [row.personId, row]))
  const due = [...claims].flatMap(([personId, all]): SheetFault[] => {
    const state = stateOf(meeting, all)
    const row = known.get(personId)
    known.delete(personId)
    if (!state.record) return row ? [{ sessionId, personId, fault: 'extra' }] : []
    if (!row) return [{ sessionId, personId, fault: 'missing' }]
    const { mark, lateMinutes, leftEarlyMinutes } = state.record
    const isSame =
      row.mark === mark &&
      row.lateMinutes === lateMinutes &&
      row.leftEarlyMinutes === leftEarlyMinutes &&
      row.attendedMinutes === state.attendedMinutes &&
      sameMoment(row.arrivedAt, state.arrivedAt) &&
      sameMoment(row.leftAt, state.leftAt) &&
      row.lacksScan === state.lacksScan &&
      row.isConflicting === state.conflict.length > 0 &&
      String(row.claimId) === state.decidedBy?.id &&
      (row.neededClaims.length === 0 || sameSet(row.neededClaims.map(String), neededOf(all)))
    return isSame ? [] : [{ sessionId, personId, fault: 'row' }]
  })
  return [...due, ...[...known.keys()].map((personId) => ({ sessionId, personId, fault: 'extra' as const }))]
}

const sameSet = (ids: string[], claims: Claim[]) => ids.length === claims.length && claims.every(({ id }) => ids.includes(id!))
const sameMoment = (a: Date | null, b: Date | null) => a?.getTime() === b?.getTime()

/** The recount of the actor's municipality, of its faults at most twenty. Throws `forbidden` for who may not see the audit trail. */
export function checkAttendance(actor: AccountActor) {
  authorize(actor, 'audit.view', null)
  return inMunicipality(actor, async (tx) => {
    const { faults, ...counted } = await recountAttendance(tx, actor.municipalityId)
    return { ...counted, faultCount: faults.length, faults: faults.slice(0, MOST_SHOWN) }
  })
}
