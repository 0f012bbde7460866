import { createHash } from 'node:crypto'
import type { Mark } from './attendance'
import type { HeldMeeting } from './claims.server'
import { stateOf, type Claim } from './decision'

export type ClosedRow = {
  personId: string
  mark: Mark
  lateMinutes: number
  leftEarlyMinutes: number
  attendedMinutes: number
  /** The claim whose word holds. */
  claimId: string
}

type Times = Pick<HeldMeeting, 'sessionId' | 'startsAt' | 'endsAt' | 'breaks'>

/** What a sheet says by the claims up to `lastClaimId`, by person's id; null takes no claim. A person without a standing mark is not in it. */
export function rowsUpTo(meeting: HeldMeeting, claims: ReadonlyMap<string, Claim[]>, lastClaimId: bigint | null): ClosedRow[] {
  const rows = [...claims].flatMap(([personId, all]) => {
    const { record, decidedBy, attendedMinutes } = stateOf(
      meeting,
      all.filter(({ id }) => BigInt(id!) <= (lastClaimId ?? 0n)),
    )
    return record ? [{ personId, ...record, attendedMinutes, claimId: decidedBy!.id! }] : []
  })
  return rows.sort((a, b) => (a.personId < b.personId ? -1 : 1))
}

/**
 * The text a closure's digest is taken of, UTF-8, lines ended by a single line feed but the last: `kapacitet.sheet.1`; the session's id,
 * start and end; `break`, start and end for each break in order; then for each row, by the person's id, the id, the mark, minutes late,
 * minutes left early, minutes attended and the number of the claim that decided. Fields stand apart by one space, instants are UTC as
 * `2026-11-02T07:00:00.000Z`. Written anew from the claims up to the last one closed and what the closing freezes of the session (times,
 * breaks, when check-in opens, whether there is a check-out) by the rule of `stateOf`, which a changed rule of the same text would not be.
 */
export function sheetText({ sessionId, startsAt, endsAt, breaks }: Times, rows: readonly ClosedRow[]): string {
  return [
    'kapacitet.sheet.1',
    [sessionId, startsAt.toISOString(), endsAt.toISOString()].join(' '),
    ...breaks.map((pause) => ['break', pause.startsAt.toISOString(), pause.endsAt.toISOString()].join(' ')),
    ...rows.map((row) => [row.personId, row.mark, row.lateMinutes, row.leftEarlyMinutes, row.attendedMinutes, row.claimId].join(' ')),
  ].join('\n')
}

/** SHA-256 of the text of a sheet, in hexadecimal. */
export const sheetDigest = (meeting: Times, rows: readonly ClosedRow[]): string =>
  createHash('sha256').update(sheetText(meeting, rows)).digest('hex')
