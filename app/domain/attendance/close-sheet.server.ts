import { authorize, type AccountActor } from '~/domain/policy'
import { fullName } from '~/i18n/format'
import { recordEvent } from '~/platform/audit.server'
import { clock } from '~/platform/clock.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { violated } from '~/platform/db-errors.server'
import { AppError } from '~/platform/errors'
import { dayOf } from '~/platform/zoned.server'
import { holdingOn } from '../funder/holding-version'
import { findSheet, type Sheet } from './claims.server'
import { claimsOf } from './read-claims.server'
import { stateOf, type Claim } from './decision'
import { rowsUpTo, sheetDigest } from './sheet-digest.server'

export type Closing = { trainingId: string; sessionId: string; statement: string }
/** `isNew` is false where the sheet had been closed before; then the first statement stands. */
export type Closed = { isNew: boolean; closedByName: string }

const MOST_NAMES = 10

/**
 * Closes the sheet of a session under the actor's statement and name: from then on a change is a correction with a reason. What is
 * closed is frozen as a count, the last claim and a digest of the rows, with the version of the funder's profile that holds on the
 * session's day. A second closing changes nothing. Throws `not_found`, `forbidden`, and `conflict` while the session is not over, was
 * cancelled, or has people without a mark, with contradicting marks or with a missing scan; their names are in the sentence.
 */
export function closeSheet(actor: AccountActor, { trainingId, sessionId, statement }: Closing): Promise<Closed> {
  return inMunicipality(actor, async (tx) => {
    const sheet = await findSheet(tx, actor, sessionId, { lock: true })
    if (sheet.trainingId !== trainingId) throw new AppError('not_found', 'error.not_found')
    authorize(actor, 'sheet.close', sheet)
    const before = await tx.sheetClosure.findUnique({ where: { sessionId }, select: { closedByName: true } })
    if (before) return { isNew: false, closedByName: before.closedByName }
    const now = clock.now()
    if (sheet.isCancelled) throw new AppError('conflict', 'attendance.cancelled')
    if (now < sheet.endsAt) throw new AppError('conflict', 'attendance.not_over')
    const claims = await claimsOf(tx, sessionId)
    await requireWhole(tx, sheet, claims)
    const lastClaimId = [...claims.values()]
      .flat()
      .reduce<bigint | null>((last, { id }) => (last === null || BigInt(id!) > last ? BigInt(id!) : last), null)
    const rows = rowsUpTo(sheet, claims, lastClaimId)
    if (rows.length === 0) throw new AppError('conflict', 'attendance.nobody_to_close')
    const digest = sheetDigest(sheet, rows)
    const funderVersionId = await funderVersionOf(tx, sheet, dayOf(sheet.startsAt, actor.timeZone))
    const frozen = { rowCount: rows.length, lastClaimId, digest, funderVersionId }
    await refusingUnwhole(() =>
      tx.sheetClosure.create({
        data: {
          municipalityId: actor.municipalityId,
          sessionId,
          statement,
          ...frozen,
          closedAt: now,
          closedById: actor.accountId,
          closedByName: actor.name,
        },
        select: { sessionId: true },
      }),
    )
    const { leaderAccountId } = await tx.session.findUniqueOrThrow({ where: { id: sessionId }, select: { leaderAccountId: true } })
    const marked = (mark: string) => rows.filter((row) => row.mark === mark).length
    await recordEvent(
      tx,
      actor,
      'sheet.closed',
      { type: 'session', id: sessionId },
      {
        statement,
        rows: rows.length,
        present: marked('present'),
        absent: marked('absent'),
        excused: marked('excused'),
        lastClaim: String(lastClaimId),
        digest,
        inPlaceOfTrainer: actor.accountId !== leaderAccountId,
      },
    )
    return { isNew: true, closedByName: actor.name }
  })
}

/** Throws with the names of those the sheet cannot be closed for: first who has no mark, then contradictions, then missing scans. */
async function requireWhole(tx: Tx, sheet: Sheet, claims: ReadonlyMap<string, Claim[]>) {
  const states = new Map([...claims].map(([personId, all]) => [personId, stateOf(sheet, all)]))
  const seated = await tx.enrolment.findMany({ where: { trainingId: sheet.trainingId, state: 'approved' }, select: { personId: true } })
  const those = (is: (state: ReturnType<typeof stateOf>) => boolean) => [...states].filter(([, state]) => is(state)).map(([id]) => id)
  const wrong: [string, string[]][] = [
    ['attendance.close_unmarked', seated.map(({ personId }) => personId).filter((id) => !states.get(id)?.record)],
    ['attendance.close_conflicting', those(({ conflict }) => conflict.length > 0)],
    ['attendance.close_lacks_scan', those(({ lacksScan }) => lacksScan)],
  ]
  for (const [sentence, ids] of wrong)
    if (ids.length > 0) throw new AppError('conflict', sentence, { count: ids.length, names: await namesOf(tx, ids) })
}

async function namesOf(tx: Tx, ids: string[]): Promise<string> {
  const people = await tx.person.findMany({ where: { id: { in: ids } }, orderBy: [{ sortName: 'asc' }, { id: 'asc' }], take: MOST_NAMES })
  return people.map(fullName).join(', ') + (ids.length > MOST_NAMES ? ' …' : '')
}

/** The version of the project's funder profile that holds on `day`; null without a project, a profile or a version so early. */
async function funderVersionOf(tx: Tx, { trainingId }: Sheet, day: string): Promise<string | null> {
  const { project } = await tx.training.findUniqueOrThrow({
    where: { id: trainingId },
    select: { project: { select: { funderProfile: { select: { versions: { ...holdingOn(day), select: { id: true } } } } } } },
  })
  return project?.funderProfile?.versions[0]?.id ?? null
}

/** Somebody may have got a seat since the rows were read: the database looks once more. */
async function refusingUnwhole<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (violated(error, 'sheet_is_whole', 'sheet_closure_knows_claims')) throw new AppError('conflict', 'attendance.not_whole')
    throw error
  }
}
