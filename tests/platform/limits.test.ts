import { afterAll, expect, test } from 'vitest'
import { connectionPool, disconnect, outsideMunicipalities } from '~/platform/db.server'
import { forgive, giveBack, requireWithin, useUp } from '~/platform/limits.server'
import { action as login } from '~/routes/login'
import { aMunicipality, somebody, withPassword } from '../factories'
import { call } from '../http'

afterAll(disconnect)

const limited = expect.objectContaining({ code: 'rate_limited' })
const clear = () => connectionPool().query('delete from "rate_limit"')

test('of many attempts at the same moment no more pass than the limit says', async () => {
  const all = await Promise.allSettled(Array.from({ length: 25 }, () => useUp('loginByName', 'at-once')))
  expect(all.filter((one) => one.status === 'fulfilled')).toHaveLength(6)
  await expect(requireWithin('loginByName', 'at-once')).rejects.toEqual(limited)
})

test('what was given back can be used again, and a forgiven name begins anew', async () => {
  for (let i = 0; i < 6; i++) await useUp('loginByName', 'back')
  await giveBack('loginByName', 'back')
  await useUp('loginByName', 'back')
  await expect(useUp('loginByName', 'back')).rejects.toEqual(limited)
  await forgive('loginByName', 'back')
  await useUp('loginByName', 'back')
})

test('a limit ends with its time', async () => {
  for (let i = 0; i < 6; i++) await useUp('loginByName', 'later')
  await connectionPool().query('update "rate_limit" set "expire" = $1', [Date.now() - 1])
  await useUp('loginByName', 'later')
})

test('names and addresses are counted, not kept', async () => {
  await useUp('loginByName', 'ivan@example.test')
  await useUp('loginByAddress', '192.0.2.7')
  const rows = await outsideMunicipalities((db) => db.rateLimit.findMany())
  expect(rows.length).toBeGreaterThan(1)
  expect(JSON.stringify(rows.map((row) => row.key))).not.toMatch(/ivan|192\.0\.2/)
})

test('six wrong passwords close a login for a while, also to the right one; other logins stay open', async () => {
  await clear()
  const [one, two] = [await somebody((await aMunicipality()).id, 'employee'), await somebody((await aMunicipality()).id, 'employee')]
  for (const who of [one, two]) await withPassword(who.accountId, 'трамвай зелен понеделник')
  const attempt = (who: { login: string }, password: string) => call(login, '/login', { form: { email: who.login, password } })
  for (let i = 0; i < 6; i++) expect((await attempt(one, 'не е тази парола')).status).toBe(422)
  const closed = await attempt(one, 'трамвай зелен понеделник')
  expect([closed.status, closed.body.error]).toEqual([429, { '': ['Твърде много опити. Изчакайте няколко минути и опитайте отново.'] }])
  expect((await attempt(two, 'трамвай зелен понеделник')).status).toBe(302)
})

test('only failures count: a town hall whose people all sign in from one address is never refused', async () => {
  await clear()
  const who = await somebody((await aMunicipality()).id, 'employee')
  await withPassword(who.accountId, 'трамвай зелен понеделник')
  const form = { email: who.login, password: 'трамвай зелен понеделник' }
  for (let i = 0; i < 8; i++) expect((await call(login, '/login', { form })).status).toBe(302)
  const rows = await outsideMunicipalities((db) => db.rateLimit.findMany())
  expect(rows.reduce((sum, row) => sum + row.points, 0)).toBe(0)
})
