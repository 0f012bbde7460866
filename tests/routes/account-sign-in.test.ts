import { afterAll, beforeAll, expect, test } from 'vitest'
import { disconnect, outsideMunicipalities } from '~/platform/db.server'
import { hashToken, principalOfCookie } from '~/platform/session.server'
import { action, loader } from '~/routes/login'
import { action as logout } from '~/routes/logout'
import { aMunicipality, somebody, withPassword, type Somebody } from '../factories'
import { call } from '../http'

const PASSWORD = 'трамвай зелен понеделник'
let ana: Somebody

beforeAll(async () => {
  ana = await somebody((await aMunicipality()).id, 'coordinator')
  await withPassword(ana.accountId, PASSWORD)
})
afterAll(disconnect)

const signIn = (form: Record<string, string>, options = {}) =>
  call(action, '/login', { form: { email: ana.login, password: PASSWORD, ...form }, ...options })
const sessionOf = (cookies: string[]) => cookies.find((one) => one.startsWith('session='))!

test('login and password begin a session and lead on', async () => {
  const answer = await signIn({ next: '/trainings?page=2' })
  expect([answer.status, answer.location]).toEqual([302, '/trainings?page=2'])
  expect((await principalOfCookie(sessionOf(answer.cookies)))?.accountId).toBe(ana.accountId)
  expect(answer.cookies.some((one) => one.startsWith('lang=bg;'))).toBe(true)
})

test('case and spaces around the login do not matter; those of the password do', async () => {
  expect((await signIn({ email: `  ${ana.login.toUpperCase()} ` })).status).toBe(302)
  expect((await signIn({ password: `${PASSWORD} ` })).status).toBe(422)
})

test('only a path of ours is led to', async () => {
  for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', ''])
    expect((await signIn({ next })).location).toBe('/')
})

test('an unknown login, a wrong password and an account without one get the same answer, and the password does not come back', async () => {
  const invited = await somebody((await aMunicipality()).id, 'employee')
  const answers = [
    await signIn({ password: 'нещо съвсем друго' }),
    await signIn({ email: 'nobody@example.test', password: 'нещо съвсем друго' }),
    await signIn({ email: invited.login, password: 'нещо съвсем друго' }),
  ]
  for (const { status, body } of answers) {
    expect(status).toBe(422)
    expect(body.error).toEqual({ '': ['Името за вход или паролата не са верни. Проверете ги и опитайте отново.'] })
    expect(JSON.stringify(body)).not.toContain('съвсем друго')
  }
})

test('an empty form names both fields', async () => {
  const { status, body } = await call(action, '/login', { form: { email: '', password: '' } })
  expect(status).toBe(422)
  expect(body.error).toEqual({ email: ['Въведете електронна поща или потребителско име'], password: ['Въведете парола'] })
})

test('somebody signed in is led on from the sign-in page', async () => {
  expect((await call(loader, '/login?next=/staff', { as: ana })).location).toBe('/staff')
  expect((await call(loader, '/login')).status).toBe(200)
})

test('signing in makes a new session and ends the one that was there', async () => {
  const before = await somebody((await aMunicipality()).id, 'employee')
  const answer = await signIn({}, { as: before })
  expect(sessionOf(answer.cookies).split(';')[0]).not.toBe(before.cookie)
  expect(await principalOfCookie(before.cookie)).toBeNull()
})

test('a made-up session cookie is never adopted', async () => {
  const planted = 'session=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'
  const answer = await signIn({}, { as: { cookie: planted } })
  expect(sessionOf(answer.cookies).split(';')[0]).not.toBe(planted)
  expect(await principalOfCookie(planted)).toBeNull()
})

test('leaving ends the session in the database', async () => {
  const cookie = sessionOf((await signIn({})).cookies).split(';')[0]!
  const answer = await call(logout, '/logout', { as: { cookie }, form: { _for: 'some.thing' } })
  expect([answer.status, answer.location]).toEqual([302, '/login'])
  const left = await outsideMunicipalities((db) => db.loginSession.count({ where: { id: hashToken(cookie.slice('session='.length)) } }))
  expect(left).toBe(0)
  expect(await principalOfCookie(cookie)).toBeNull()
})

// The last one: it ends the connections the others use.
test('the sign-in page asks nothing of the database', async () => {
  await disconnect()
  expect((await call(loader, '/login?next=/staff')).status).toBe(200)
  expect((globalThis as { __database?: unknown }).__database).toBeUndefined()
})
