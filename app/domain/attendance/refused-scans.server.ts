import { listName } from '~/i18n/format'
import type { Tx } from '~/platform/db.server'

/** A scan, or a trainer's mark made without a line, that did not count. `name` is null where it may not be shown; `at` an ISO instant. */
export type RefusedScan = { personId: string; name: string | null; reason: string; at: string; isMark: boolean }

type Row = {
  personId: string
  givenName: string
  middleName: string | null
  familyName: string | null
  reason: string
  scannedAt: Date
  isMark: boolean
}

/** Scans that did not count and after which nobody has claimed anything about the person, oldest first. */
export async function refusedScans(tx: Tx, sessionId: string): Promise<RefusedScan[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select p."id" as "personId", p."givenName", p."middleName", p."familyName", r."reason", r."scannedAt", r."source"::text not in ('qr', 'code') as "isMark"
    from "RefusedCheckIn" r join "Person" p on p."id" = r."personId"
    where r."sessionId" = ${sessionId}::uuid and not exists (
      select from "AttendanceClaim" c where c."sessionId" = r."sessionId" and c."personId" = r."personId" and c."receivedAt" > r."receivedAt")
    order by r."id"`
  return rows.map((row) => ({
    personId: row.personId,
    name: listName(row),
    reason: row.reason,
    at: row.scannedAt.toISOString(),
    isMark: row.isMark,
  }))
}
