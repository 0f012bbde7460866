import { authorize, type AccountActor } from '~/domain/policy'
import type { ClaimSource } from '~/generated/prisma/enums'
import { fullName } from '~/i18n/format'
import { recordEvent } from '~/platform/audit.server'
import { clock } from '~/platform/clock.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { findSheet, writeClaims } from '../attendance/claims.server'
import { claimsOf } from '../attendance/read-claims.server'
import { verdictOn } from '../attendance/decision'
import { refused } from '../attendance/refused'
import { chosenPersons, ensureEnrolments } from '../enrolment/enrol-persons.server'
import { stateAfter } from '../enrolment/enrolment'
import { appendSteps, requireOpen } from '../enrolment/waiting-list.server'
import { lockTraining } from '../training/training.server'
import { scanKey } from './check-in.server'

/** Who scanned without a seat, and the training, for the page that asks. Throws `not_found` and `forbidden`. */
export function admitPage(actor: AccountActor, sessionId: string, personId: string) {
  return inMunicipality(actor, async (tx) => {
    const { sheet, scan } = await findRefused(tx, actor, sessionId, personId)
    const person = await tx.person.findFirstOrThrow({ where: { id: personId } })
    const training = await tx.training.findFirstOrThrow({
      where: { id: sheet.trainingId },
      select: { id: true, capacity: true, seatsTaken: true, course: { select: { title: true, titleEn: true } } },
    })
    const { startsAt, endsAt, closedAt } = sheet
    const isMark = !isScan(scan)
    return { person: fullName(person), scannedAt: scan.scannedAt, isMark, isClosed: closedAt !== null, training, startsAt, endsAt }
  })
}

const isScan = ({ source }: { source: ClaimSource }) => source === 'qr' || source === 'code'

async function findRefused(tx: Tx, actor: AccountActor, sessionId: string, personId: string) {
  const sheet = await findSheet(tx, actor, sessionId)
  authorize(actor, 'attendance.admit', sheet)
  const scan = await tx.refusedCheckIn.findFirst({ where: { sessionId, personId, reason: 'not_enrolled' } })
  if (!scan) throw new AppError('not_found', 'error.not_found')
  return { sheet, scan }
}

/**
 * Lets in somebody who scanned, or whom a trainer marked without a line, while he had no seat: a seat in the training and what was said
 * then, by its own moment, or neither. Of a scan that is the way in; of a mark it is that he was present, which in a closed sheet is a
 * proposed correction. Who is in already stays as he is. Returns the training's id. Throws `check_in.full` where no seat is free, and why
 * it cannot count.
 */
export function admitPerson(actor: AccountActor, sessionId: string, personId: string): Promise<string> {
  return inMunicipality(actor, async (tx) => {
    const { trainingId } = (await findRefused(tx, actor, sessionId, personId)).sheet
    const training = await lockTraining(tx, trainingId)
    requireOpen(training)
    const sheet = await findSheet(tx, actor, sessionId, { lock: true })
    const { scan } = await findRefused(tx, actor, sessionId, personId)
    const claims = await claimsOf(tx, sessionId, personId)
    const kind = isScan(scan) ? 'check_in' : 'mark'
    const key = scanKey(kind, sessionId, personId, scan.scannedAt)
    const known = claims.get(personId) ?? []
    // without a seat nothing was claimed about him: whatever is has been said since, and knew better than the mark
    if (kind === 'mark' ? known.length > 0 : known.some((claim) => claim.key === key)) return trainingId
    const at = { at: scan.scannedAt, receivedAt: clock.now() }
    const verdict = verdictOn(sheet, { kind, ...at, isEnrolled: true, hasReason: false })
    if ('refuse' in verdict) throw refused(verdict.refuse)
    const isSeated = await seat(tx, actor, training, personId)
    const mark = kind === 'mark' ? ('present' as const) : null
    const draft = { personId, key, mark, lateMinutes: scan.lateMinutes, leftEarlyMinutes: scan.leftEarlyMinutes, basedOn: [] }
    const telling = { kind: verdict.take, source: scan.source, at: scan.scannedAt }
    const { first } = await writeClaims(tx, actor, sheet, claims, telling, [draft])
    const said = { personId, claim: first, scannedAt: scan.scannedAt.toISOString(), enrolled: isSeated }
    await recordEvent(tx, actor, 'check_in.admitted', { type: 'session', id: sessionId }, said)
    return trainingId
  })
}

/** Gives the person a free seat; false when he had one. The training is locked. */
async function seat(tx: Tx, actor: AccountActor, training: Awaited<ReturnType<typeof lockTraining>>, personId: string): Promise<boolean> {
  const [chosen] = await chosenPersons(tx, actor, training.id, [personId])
  const before = chosen!.state ?? 'none'
  if (before === 'approved') return false
  const state = stateAfter(before === 'waiting' ? 'advance' : 'enrol', before)
  if (!state) throw new AppError('conflict', 'enrolment.changed_meanwhile')
  if (training.seatsTaken >= training.capacity) throw new AppError('conflict', 'check_in.full', { capacity: training.capacity })
  const ids = await ensureEnrolments(tx, actor, training.id, [chosen!])
  await appendSteps(tx, actor, [{ enrolmentId: ids.get(personId)!, state }])
  return true
}
