import { authorize, type AccountActor } from '~/domain/policy'
import { recordEvent } from '~/platform/audit.server'
import { clock } from '~/platform/clock.server'
import { afterCommit, inMunicipality, type Tx } from '~/platform/db.server'
import { tellNews } from '~/platform/live.server'
import { findSheet, writeClaims, type Draft, type Sheet } from './claims.server'
import { claimsIn } from './read-claims.server'
import { basisIn, isLateEntry, verdictOn, type Claim } from './decision'
import { madeAt, type Answer, type Answers, type DeviceMark, type DeviceMarks, type DeviceSave } from './device-marks'
import { drawnPage, type DrawnPage } from './drawn-page.server'
import { ATTENDANCE_NEWS } from './news'

type Known = Map<string, Claim[]>
type Batch = { taken: number; proposed: number; first: string | null; last: string | null; refused: Refused[] }
type Refused = DeviceMark & { reason: string; at: Date }

/**
 * Takes the marks a device has kept while it had no line, in the order in which they were made. Each is judged by when it was made and
 * replaces what its device knew of; in a closed sheet it is a proposed correction. When, and what was known, is believed as far as the
 * page shows it that the server drew for this account: without one a mark was made when it came, by somebody who knew nothing. One audit
 * event a batch. The same marks again change nothing and are answered `known`; what is refused is answered with its reason and stays on
 * the device. Throws `not_found`, `forbidden`.
 */
export function receiveMarks(actor: AccountActor, sessionId: string, { deviceNow, saves }: DeviceMarks): Promise<Answers> {
  return inMunicipality(actor, async (tx) => {
    const sheet = await findSheet(tx, actor, sessionId, { lock: true })
    authorize(actor, 'attendance.record', sheet)
    const receivedAt = clock.now()
    const enrolled = await seatsOf(tx, sheet.trainingId)
    const batch: Batch = { taken: 0, proposed: 0, first: null, last: null, refused: [] }
    const answers: Answer[] = []
    for (const save of saves) {
      const people = save.rows.map(({ personId }) => personId)
      const claims = (await claimsIn(tx, [sessionId], people)).get(sessionId) ?? new Map<string, Claim[]>()
      const page = drawnPage(actor, sessionId, save.drawn) ?? { at: +receivedAt, seen: '0' }
      const at = madeAt({ at: save.at, drawnAt: page.at }, deviceNow, receivedAt)
      const judged = judge(sheet, save, claims, enrolled, at, receivedAt)
      for (const kind of ['mark', 'proposal'] as const) await write(tx, actor, sheet, claims, save, page, kind, judged, batch)
      answers.push(...judged.rows.map(({ answer }) => answer))
      for (const { row, answer } of judged.rows) if (answer.outcome === 'refused') batch.refused.push({ ...row, reason: answer.reason, at })
    }
    const isNews = await keepRefused(tx, actor, sheet, batch.refused)
    if (batch.taken + batch.proposed > 0 || isNews)
      await recordEvent(
        tx,
        actor,
        'attendance.received',
        { type: 'session', id: sessionId },
        {
          rows: batch.taken + batch.proposed,
          proposed: batch.proposed,
          refused: batch.refused.map(({ personId, mark, reason }) => ({ personId, mark, reason })),
          claims: batch.first ? `${batch.first}-${batch.last}` : null,
          clockOffMinutes: Math.round((deviceNow - +receivedAt) / 60_000),
        },
      )
    return { answers }
  })
}

type Judged = { at: Date; rows: { row: DeviceMark; kind: Claim['kind'] | null; answer: Answer }[] }

function judge(sheet: Sheet, save: DeviceSave, claims: Known, enrolled: Set<string>, at: Date, receivedAt: Date): Judged {
  const rows = save.rows.map((row) => {
    const of = { key: save.key, personId: row.personId }
    const about = claims.get(row.personId) ?? []
    if (about.some(({ key }) => key === save.key)) return { row, kind: null, answer: { ...of, outcome: 'known' } as const }
    const isEnrolled = enrolled.has(row.personId) || about.length > 0
    const verdict = verdictOn(sheet, { kind: 'mark', at, receivedAt, isEnrolled, hasReason: !!save.reason })
    if ('refuse' in verdict) return { row, kind: null, answer: { ...of, outcome: 'refused', reason: verdict.refuse } as const }
    return { row, kind: verdict.take, answer: { ...of, outcome: verdict.take === 'proposal' ? 'proposed' : 'taken' } as const }
  })
  return { at, rows }
}

async function write(
  tx: Tx,
  actor: AccountActor,
  sheet: Sheet,
  claims: Known,
  save: DeviceSave,
  page: DrawnPage,
  kind: 'mark' | 'proposal',
  { at, rows }: Judged,
  batch: Batch,
) {
  const drafts = rows.flatMap(({ row, kind: as }) => (as === kind ? [draftOf(row, save, page, claims)] : []))
  if (drafts.length === 0) return
  const source = isLateEntry(sheet, at) ? 'late_entry' : 'roster'
  const telling = { kind, source, at, deviceAt: new Date(save.at), reason: save.reason } as const
  const { written, first, last } = await writeClaims(tx, actor, sheet, claims, telling, drafts)
  batch[kind === 'mark' ? 'taken' : 'proposed'] += written
  batch.first ??= first
  batch.last = last ?? batch.last
}

/** It replaces what its page had shown and what the same page had said since; not what others said meanwhile. */
function draftOf({ personId, ...record }: DeviceMark, save: DeviceSave, page: DrawnPage, claims: Known): Draft {
  const after = new Set(save.after)
  const known = claims.get(personId)?.filter(({ id, key }) => BigInt(id!) <= BigInt(page.seen) || after.has(key))
  return { personId, key: save.key, ...record, basedOn: basisIn(known) }
}

async function seatsOf(tx: Tx, trainingId: string): Promise<Set<string>> {
  const rows = await tx.$queryRaw<
    { personId: string }[]
  >`select "personId" from "Enrolment" where "trainingId" = ${trainingId}::uuid and "state" = 'approved'`
  return new Set(rows.map((row) => row.personId))
}

/** Somebody present without a seat stands among the refused by when he was marked, to be admitted; returns whether anybody new does. */
async function keepRefused(tx: Tx, actor: AccountActor, sheet: Sheet, refused: Refused[]): Promise<boolean> {
  const there = refused.filter(({ reason, mark }) => reason === 'not_enrolled' && mark === 'present')
  if (there.length === 0) return false
  const added = await tx.$executeRaw`
    insert into "RefusedCheckIn" ("municipalityId", "sessionId", "personId", "accountId", "source", "reason", "lateMinutes", "leftEarlyMinutes", "scannedAt")
    select ${actor.municipalityId}::uuid, ${sheet.sessionId}::uuid, p."id", ${actor.accountId}::uuid, 'roster', 'not_enrolled', r."lateMinutes", r."leftEarlyMinutes", r."at"
    from json_to_recordset(${JSON.stringify(there)}::json) as r("personId" uuid, "lateMinutes" int, "leftEarlyMinutes" int, "at" timestamptz)
    join "Person" p on p."id" = r."personId" and p."municipalityId" = ${actor.municipalityId}::uuid
    order by r."at"
    on conflict ("sessionId", "personId", "reason") do nothing`
  if (added > 0) afterCommit(tx, () => tellNews(ATTENDANCE_NEWS, sheet.sessionId))
  return added > 0
}
