import { afterAll, beforeEach, expect, test } from 'vitest'
import { disconnect, outsideMunicipalities } from '~/platform/db.server'
import { endSession, endSessionsOf, hashToken, moveSession, principalOfCookie, startSession } from '~/platform/session.server'
import { aMunicipality, somebody, type Somebody } from '../factories'

afterAll(disconnect)

const HOUR = 3600_000
let who: Somebody
beforeEach(async () => {
  who = await somebody((await aMunicipality()).id, 'employee')
})
const idIn = (cookie: string) => cookie.split(';')[0]!.slice('session='.length)
const rowOf = (cookie: string) => outsideMunicipalities((db) => db.loginSession.findUnique({ where: { id: hashToken(idIn(cookie)) } }))
const expireIn = (cookie: string, milliseconds: number) =>
  outsideMunicipalities((db) =>
    db.loginSession.update({ where: { id: hashToken(idIn(cookie)) }, data: { expiresAt: new Date(Date.now() + milliseconds) } }),
  )

test('the database holds the SHA-256 of a session’s id and never the id', async () => {
  const id = idIn(who.cookie)
  const rows = await outsideMunicipalities((db) => db.loginSession.findMany({ where: { accountId: who.accountId } }))
  expect(rows.map((row) => row.id)).toEqual([hashToken(id)])
  expect(hashToken(id)).toMatch(/^[\da-f]{64}$/)
  expect(JSON.stringify(rows)).not.toContain(id)
  expect(await principalOfCookie(`session=${hashToken(id)}`)).toBeNull()
})

test('the cookie is for the server alone, for our site alone, and long enough to be no guess', async () => {
  const cookie = await startSession(who.accountId)
  expect(cookie).toMatch(/; HttpOnly/)
  expect(cookie).toMatch(/; SameSite=Lax/)
  expect(cookie).toMatch(/; Path=\//)
  expect(cookie).not.toMatch(/; Secure/) // BASE_URL is not https here
  expect(cookie).not.toMatch(/; Domain/)
  expect(idIn(cookie).length).toBeGreaterThanOrEqual(40) // 25 random bytes in base32
})

test('a session lasts twelve hours, longer while it is used, and not a moment after its end', async () => {
  const lasts = (await rowOf(who.cookie))!.expiresAt.getTime() - Date.now()
  expect(lasts).toBeGreaterThan(11.9 * HOUR)
  expect(lasts).toBeLessThanOrEqual(12 * HOUR)
  await expireIn(who.cookie, 7 * HOUR)
  await principalOfCookie(who.cookie)
  expect((await rowOf(who.cookie))!.expiresAt.getTime() - Date.now()).toBeLessThan(7.1 * HOUR)
  await expireIn(who.cookie, 5 * HOUR)
  expect(await principalOfCookie(who.cookie)).not.toBeNull()
  expect((await rowOf(who.cookie))!.expiresAt.getTime() - Date.now()).toBeGreaterThan(11.9 * HOUR)
  await expireIn(who.cookie, -1)
  expect(await principalOfCookie(who.cookie)).toBeNull()
})

test('no cookie, a strange one and an ended session are nobody', async () => {
  for (const cookie of [null, '', 'session=', 'session=x', 'other=1', `session=${'a'.repeat(5000)}`, "session=' or 1=1 --"])
    expect(await principalOfCookie(cookie)).toBeNull()
  const cleared = await endSession(idIn(who.cookie))
  expect(cleared).toMatch(/^session=;.*Max-Age=0/)
  expect(await principalOfCookie(who.cookie)).toBeNull()
})

test('every session has an id of its own, and all but one can be ended', async () => {
  const cookies = await Promise.all([1, 2, 3].map(() => startSession(who.accountId)))
  expect(new Set(cookies.map(idIn)).size).toBe(3)
  expect(await endSessionsOf(who.accountId, idIn(cookies[1]!))).toBe(3)
  expect(await principalOfCookie(cookies[1]!)).not.toBeNull()
  expect(await principalOfCookie(cookies[0]!)).toBeNull()
  expect(await principalOfCookie(who.cookie)).toBeNull()
})

test('a session moved to a municipality in which the account holds no role works in one of its own', async () => {
  const foreign = await aMunicipality()
  await moveSession(idIn(who.cookie), foreign.id)
  expect((await principalOfCookie(who.cookie))?.actor?.municipalityId).toBe(who.actor.municipalityId)
})
