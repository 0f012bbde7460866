import type { Tx } from '~/platform/db.server'
import { sameRecord, type Record } from './attendance'
import { meetingsOf } from './claims.server'
import { claimsIn } from './read-claims.server'
import { stateOf } from './decision'

/** One change of a closed sheet: what stood before it, what stands after it, who made it, when and why. */
export type CorrectionAfterClosing = {
  sessionId: string
  personId: string
  claimId: string
  /** When it was made. */
  at: Date
  authorName: string
  reason: string | null
  /** Null for somebody who was not in the sheet. */
  from: Record | null
  to: Record
  minutesBefore: number
  minutesAfter: number
  /** False where a proposed mark was looked at and what stood was left as it was. */
  isChange: boolean
}

type Row = Pick<CorrectionAfterClosing, 'sessionId' | 'personId' | 'claimId' | 'at' | 'authorName' | 'reason'>

/**
 * Every correction made in the given sessions after their sheets were closed, oldest first: what a roster, a printed sheet or an export
 * of one of these sessions has to show beside the person („коригирано на … от …: причина“). One query where there is none, else three.
 */
export async function correctionsAfterClosing(tx: Tx, sessionIds: readonly string[]): Promise<CorrectionAfterClosing[]> {
  // „not in“ as the index has it, which holds these few claims alone
  const rows = await tx.$queryRaw<Row[]>`
    select c."sessionId", c."personId", c."id"::text as "claimId", coalesce(c."madeAt", c."receivedAt") as "at", c."authorName", c."reason"
    from "AttendanceClaim" c
    where c."sessionId" = any (${sessionIds}::uuid[]) and c."kind" not in ('mark', 'check_in', 'check_out') and c."kind" = 'correction'
    order by c."id"`
  if (rows.length === 0) return []
  const meetings = await meetingsOf(tx, [...new Set(rows.map(({ sessionId }) => sessionId))])
  const claims = await claimsIn(tx, [...meetings.keys()], [...new Set(rows.map(({ personId }) => personId))])
  return rows.map((row) => {
    const all = claims.get(row.sessionId)!.get(row.personId)!
    const upTo = (last: bigint) =>
      stateOf(
        meetings.get(row.sessionId)!,
        all.filter(({ id }) => BigInt(id!) <= last),
      )
    const [before, after] = [upTo(BigInt(row.claimId) - 1n), upTo(BigInt(row.claimId))]
    return {
      ...row,
      from: before.record,
      to: after.record!,
      minutesBefore: before.attendedMinutes,
      minutesAfter: after.attendedMinutes,
      isChange: !sameRecord(before.record, after.record),
    }
  })
}
