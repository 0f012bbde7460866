import { authorize, type AccountActor } from '~/domain/policy'
import { auditChainFaults } from '~/platform/audit.server'
import { inMunicipality } from '~/platform/db.server'
import { Prisma } from '~/generated/prisma/client'
import type { AuditQuery } from './schema'

type Row = {
  seq: bigint
  at: Date
  actorKind: string
  action: string
  subjectType: string
  subjectId: string | null
  payload: string | null
  erasedAt: Date | null
}
export type AuditEntry = {
  seq: string
  at: string
  actorKind: string
  who: string | null
  action: string
  subjectType: string
  subjectId: string | null
  details: { name: string; value: string }[]
  erasedAt: string | null
}

/** Lists and facts within a fact, without the signs that only a machine needs. */
function asText(value: unknown): string {
  if (Array.isArray(value)) return value.map(asText).join('; ')
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([name, inner]) => `${name}: ${asText(inner)}`)
    .join(', ')
}

/** The values of an event as text; the author stands apart. */
function read(payload: string | null): { who: string | null; details: AuditEntry['details'] } {
  if (payload === null) return { who: null, details: [] }
  const { actor, ...values } = JSON.parse(payload) as Record<string, unknown>
  const details = Object.entries(values)
    .map(([name, value]) => ({ name, value: value === null ? '' : asText(value) }))
    .filter(({ value }) => value !== '')
  return { who: typeof actor === 'string' ? actor : null, details }
}

/**
 * Returns one page of the events of the actor's municipality, newest first, and how many there are; with `lastSeq` none that came after
 * it. Throws `forbidden` for who may not see them.
 */
export function listAuditEvents(actor: AccountActor, { action, type, subject, page }: AuditQuery, rowsPerPage: number, lastSeq?: string) {
  authorize(actor, 'audit.view', null)
  const where = Prisma.join(
    [
      Prisma.sql`e."chainId" = ${actor.municipalityId}::uuid`,
      ...(lastSeq ? [Prisma.sql`e."seq" <= ${BigInt(lastSeq)}`] : []),
      ...(action ? [Prisma.sql`e."action" = ${action}`] : []),
      ...(type ? [Prisma.sql`e."subjectType" = ${type}`] : []),
      ...(subject ? [Prisma.sql`e."subjectId" = ${subject} and e."municipalityId" = ${actor.municipalityId}::uuid`] : []),
    ],
    ' and ',
  )
  return inMunicipality(actor, async (tx) => {
    const [counted] = await tx.$queryRaw<{ total: number }[]>`select count(*)::int as total from "AuditEvent" e where ${where}`
    const rows = await tx.$queryRaw<Row[]>`
      select e."seq", e."at", e."actorKind"::text as "actorKind", e."action", e."subjectType", e."subjectId", p."payload", x."erasedAt"
      from (select * from "AuditEvent" e where ${where} order by e."seq" desc limit ${rowsPerPage} offset ${(page - 1) * rowsPerPage}) e
      left join "AuditPayload" p using ("chainId", "seq") left join "AuditErasure" x using ("chainId", "seq") order by e."seq" desc`
    const entries = rows.map(({ payload, seq, at, erasedAt, ...rest }): AuditEntry => ({
      ...rest,
      ...read(payload),
      seq: String(seq),
      at: at.toISOString(),
      erasedAt: erasedAt?.toISOString() ?? null,
    }))
    return { entries, total: counted!.total }
  })
}

/**
 * Checks the whole chain of the actor's municipality; returns its faults, at most twenty, how many events it held when the check began,
 * and the number of the last of them.
 */
export function checkAuditChain(actor: AccountActor) {
  authorize(actor, 'audit.view', null)
  return inMunicipality(actor, async (tx) => {
    const held = await tx.auditEvent.aggregate({ where: { chainId: actor.municipalityId }, _count: true, _max: { seq: true } })
    const faults = await auditChainFaults(tx, actor.municipalityId)
    return {
      events: held._count,
      lastSeq: String(held._max.seq ?? 0),
      faults: faults.slice(0, 20).map((one) => ({ seq: String(one.seq), fault: one.fault })),
      faultCount: faults.length,
    }
  })
}
