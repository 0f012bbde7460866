import { afterAll, expect, test } from 'vitest'
import { closeSheet } from '~/domain/attendance/close-sheet.server'
import { atInstant } from '~/platform/clock.server'
import { disconnect, inMunicipality } from '~/platform/db.server'
import TrainingPage, { loader } from '~/routes/_app.trainings.$trainingId._index'
import { loader as certificatesLoader } from '~/routes/_app.trainings.$trainingId.certificates'
import { primaryOf } from '~/routes/trainings/next-step'
import { AFTERWARDS, present } from '../certificate-cases'
import { aPerson, aTraining, enrolled, somebody } from '../factories'
import { call } from '../http'
import { scanned } from '../scanned'
import { screen, wordsOf } from '../screen'
import { statements } from '../statements'

afterAll(disconnect)

type World = Awaited<ReturnType<typeof aTraining>>
// the session of `aTraining`: 07:00–14:00 in UTC on 2 November 2026; check-in opens at 06:30, scans are kept from 05:30
const on = (time: string) => new Date(`2026-11-02T${time}:00Z`)

async function pageOf(w: World, who: { cookie: string }, at: Date) {
  const { status, body } = await atInstant(at, () => call(loader, '/', { as: who, params: { trainingId: w.training.id } }))
  expect(status).toBe(200)
  return body
}
const primary = async (w: World, who: { cookie: string }, at: Date) => primaryOf(await pageOf(w, who, at))?.action ?? null

test('the page’s own action is what each role comes for: before, during and after the session', async () => {
  const w = await aTraining()
  const seen = async (at: Date) => [
    await primary(w, w.coordinator, at),
    await primary(w, w.trainer, at),
    await primary(w, w.manager, at),
    await primary(w, w.employee, at),
  ]
  expect(await seen(on('05:29'))).toEqual(['enrol', null, 'nominate', null])
  expect(await seen(on('06:30'))).toEqual(['enrol', 'attendance', 'nominate', 'checkIn'])
  expect(await seen(on('07:00'))).toEqual(['attendance', 'attendance', 'nominate', 'checkIn'])
  expect(await seen(on('14:01'))).toEqual(['attendance', 'attendance', null, null])
  await present(w)
  expect(await seen(AFTERWARDS)).toEqual(['close', 'close', null, null])
  const words = async (who: { cookie: string }) => wordsOf(screen(TrainingPage, await pageOf(w, who, AFTERWARDS)))
  expect(await words(w.coordinator)).toContain('Списъкът още не е приключен')
  expect(await words(w.coordinator)).not.toContain('Издайте удостоверения')
  await atInstant(AFTERWARDS, () =>
    closeSheet(w.trainer.actor, { trainingId: w.training.id, sessionId: w.sessions[0]!.id, statement: 'Така беше.' }),
  )
  expect(await seen(AFTERWARDS)).toEqual(['certificates', null, null, null])
  expect(await words(w.coordinator)).toContain('Издайте удостоверения')
  expect(await words(w.coordinator)).not.toContain('още не е приключен')
})

test('while more sessions come, a whole sheet is the trainer’s to close and the coordinator’s to see', async () => {
  const days = ['2026-11-02', '2026-11-25'].map((day) => ({ startsAt: `${day}T07:00:00Z`, endsAt: `${day}T09:00:00Z` }))
  const w = await aTraining({ sessions: days })
  await present({ ...w, sessions: [w.sessions[0]!] }, 120)
  expect([await primary(w, w.trainer, AFTERWARDS), await primary(w, w.coordinator, AFTERWARDS)]).toEqual(['close', 'enrol'])
  expect(wordsOf(screen(TrainingPage, await pageOf(w, w.coordinator, AFTERWARDS)))).toContain('Списъкът още не е приключен')
})

test('a training that is over and has nobody is there to enrol in; one that was left after its certificate is there to see', async () => {
  const w = await aTraining({ people: 0 })
  expect(await primary(w, w.coordinator, AFTERWARDS)).toBe('enrol')
  const { body } = await atInstant(AFTERWARDS, () =>
    call(certificatesLoader, '/', { as: w.coordinator, params: { trainingId: w.training.id } }),
  )
  expect(body).toMatchObject({ candidates: [], openSheets: [] })
  const page = await pageOf(w, w.coordinator, AFTERWARDS)
  expect(primaryOf({ ...page, certificates: 1 })?.action).toBe('certificates')
})

test('the session that is on is marked before one that was left; a whole one is left alone', async () => {
  const [first, second] = [
    { startsAt: '2026-11-01T07:00:00Z', endsAt: '2026-11-01T09:00:00Z' },
    { startsAt: '2026-11-02T07:00:00Z', endsAt: '2026-11-02T09:00:00Z' },
  ]
  const w = await aTraining({ sessions: [first, second] })
  const [left, now] = w.sessions.map(({ id }) => `/trainings/${w.training.id}/attendance?session=${id}`)
  const to = async (at: Date) => primaryOf(await pageOf(w, w.trainer, at))?.to
  expect(await to(on('06:59'))).toBe(left)
  expect(await to(on('07:00'))).toBe(now)
  await present({ ...w, sessions: [w.sessions[1]!] }, 120)
  expect(await to(on('07:00'))).toBe(left)
})

test('who is in already, has no seat, or takes part online only is offered no check-in', async () => {
  const w = await aTraining()
  const scanIn = async () => (await pageOf(w, w.employee, on('08:00'))).scanIn
  const [session] = w.sessions
  const put = (data: { place: string | null; onlineUrl: string | null }) =>
    inMunicipality(w, (tx) => tx.session.update({ where: { id: session!.id }, data }))
  const toCheckIn = { sessionId: session!.id, kind: 'check_in' }
  expect(await scanIn()).toEqual(toCheckIn)
  await put({ place: null, onlineUrl: 'https://meet.example/x' })
  expect(await scanIn()).toBeNull()
  await put({ place: 'Зала 1', onlineUrl: 'https://meet.example/x' })
  expect(await scanIn()).toEqual(toCheckIn)
  await put({ place: 'Зала 1', onlineUrl: null })
  await present(w)
  expect(await scanIn()).toBeNull()
  const waiting = await aTraining({ people: 0 })
  const person = await aPerson(waiting.municipalityId)
  const who = await somebody(waiting.municipalityId, 'employee', { personId: person.id })
  await enrolled(waiting.municipalityId, waiting.training.id, person.id, 'waiting')
  expect((await pageOf(waiting, who, on('08:00'))).scanIn).toBeNull()
})

test('of sessions that follow each other the first in which there is something to scan is offered, by its word', async () => {
  // scans of the second are kept from an hour before half past nine, so both take scans while the first goes on
  const w = await aTraining({
    sessions: [
      { startsAt: '2026-11-02T07:00:00Z', endsAt: '2026-11-02T10:00:00Z' },
      { startsAt: '2026-11-02T10:00:00Z', endsAt: '2026-11-02T12:00:00Z' },
    ],
  })
  const [first, second] = w.sessions.map(({ id }) => id) as [string, string]
  const offered = async (time: string) => {
    const { scanIn } = await pageOf(w, w.employee, on(time))
    return scanIn && [scanIn.sessionId, scanIn.kind]
  }
  const words = async (time: string, language: 'bg' | 'en' = 'bg') =>
    wordsOf(screen(TrainingPage, await pageOf(w, w.employee, on(time)), { language }))
  expect(await offered('09:00')).toEqual([first, 'check_in'])
  expect(await words('09:00')).toContain('Отбележи се')
  await scanned(w.employee, first, 'check_in', on('07:05'))
  expect(await offered('08:00')).toBeNull()
  expect(await offered('09:00')).toEqual([second, 'check_in'])
  await inMunicipality(w, (tx) => tx.session.updateMany({ where: { id: { in: [first, second] } }, data: { hasCheckOut: true } }))
  expect(await offered('09:00')).toEqual([first, 'check_out'])
  expect(await words('09:00')).toContain('Отбележи излизането')
  expect(await words('09:00', 'en')).toContain('Check out')
  const two = await atInstant(on('09:00'), () => statements(() => pageOf(w, w.employee, on('09:00'))))
  await scanned(w.employee, first, 'check_out', on('09:30'))
  expect(await offered('09:45')).toEqual([second, 'check_in'])
  // asked of both sessions at once: as many statements as while only the first takes scans
  expect(two).toBe(await atInstant(on('08:00'), () => statements(() => pageOf(w, w.employee, on('08:00')))))
  // the first takes leaving until 10:30, and he has left it
  await scanned(w.employee, second, 'check_in', on('09:50'))
  expect(await offered('09:55')).toBeNull()
  expect(await offered('10:15')).toEqual([second, 'check_out'])
  expect(await offered('12:31')).toBeNull()
})

test('namesakes of one post are told apart by their numbers among the people and on the page of certificates; others show none', async () => {
  const w = await aTraining({ people: 1 })
  const name = { givenName: 'Мария', middleName: 'Йорданова', familyName: 'Георгиева', service: w.service }
  for (const employeeNumber of ['Д-009', 'Д-018']) {
    const person = await aPerson(w.municipalityId, { ...name, employeeNumber })
    await enrolled(w.municipalityId, w.training.id, person.id)
  }
  const third = await aPerson(w.municipalityId, { ...name, employeeNumber: 'Д-020', position: 'шофьор' })
  await enrolled(w.municipalityId, w.training.id, third.id)
  const numbers = (rows: { number: string | null }[]) => rows.map(({ number }) => number).sort()
  expect(numbers((await pageOf(w, w.trainer, on('08:00'))).people.rows)).toEqual([null, null, 'Д-009', 'Д-018'])
  const { body } = await call(certificatesLoader, '/', { as: w.coordinator, params: { trainingId: w.training.id } })
  expect(numbers(body.candidates)).toEqual([null, null, 'Д-009', 'Д-018'])
  expect(JSON.stringify(body)).not.toContain('Д-020')
})

test('whoever takes part reads his own hours as they are recorded, and nobody else’s; nothing while nothing is recorded', async () => {
  const days = ['2026-11-02', '2026-11-03'].map((day) => ({ startsAt: `${day}T07:00:00Z`, endsAt: `${day}T10:00:00Z` }))
  const w = await aTraining({ sessions: days })
  const words = async (who: { cookie: string }) => wordsOf(screen(TrainingPage, await pageOf(w, who, AFTERWARDS))).replaceAll('\u00a0', ' ')
  expect(await words(w.employee)).not.toContain('Отбелязано присъствие')
  await present({ ...w, sessions: [w.sessions[0]!] }, 135)
  // 135 of 360 minutes; an academic hour has 45
  expect(await words(w.employee)).toContain('Отбелязано присъствие: 3,0 ак. ч. (2 ч. 15 мин.) от 8,0 ак. ч. (6 ч.).')
  expect(await words(w.trainer)).not.toContain('Отбелязано присъствие')
})
