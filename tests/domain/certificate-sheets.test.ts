import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { closeSheet } from '~/domain/attendance/close-sheet.server'
import { correctAttendance } from '~/domain/attendance/correct-attendance.server'
import { recordAttendance } from '~/domain/attendance/record-attendance.server'
import { trainingCertificates } from '~/domain/certificate/certificate.server'
import { issueCertificates } from '~/domain/certificate/issue-certificates.server'
import { isOutdated } from '~/domain/certificate/outdated'
import { atInstant } from '~/platform/clock.server'
import { disconnect } from '~/platform/db.server'
import { aTraining } from '../factories'

afterAll(disconnect)

const NOW = new Date('2026-11-03T08:00:00Z')
const sessions = ['2026-11-02T07:00:00Z', '2026-11-04T07:00:00Z'].map((startsAt) => ({
  startsAt,
  endsAt: startsAt.replace('T07', 'T09'),
}))

test('an open sheet is warned of once its session is over, and until it is closed; certificates are issued all the same', async () => {
  const w = await aTraining({ people: 1, sessions: sessions.slice(0, 1) })
  const page = (at: Date) => atInstant(at, () => trainingCertificates(w.coordinator.actor, w.training.id))
  expect((await page(new Date('2026-11-02T08:59:59Z'))).openSheets).toEqual([])
  expect((await page(new Date('2026-11-02T09:00:00Z'))).openSheets).toMatchObject([{ id: w.sessions[0]!.id }])
  const place = { trainingId: w.training.id, sessionId: w.sessions[0]!.id }
  const present = { mark: 'present', lateMinutes: 0, leftEarlyMinutes: 0 } as const
  const personId = w.people[0]!.id
  await atInstant(NOW, async () => {
    const rows = [{ personId, typed: present }]
    await recordAttendance(w.trainer.actor, { ...place, seen: '0', key: randomUUID(), rows, markRestPresent: false })
    expect((await issueCertificates(w.coordinator.actor, w.training.id, null, null)).count).toBe(1)
    await closeSheet(w.trainer.actor, { ...place, statement: 'Така беше.' })
  })
  expect((await page(NOW)).openSheets).toEqual([])
  expect((await page(NOW)).candidates).toMatchObject([{ isOutdated: false, last: { isRevoked: false } }])
  // ten minutes of 120 less are still more than 80 %, yet not what the certificate says
  await atInstant(NOW, () =>
    correctAttendance(w.trainer.actor, {
      ...place,
      personId,
      record: { ...present, lateMinutes: 10 },
      reason: 'по хартията',
      seen: '999999999',
      key: randomUUID(),
    }),
  )
  expect((await page(NOW)).candidates).toMatchObject([{ isOutdated: true, isDue: false, verdict: { attendedMinutes: 110, refusal: null } }])
})

test('the same total from other sessions is another fact', () => {
  const [first, second] = sessions.map(({ startsAt, endsAt }) => ({ startsAt, endsAt, scheduledMinutes: 120, attendedMinutes: 100 }))
  const facts = { training: { form: 'in_person', place: null, trainer: 'Т', sessions: [first!, second!] } } as const
  const held = (...attended: (number | null)[]) =>
    attended.map((attendedMinutes, index) => ({ startsAt: new Date(sessions[index]!.startsAt), attendedMinutes }))
  const of = (...attended: (number | null)[]) =>
    isOutdated({ training: { ...facts.training, sessions: [...facts.training.sessions] } }, held(...attended))
  expect([of(100, 100), of(90, 110), of(100, null), of(100)]).toEqual([false, true, true, true])
})
