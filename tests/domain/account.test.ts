import { afterAll, beforeAll, expect, test } from 'vitest'
import { acceptInvitation } from '~/domain/account/accept-invitation.server'
import { accountPage, listAccounts, personsWithoutAccount } from '~/domain/account/account.server'
import { deactivateAccount } from '~/domain/account/deactivate-account.server'
import { endRole } from '~/domain/account/end-role.server'
import { grantRole } from '~/domain/account/grant-role.server'
import { findInvitation } from '~/domain/account/invitation.server'
import { inviteAccount } from '~/domain/account/invite-account.server'
import { trainersOf } from '~/domain/account/membership.server'
import { renewPasswordLink } from '~/domain/account/renew-password-link.server'
import { inviteSchema } from '~/domain/account/schema'
import { linkPerson } from '~/domain/account/update-membership.server'
import { atInstant } from '~/platform/clock.server'
import { disconnect, inMunicipality, outsideMunicipalities } from '~/platform/db.server'
import { hashToken, principalOfCookie } from '~/platform/session.server'
import { aMunicipality, aPerson, aService, somebody, withPassword, type Somebody } from '../factories'

const PASSWORD = 'трамвай зелен понеделник'
let municipalityId: string
let admin: Somebody
let n = 0

beforeAll(async () => {
  municipalityId = (await aMunicipality()).id
  admin = await somebody(municipalityId, 'admin', { name: 'Ани Админ' })
  await withPassword(admin.accountId, PASSWORD)
})
afterAll(disconnect)

type Over = Partial<Parameters<typeof inviteAccount>[1]>
const anInvitation = (over: Over = {}) => ({
  login: `invited-${++n}@example.test`,
  displayName: 'Петя Иванова',
  roles: ['trainer' as const],
  serviceIds: [],
  personId: null,
  sameAccount: false,
  ...over,
})
const invite = (over: Over = {}, by = admin, key: string | null = null) => inviteAccount(by.actor, anInvitation(over), key)
const membershipIn = (path: string) => path.split('/').at(-1)!
const eventsOf = (id: string) => inMunicipality({ municipalityId: id }, (tx) => tx.auditEvent.findMany({ orderBy: { seq: 'asc' } }))
const refusal = (key: string) => expect.objectContaining({ messageKey: key })

test('an invitation makes account, roles and link; the link sets the password once, and its token is nowhere kept', async () => {
  const { path, token } = await invite({ login: 'petya@example.test', roles: ['trainer', 'coordinator'] })
  const kept = await outsideMunicipalities((db) => db.passwordLink.findMany({ where: { account: { login: 'petya@example.test' } } }))
  expect(kept.map((link) => link.id)).toEqual([hashToken(token!)])
  expect(await findInvitation(token!, '10.0.0.1')).toMatchObject({ login: 'petya@example.test', isNew: true })
  const { sessionCookie } = await acceptInvitation(token!, PASSWORD)
  const principal = await principalOfCookie(sessionCookie)
  expect(principal?.actor?.roles.sort()).toEqual(['coordinator', 'trainer'])
  expect(principal?.actor?.municipalityId).toBe(municipalityId)
  await expect(acceptInvitation(token!, 'друга достатъчно дълга')).rejects.toEqual(refusal('account.link_unknown'))
  const page = await accountPage(admin.actor, membershipIn(path))
  expect(page).toMatchObject({ hasPassword: true, linkUntil: null, worksElsewhere: false })
  expect(page.grants.map((grant) => [grant.role, grant.grantedBy, grant.endedAt])).toEqual(
    expect.arrayContaining([
      ['trainer', 'Ани Админ', null],
      ['coordinator', 'Ани Админ', null],
    ]),
  )
})

test('two people with one link at the same moment: one sets the password', async () => {
  const { token } = await invite()
  const both = await Promise.allSettled([acceptInvitation(token!, PASSWORD), acceptInvitation(token!, 'друга достатъчно дълга')])
  expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('a link ends after seven days, and when a newer one is made', async () => {
  const { path, token } = await invite()
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000)
  await atInstant(inDays(6.9), () => findInvitation(token!, '10.0.0.2'))
  await expect(atInstant(inDays(7.1), () => findInvitation(token!, '10.0.0.2'))).rejects.toEqual(refusal('account.link_unknown'))
  const newer = await renewPasswordLink(admin.actor, membershipIn(path))
  await expect(findInvitation(token!, '10.0.0.2')).rejects.toEqual(refusal('account.link_unknown'))
  expect(await findInvitation(newer, '10.0.0.2')).toMatchObject({ isNew: true })
})

test('a new password ends the running sessions of the account', async () => {
  const { path, token } = await invite()
  const first = await acceptInvitation(token!, PASSWORD)
  await acceptInvitation(await renewPasswordLink(admin.actor, membershipIn(path)), 'друга достатъчно дълга')
  expect(await principalOfCookie(first.sessionCookie)).toBeNull()
})

test('a login that is taken is asked about first, then only gets the roles and no link', async () => {
  const elsewhere = await somebody((await aMunicipality()).id, 'trainer')
  await withPassword(elsewhere.accountId, PASSWORD)
  await expect(invite({ login: elsewhere.login })).rejects.toEqual(refusal('account.login_taken'))
  const { path, token, isAdded } = await invite({ login: elsewhere.login, sameAccount: true })
  expect([token, isAdded]).toEqual([null, true])
  await expect(renewPasswordLink(admin.actor, membershipIn(path))).rejects.toEqual(refusal('account.works_elsewhere'))
  await expect(invite({ login: elsewhere.login, sameAccount: true })).rejects.toEqual(refusal('account.already_here'))
})

test('a link made before the account got another municipality no longer takes it over', async () => {
  const { path, token } = await invite({ login: 'both@example.test' })
  await acceptInvitation(token!, PASSWORD)
  const link = await renewPasswordLink(admin.actor, membershipIn(path))
  const otherAdmin = await somebody((await aMunicipality()).id, 'admin')
  await invite({ login: 'both@example.test', sameAccount: true }, otherAdmin)
  await expect(acceptInvitation(link, 'друга достатъчно дълга')).rejects.toEqual(refusal('account.link_unknown'))
})

test('the same submission twice, at the same moment, is one account and one link', async () => {
  const key = crypto.randomUUID()
  const invitation = anInvitation()
  const [first, second] = await Promise.all([inviteAccount(admin.actor, invitation, key), inviteAccount(admin.actor, invitation, key)])
  expect(first.path).toBe(second.path)
  expect([first.token, second.token].filter(Boolean)).toHaveLength(1)
  const links = await outsideMunicipalities((db) => db.passwordLink.count({ where: { account: { login: invitation.login } } }))
  expect(links).toBe(1)
})

test('two administrators invite one login at the same moment: one account, one of them is asked', async () => {
  const login = 'at-once@example.test'
  const done = await Promise.allSettled([invite({ login }), invite({ login })])
  expect(done.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await outsideMunicipalities((db) => db.account.count({ where: { login } }))).toBe(1)
})

test('only an administrator invites, and the rest see no account of anybody', async () => {
  const { path } = await invite()
  for (const role of ['coordinator', 'trainer', 'employee', 'supervisor'] as const) {
    const other = await somebody(municipalityId, role)
    await expect(inviteAccount(other.actor, anInvitation(), null)).rejects.toEqual(expect.objectContaining({ code: 'forbidden' }))
    await expect(accountPage(other.actor, membershipIn(path))).rejects.toEqual(expect.objectContaining({ code: 'not_found' }))
    await expect(grantRole(other.actor, membershipIn(path), 'admin', null)).rejects.toEqual(expect.objectContaining({ code: 'not_found' }))
    expect(await listAccounts(other.actor, { page: 1, rowsPerPage: 50 })).toEqual({ accounts: [], total: 0 })
  }
})

test('an administrator reaches no account of another municipality', async () => {
  const { path } = await invite()
  const stranger = await somebody((await aMunicipality()).id, 'admin')
  const id = membershipIn(path)
  const unseen = expect.objectContaining({ code: 'not_found' })
  await expect(accountPage(stranger.actor, id)).rejects.toEqual(unseen)
  await expect(grantRole(stranger.actor, id, 'admin', null)).rejects.toEqual(unseen)
  await expect(deactivateAccount(stranger.actor, id)).rejects.toEqual(unseen)
  await expect(renewPasswordLink(stranger.actor, id)).rejects.toEqual(unseen)
  await expect(linkPerson(stranger.actor, id, null)).rejects.toEqual(unseen)
})

test('a manager needs a service of this municipality', async () => {
  const bad = inviteSchema.safeParse({ login: 'm@example.test', displayName: 'М', roles: ['manager'] })
  expect(bad.error?.issues.map((issue) => [issue.path.join('.'), issue.message])).toEqual([['serviceIds', 'account.service_missing']])
  const foreign = await aService((await aMunicipality()).id)
  await expect(invite({ roles: ['manager'], serviceIds: [foreign.id] })).rejects.toEqual(refusal('account.service_missing'))
  const [one, two] = [await aService(municipalityId), await aService(municipalityId)]
  const { path, token } = await invite({ roles: ['manager'], serviceIds: [one.id, two.id] })
  const { sessionCookie } = await acceptInvitation(token!, PASSWORD)
  expect((await principalOfCookie(sessionCookie))?.actor?.serviceIds.sort()).toEqual([one.id, two.id].sort())
  await expect(grantRole(admin.actor, membershipIn(path), 'manager', foreign.id)).rejects.toEqual(refusal('account.service_missing'))
  await expect(grantRole(admin.actor, membershipIn(path), 'manager', one.id)).rejects.toEqual(refusal('account.role_held'))
})

test('a role given and a role ended count at once, also in a running session; both are rows with who and when', async () => {
  const person = await somebody(municipalityId, 'trainer')
  await grantRole(admin.actor, person.membershipId, 'coordinator', null)
  expect((await principalOfCookie(person.cookie))?.actor?.roles.sort()).toEqual(['coordinator', 'trainer'])
  const { grants } = await accountPage(admin.actor, person.membershipId)
  await endRole(admin.actor, person.membershipId, grants.find((grant) => grant.role === 'trainer')!.id)
  expect((await principalOfCookie(person.cookie))?.actor?.roles).toEqual(['coordinator'])
  const after = await accountPage(admin.actor, person.membershipId)
  expect(after.grants.find((grant) => grant.role === 'trainer')).toMatchObject({ endedBy: 'Ани Админ', endedAt: expect.any(String) })
})

test('a deactivated account keeps its past, works here no longer, and comes back with a role', async () => {
  const here = await somebody(municipalityId, ['trainer', 'employee'])
  const there = await aMunicipality()
  await somebody(there.id, 'trainer', { accountId: here.accountId })
  await outsideMunicipalities((db) => db.loginSession.updateMany({ where: { accountId: here.accountId }, data: { municipalityId } }))
  await deactivateAccount(admin.actor, here.membershipId)
  expect((await principalOfCookie(here.cookie))?.actor?.municipalityId).toBe(there.id)
  const left = await outsideMunicipalities((db) => db.loginSession.count({ where: { accountId: here.accountId, municipalityId } }))
  expect(left).toBe(0)
  const page = await accountPage(admin.actor, here.membershipId)
  expect(page.grants).toHaveLength(2)
  expect(page.grants.every((grant) => grant.endedAt !== null)).toBe(true)
  await grantRole(admin.actor, here.membershipId, 'trainer', null)
  expect((await principalOfCookie(here.cookie))?.workPlaces).toHaveLength(2)
})

test('the last administrator stays, also when two leave at the same moment and when the other has never come in', async () => {
  const id = (await aMunicipality()).id
  const [one, two] = [await somebody(id, 'admin'), await somebody(id, 'admin')]
  await somebody(id, 'admin', { name: 'поканен, без парола' })
  await withPassword(one.accountId, PASSWORD)
  await withPassword(two.accountId, PASSWORD)
  const grantOf = async (who: Somebody) => (await accountPage(one.actor, who.membershipId)).grants[0]!.id
  const [first, second] = [await grantOf(one), await grantOf(two)]
  const both = await Promise.allSettled([endRole(one.actor, one.membershipId, first), deactivateAccount(two.actor, two.membershipId)])
  expect(both.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(both.find((result) => result.status === 'rejected')).toMatchObject({ reason: { messageKey: 'account.last_admin' } })
  const open = await inMunicipality({ municipalityId: id }, (tx) =>
    tx.roleGrant.count({ where: { id: { in: [first, second] }, endedAt: null } }),
  )
  expect(open).toBe(1)
})

test('an account is one employee’s, an employee has one account, and in one municipality only', async () => {
  const person = await aPerson(municipalityId, { givenName: 'Йорданка', familyName: 'Ѝвова-Петрова' })
  expect((await personsWithoutAccount(admin.actor, 'ивова йордАнка')).map((one) => one.id)).toEqual([person.id])
  await invite({ personId: person.id })
  expect(await personsWithoutAccount(admin.actor, 'Йорданка')).toEqual([])
  await expect(invite({ personId: person.id })).rejects.toEqual(refusal('account.person_taken'))
  const foreign = await aPerson((await aMunicipality()).id)
  await expect(invite({ personId: foreign.id })).rejects.toEqual(refusal('account.person_unknown'))
  const elsewhere = (await aMunicipality()).id
  const linked = await somebody(elsewhere, 'employee', { personId: (await aPerson(elsewhere)).id })
  const own = await aPerson(municipalityId)
  await expect(invite({ login: linked.login, sameAccount: true, personId: own.id })).rejects.toEqual(refusal('account.person_elsewhere'))
})

test('trainers to choose from are those who hold the role now, in Bulgarian order', async () => {
  const id = (await aMunicipality()).id
  for (const name of ['Яна', 'Борис', 'Ани', 'Йоана', 'Иван']) await somebody(id, 'trainer', { name })
  const left = await somebody(id, 'trainer', { name: 'Вече не' })
  const chief = await somebody(id, 'admin')
  await deactivateAccount(chief.actor, left.membershipId)
  expect((await trainersOf(chief.actor)).map((one) => one.name)).toEqual(['Ани', 'Борис', 'Иван', 'Йоана', 'Яна'])
})

test('the list finds by name and login, by role and state, and counts all', async () => {
  const id = (await aMunicipality()).id
  const chief = await somebody(id, 'admin', { name: 'Ани' })
  await withPassword(chief.accountId, PASSWORD)
  await invite({ displayName: 'Стефан 100% <b>', login: 'stefan_1@example.test', roles: ['employee'] }, chief)
  const found = (over: object) =>
    listAccounts(chief.actor, { page: 1, rowsPerPage: 50, ...over }).then((list) => list.accounts.map((one) => one.name))
  expect(await found({})).toEqual(['Ани', 'Стефан 100% <b>'])
  expect(await found({ q: 'стеф 100%' })).toEqual(['Стефан 100% <b>'])
  expect(await found({ q: 'stefan_1' })).toEqual(['Стефан 100% <b>'])
  expect(await found({ q: '_' })).toEqual(['Стефан 100% <b>'])
  expect(await found({ role: 'admin' })).toEqual(['Ани'])
  expect(await found({ state: 'invited' })).toEqual(['Стефан 100% <b>'])
  expect(await found({ state: 'inactive' })).toEqual([])
  expect((await listAccounts(chief.actor, { page: 1, rowsPerPage: 1 })).total).toBe(2)
})

test('every command leaves one event that names who and whom', async () => {
  const id = (await aMunicipality()).id
  const chief = await somebody(id, 'admin')
  await withPassword(chief.accountId, PASSWORD)
  const { path } = await invite({}, chief)
  const membershipId = membershipIn(path)
  await grantRole(chief.actor, membershipId, 'coordinator', null)
  const { grants } = await accountPage(chief.actor, membershipId)
  await endRole(chief.actor, membershipId, grants[0]!.id)
  await endRole(chief.actor, membershipId, grants[0]!.id)
  await renewPasswordLink(chief.actor, membershipId)
  await deactivateAccount(chief.actor, membershipId)
  const events = await eventsOf(id)
  expect(events.map((event) => event.action)).toEqual([
    'account.invited',
    'account.role_granted',
    'account.role_ended',
    'account.link_renewed',
    'account.deactivated',
  ])
  expect(events.every((event) => event.actorId === chief.accountId && event.subjectType === 'account')).toBe(true)
})
