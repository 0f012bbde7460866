import { findSheet, writeClaims } from '~/domain/attendance/claims.server'
import { claimsOf } from '~/domain/attendance/read-claims.server'
import { closeSheet } from '~/domain/attendance/close-sheet.server'
import { correctAttendance } from '~/domain/attendance/correct-attendance.server'
import { closeSheetWords } from '~/i18n/close-sheet'
import { translator } from '~/i18n/dictionary'
import { recordEvent } from '~/platform/audit.server'
import { atInstant, clock } from '~/platform/clock.server'
import { inMunicipality } from '~/platform/db.server'
import { instantAt } from '~/platform/zoned.server'
import { actorOf, demoActor } from './demo-actor'
import { demoId } from './demo-id'
import { PRESENT, type LaidTraining } from './lay-training'
import type { MunicipalityKey } from './municipalities'

const HALF_AN_HOUR_MS = 30 * 60_000
const statement = () => `${translator(closeSheetWords, 'bg')('statementOwn')} (Демонстрационно изявление.)`

const placeOf = ({ id }: LaidTraining, session: number) => ({ trainingId: id, sessionId: demoId(id, 'session', session) })

/** The trainer closes a filled sheet half an hour after the session. A sheet that is closed stays as it is. */
export async function closeLaidSheet(key: MunicipalityKey, training: LaidTraining, session: number): Promise<void> {
  const trainer = await actorOf(key, training.trainerAccountId)
  const { day, to } = training.sessions[session]!
  const end = instantAt(day, to, trainer.timeZone)
  await atInstant(new Date(+end + HALF_AN_HOUR_MS), () => closeSheet(trainer, { ...placeOf(training, session), statement: statement() }))
}

/** Of a training of two sessions: the first sheet closed and then corrected, the second with two marks that contradict each other. */
export async function leaveSheetsToLookAt(key: MunicipalityKey, training: LaidTraining): Promise<void> {
  const [, , latecomer, , absentee] = training.people.approved ?? []
  if (!latecomer || !absentee) return
  await closeLaidSheet(key, training, 0)
  const trainer = await actorOf(key, training.trainerAccountId)
  await correctAttendance(trainer, {
    ...placeOf(training, 0),
    personId: latecomer,
    record: { ...PRESENT, lateMinutes: 25 },
    reason: 'На хартиения списък часът на пристигане е 10:25.',
    seen: '9007199254740991',
    key: demoId(training.id, 'correction'),
  })
  await contradict(key, training, absentee)
}

/** The coordinator marks somebody present from the paper without having seen that the sheet says absent. */
async function contradict(key: MunicipalityKey, training: LaidTraining, personId: string): Promise<void> {
  const coordinator = await demoActor(key, `coordinator@${key}.example`)
  const { sessionId } = placeOf(training, 1)
  await inMunicipality(coordinator, async (tx) => {
    const sheet = await findSheet(tx, coordinator, sessionId, { lock: true })
    const draft = { personId, key: demoId(sessionId, 'paper'), ...PRESENT, basedOn: [] }
    const telling = { kind: 'mark', source: 'paper', at: clock.now() } as const
    const { first } = await writeClaims(tx, coordinator, sheet, await claimsOf(tx, sessionId), telling, [draft])
    if (!first) return
    await recordEvent(tx, coordinator, 'attendance.recorded', { type: 'session', id: sessionId }, { rows: 1, present: 1, claims: first })
  })
}
