import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeSheet } from '~/domain/attendance/close-sheet.server'
import { atInstant } from '~/platform/clock.server'
import { disconnect, inMunicipality } from '~/platform/db.server'
import { startSession } from '~/platform/session.server'
import Home, { loader } from '~/routes/_app._index'
import { seedDemo } from '../../prisma/seed/demo'
import { accountIdOf, municipalityIdOf } from '../../prisma/seed/lay-municipality'
import type { MunicipalityKey } from '../../prisma/seed/municipalities'
import { present } from '../certificate-cases'
import { aPerson, aTraining, enrolled, somebody } from '../factories'
import { call } from '../http'
import { scanned } from '../scanned'
import { screen, wordsOf } from '../screen'
import { statements } from '../statements'

// a Saturday in the week after the change of clocks
const NOW = new Date('2026-10-31T07:30:00Z')

beforeAll(() => atInstant(NOW, seedDemo))
afterAll(disconnect)

async function homeOf(login: string, key: MunicipalityKey = 'elena') {
  const cookie = (await startSession(accountIdOf(login), municipalityIdOf(key))).split(';')[0]!
  const answer = await atInstant(NOW, () => call(loader, '/', { as: { cookie } }))
  expect(answer.status).toBe(200)
  return answer.body
}
const count = (page: Record<string, any>) =>
  Object.fromEntries(Object.entries(page).flatMap(([name, value]) => (value?.rows ? [[name, value.rows.length + value.more]] : [])))

test('nobody is led to the sign-in page', async () => {
  const answer = await call(loader, '/')
  expect([answer.status, answer.location]).toEqual([302, '/login?next=%2F'])
})

test('on the day the demo is started the home of every role is alive', async () => {
  expect(count(await homeOf('coordinator@elena.example'))).toMatchObject({ sessionsToday: 1, sheets: 2, undecided: 2, certificatesDue: 1 })
  expect(count(await homeOf('trainer@elena.example'))).toMatchObject({ sessionsToday: 1, sheets: 2, undecided: 0, certificatesDue: 0 })
  const manager = count(await homeOf('manager@elena.example'))
  expect(manager).toMatchObject({ sessionsToday: 1, undecided: 0 })
  for (const list of ['nominations', 'offers', 'sessionsAhead']) expect([list, manager[list]! > 0]).toEqual([list, true])
  const employee = count(await homeOf('employee@elena.example'))
  expect(employee).toMatchObject({ sessionsToday: 1, sessionsAhead: 1, certificates: 1, nominations: 1, sheets: 0 })
  expect(employee.offers).toBeGreaterThan(0)
  expect(count(await homeOf('admin@elena.example'))).toMatchObject({ sessionsToday: 0, invitations: 1 })
  expect((await homeOf('supervisor@elena.example')).is).toMatchObject({ supervisor: true, coordinator: false })
  for (const key of ['aksakovo', 'chernoochene', 'haskovo', 'radnevo'] as const)
    expect(count(await homeOf(`coordinator@${key}.example`, key))).toMatchObject({
      sessionsToday: 1,
      sheets: 2,
      undecided: 1,
      certificatesDue: 1,
    })
})

test('the trainer of two municipalities sees in each what is his there', async () => {
  const page = await homeOf('trainer@elena.example', 'chernoochene')
  expect(count(page)).toMatchObject({ sessionsToday: 0, sessionsAhead: 1 })
})

test('the number of queries does not grow with the rows', async () => {
  const cookieOf = async (login: string, key: MunicipalityKey) =>
    (await startSession(accountIdOf(login), municipalityIdOf(key))).split(';')[0]!
  const queries = async (cookie: string) => statements(() => call(loader, '/', { as: { cookie } }))
  const cookie = await cookieOf('coordinator@radnevo.example', 'radnevo')
  const few = await atInstant(NOW, () => queries(cookie))
  for (const later of [1, 2, 3, 4, 5]) await atInstant(new Date(+NOW + later * 86_400_000), seedDemo)
  const many = await atInstant(new Date(+NOW + 6 * 86_400_000), () => queries(cookie))
  expect(many).toBe(few)
  // the session, begin, the municipality, four lists, commit
  expect(many).toBeLessThanOrEqual(8)
})

type Looking = { at: string; language?: 'bg' | 'en' }
const htmlFor = async (who: { cookie: string }, { at, language }: Looking) =>
  screen(Home, (await atInstant(new Date(at), () => call(loader, '/', { as: who }))).body, { language })

test('an employee is offered to scan where there is a room, to join where there is an address, both where there are both', async () => {
  const w = await aTraining()
  const { id } = w.sessions[0]!
  const put = (data: { place?: string | null; onlineUrl?: string; hasCheckOut?: boolean }) =>
    inMunicipality(w, (tx) => tx.session.update({ where: { id }, data }))
  const offered = async (time: string, language?: 'en') => {
    const html = await htmlFor(w.employee, { at: `2026-11-02T${time}Z`, language })
    const words = ['Отбележи се', 'Отбележи излизането', 'Отвори срещата', 'Виж обучението', 'Check in', 'Check out', 'Open the meeting']
    return words.filter((one) => wordsOf(html).includes(one))
  }
  expect(await offered('05:00:00')).toEqual(['Виж обучението'])
  expect(await offered('08:00:00')).toEqual(['Отбележи се'])
  await put({ onlineUrl: 'https://meet.example/x', hasCheckOut: true })
  expect(await offered('08:00:00')).toEqual(['Отбележи се', 'Отвори срещата'])
  await scanned(w.employee, id, 'check_in', new Date('2026-11-02T07:00:00Z'))
  expect(await offered('08:00:00')).toEqual(['Отбележи излизането', 'Отвори срещата'])
  expect(await offered('08:00:00', 'en')).toEqual(['Check out', 'Open the meeting'])
  await scanned(w.employee, id, 'check_out', new Date('2026-11-02T13:00:00Z'))
  expect(await offered('13:01:00')).toEqual(['Отвори срещата'])
  const online = await aTraining()
  await inMunicipality(online, (tx) =>
    tx.session.update({ where: { id: online.sessions[0]!.id }, data: { place: null, onlineUrl: 'https://meet.example/x' } }),
  )
  const words = wordsOf(await htmlFor(online.employee, { at: '2026-11-02T08:00:00Z' }))
  expect([words.includes('Отвори срещата'), words.includes('Отбележи се')]).toEqual([true, false])
})

test('requests and nominations are headed as what they are, with a note in the words of whoever reads', async () => {
  const w = await aTraining({ people: 0 })
  const person = await aPerson(w.municipalityId, { service: w.service })
  await enrolled(w.municipalityId, w.training.id, person.id, 'refused')
  const employee = await somebody(w.municipalityId, 'employee', { personId: person.id })
  const at = '2026-10-30T08:00:00Z'
  const own = wordsOf(await htmlFor(employee, { at }))
  expect(own).toContain(
    'Искания и предложения Местата, които сте поискали или за които сте предложен/а: чакат решение, чакат място или са отказани.',
  )
  expect(own).toContain('отказано')
  const led = wordsOf(await htmlFor(w.manager, { at, language: 'en' }))
  expect(led).toContain('Requests and nominations Of your people: undecided, on the waiting list and refused.')
  for (const words of [own, led]) expect(words).not.toMatch(/решение на координатора|for the coordinator/)
})

test('a sheet that was closed today is there to look at, also when somebody came to the training afterwards', async () => {
  const w = await aTraining()
  const at = new Date('2026-11-02T14:30:00Z')
  const words = async () => wordsOf(screen(Home, (await atInstant(at, () => call(loader, '/', { as: w.trainer }))).body))
  expect(await words()).toContain('Отбележи присъствие')
  await present(w)
  await atInstant(at, () =>
    closeSheet(w.trainer.actor, { trainingId: w.training.id, sessionId: w.sessions[0]!.id, statement: 'Така беше.' }),
  )
  const late = await aPerson(w.municipalityId)
  await inMunicipality(w, (tx) => tx.training.update({ where: { id: w.training.id }, data: { capacity: { increment: 1 } } }))
  await enrolled(w.municipalityId, w.training.id, late.id)
  const said = await words()
  expect(said).toContain('2 от 3')
  expect(said).not.toContain('Отбележи присъствие')
})
