import { afterAll, beforeAll, expect, test } from 'vitest'
import { atInstant } from '~/platform/clock.server'
import { disconnect } from '~/platform/db.server'
import { startSession } from '~/platform/session.server'
import { loader } from '~/routes/_app._index'
import { seedDemo } from '../../prisma/seed/demo'
import { accountIdOf, municipalityIdOf } from '../../prisma/seed/lay-municipality'
import type { MunicipalityKey } from '../../prisma/seed/municipalities'
import { call } from '../http'
import { statements } from '../statements'

// a Saturday in the week after the change of clocks
const NOW = new Date('2026-10-31T07:30:00Z')

beforeAll(() => atInstant(NOW, seedDemo), 60_000)
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
