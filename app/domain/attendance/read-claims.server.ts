import { Prisma } from '~/generated/prisma/client'
import { arrayText, type Tx } from '~/platform/db.server'
import type { Claim } from './decision'

type ClaimColumns = Omit<Claim, 'at'> & { sessionId: string; personId: string; at: string }
type ByPerson = Map<string, Claim[]>

/** One text instead of rows: of hundreds of claims each row would cost more than all the rule makes of it. */
const AS_TEXT = Prisma.sql`json_agg(json_build_object('id', c."id"::text, 'sessionId', c."sessionId", 'personId', c."personId", 'key', c."key", 'kind', c."kind", 'mark', c."mark",
  'lateMinutes', c."lateMinutes", 'leftEarlyMinutes', c."leftEarlyMinutes", 'at', coalesce(c."madeAt", c."receivedAt"), 'basedOn', c."basedOn"::text[]))::text as "claims"`

function bySession(answers: { claims: string | null }[]): Map<string, ByPerson> {
  const claims = new Map<string, ByPerson>()
  for (const { sessionId, personId, at, ...claim } of answers.flatMap((one) => JSON.parse(one.claims ?? '[]') as ClaimColumns[])) {
    const ofSession: ByPerson = claims.get(sessionId) ?? new Map()
    if (ofSession.size === 0) claims.set(sessionId, ofSession)
    const ofPerson = ofSession.get(personId)
    if (ofPerson) ofPerson.push({ ...claim, at: new Date(at) })
    else ofSession.set(personId, [{ ...claim, at: new Date(at) }])
  }
  return claims
}

/** The claims of several sessions, by session and person; `personIds` narrows them to those people. One query. */
export async function claimsIn(
  tx: Tx,
  sessionIds: readonly string[],
  personIds: readonly string[] | null = null,
): Promise<Map<string, ByPerson>> {
  const people = personIds && arrayText(personIds)
  return bySession(
    await tx.$queryRaw`
      select ${AS_TEXT} from "AttendanceClaim" c
      where c."sessionId" = any (${sessionIds}::uuid[]) and (${people}::uuid[] is null or c."personId" = any (${people}::uuid[]))`,
  )
}

/** The claims of a session by person, or of one person in it. One query. */
export async function claimsOf(tx: Tx, sessionId: string, personId: string | null = null): Promise<ByPerson> {
  return (await claimsIn(tx, [sessionId], personId === null ? null : [personId])).get(sessionId) ?? new Map()
}

/**
 * The claims about these people by which a further one is judged (`neededOf`), however often their sheet was saved before. One query, held
 * to looking up each claim by its number (`offset 0`): how long the arrays are is not known to the planner, and it would read the whole table.
 */
export async function neededClaimsOf(tx: Tx, sessionId: string, personIds: readonly string[]): Promise<ByPerson> {
  const people = arrayText(personIds)
  const claims = bySession(
    await tx.$queryRaw`
      select ${AS_TEXT} from "Attendance" a cross join lateral unnest(a."neededClaims") as k("id")
        cross join lateral (select * from "AttendanceClaim" one where one."id" = k."id" offset 0) c
      where a."sessionId" = ${sessionId}::uuid and a."personId" = any (${people}::uuid[])
      union all
      select ${AS_TEXT} from (
          select p."id" from unnest(${people}::uuid[]) as p("id")
          where not exists (select from "Attendance" a where a."sessionId" = ${sessionId}::uuid and a."personId" = p."id" and cardinality(a."neededClaims") > 0)
        ) p
        cross join lateral (select * from "AttendanceClaim" one where one."sessionId" = ${sessionId}::uuid and one."personId" = p."id" offset 0) c`,
  )
  return claims.get(sessionId) ?? new Map()
}
