import { Prisma } from '~/generated/prisma/client'

/** The `Presence` of a person in the session that the SQL expression `sessionId` names, as a JSON object; of nobody nothing is known. */
export function presenceIn(sessionId: Prisma.Sql, personId: string | null): Prisma.Sql {
  const scanned = (kind: 'check_in' | 'check_out') => Prisma.sql`exists (
    select from "AttendanceClaim" l where l."sessionId" = ${sessionId} and l."personId" = ${personId}::uuid and l."kind" = ${kind}::"ClaimKind")`
  return Prisma.sql`json_build_object(
    'mark', (select a."mark" from "Attendance" a where a."sessionId" = ${sessionId} and a."personId" = ${personId}::uuid),
    'hasScannedIn', ${scanned('check_in')}, 'hasScannedOut', ${scanned('check_out')})`
}
