import type { z } from 'zod'
import { hasRole, type AccountActor } from '~/domain/policy'
import { recordEvent } from '~/platform/audit.server'
import { clock } from '~/platform/clock.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { findScan, type Scan } from './scan.server'
import type { placementSchema } from './schema'

const DAY_MS = 24 * 60 * 60 * 1000
/** How far back and ahead a sheet's session is looked for. */
const PAST_DAYS = 180
const AHEAD_DAYS = 14
const MOST_OFFERED = 200

/** The trainings whose rosters the actor may see. */
const ofOwnTrainings = (actor: AccountActor) =>
  hasRole(actor, 'coordinator') ? {} : { trainerAccountId: hasRole(actor, 'trainer') ? actor.accountId : { in: [] } }

async function sessionsToChoose(tx: Tx, actor: AccountActor, scan: Scan) {
  const now = clock.now().getTime()
  const startsAt = { gte: new Date(now - PAST_DAYS * DAY_MS), lte: new Date(now + AHEAD_DAYS * DAY_MS) }
  const rows = await tx.trainingSession.findMany({
    where: {
      training: ofOwnTrainings(actor),
      OR: [{ session: { startsAt, cancelledAt: null } }, ...(scan.sessionId ? [{ sessionId: scan.sessionId }] : [])],
    },
    orderBy: { session: { startsAt: 'desc' } },
    take: MOST_OFFERED,
    select: {
      session: { select: { id: true, startsAt: true, endsAt: true } },
      training: { select: { course: { select: { title: true, titleEn: true } } } },
    },
  })
  return rows.map(({ session, training }) => ({ ...session, ...training.course }))
}

/** A scan with the sessions it may be placed in, the latest first. Throws `not_found`. */
export function scanPage(actor: AccountActor, scanId: string) {
  return inMunicipality(actor, async (tx) => {
    const scan = await findScan(tx, actor, scanId)
    return { scan, sessions: await sessionsToChoose(tx, actor, scan) }
  })
}

/**
 * Places a scan in a session, at a page of its sheet where that is known, or sets it aside; the last word counts and those before stay
 * in the record. The same again changes nothing. Throws `not_found`, and `invalid` for a session whose roster the actor may not see.
 */
export function placeScan(actor: AccountActor, scanId: string, placement: z.output<typeof placementSchema>): Promise<void> {
  return inMunicipality(actor, async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${scanId}, 3))`
    const scan = await findScan(tx, actor, scanId)
    const { sessionId, page } = placement.intent === 'place' ? placement : { sessionId: null, page: null }
    if (sessionId) {
      const found = await tx.trainingSession.findFirst({ where: { sessionId, training: ofOwnTrainings(actor) } })
      if (!found) throw new AppError('invalid', 'field.choice', { field: 'sessionId' })
    }
    if (sessionId ? scan.sessionId === sessionId && scan.page === page : scan.isSetAside) return
    const { municipalityId, accountId, name } = actor
    await tx.scanPlacement.create({
      data: { municipalityId, scanId, sessionId, page, isByQr: false, placedById: accountId, placedByName: name },
    })
    const told = { page, from: scan.sessionId, to: sessionId }
    await recordEvent(tx, actor, sessionId ? 'scan.placed' : 'scan.set_aside', { type: 'scan', id: scanId }, told)
  })
}
