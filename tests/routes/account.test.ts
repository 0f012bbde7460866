import { afterAll, beforeAll, expect, test } from 'vitest'
import { disconnect, inMunicipality, outsideMunicipalities } from '~/platform/db.server'
import { principalOfCookie } from '~/platform/session.server'
import AccountPage, { action as accountAction, loader as accountLoader } from '~/routes/_app.admin.accounts.$membershipId'
import AccountsPage, { loader as listLoader } from '~/routes/_app.admin.accounts._index'
import { action as inviteAction, loader as inviteLoader } from '~/routes/_app.admin.accounts.new'
import AccessibilityPage, { loader as accessibilityLoader } from '~/routes/accessibility'
import { loader as auditLoader } from '~/routes/_app.admin.audit'
import OwnAccountPage, { action as ownAction, loader as ownLoader } from '~/routes/_app.account'
import { action as linkAction, loader as linkLoader } from '~/routes/invite.$token'
import { action as switchAction } from '~/routes/switch-municipality'
import { aCourse, aMunicipality, aPerson, somebody, withPassword, type Somebody } from '../factories'
import { call } from '../http'
import { screen, wordsOf } from '../screen'

const PASSWORD = 'трамвай зелен понеделник'
const NEW = 'седем сини чадъра'
let municipalityId: string
let admin: Somebody
beforeAll(async () => {
  municipalityId = (await aMunicipality({ name: 'Първа' })).id
  admin = await somebody(municipalityId, 'admin')
  await withPassword(admin.accountId, PASSWORD)
})
afterAll(disconnect)

const cookieOf = (cookies: string[], name = 'session') => cookies.find((one) => one.startsWith(`${name}=`))?.split(';')[0]
const invitation = { login: 'nova@example.test', displayName: 'Нова Колежка', roles: ['trainer'], serviceIds: [], personId: '' }

test('the pages of the administrator are nobody else’s', async () => {
  const pages = [
    [listLoader, '/admin/accounts', {}],
    [inviteLoader, '/admin/accounts/new', {}],
  ] as const
  for (const [loader, path, params] of pages) {
    expect((await call(loader, path, { params })).location).toBe(`/login?next=${encodeURIComponent(path)}`)
    expect((await call(loader, path, { params, as: admin })).status).toBe(200)
    for (const role of ['employee', 'trainer', 'supervisor', 'coordinator'] as const)
      expect((await call(loader, path, { params, as: await somebody(municipalityId, role) })).status).toBe(403)
  }
  expect(
    (await call(inviteAction, '/admin/accounts/new', { form: invitation, as: await somebody(municipalityId, 'coordinator') })).status,
  ).toBe(403)
})

test('the audit trail is for administrator and coordinator, of their own municipality', async () => {
  for (const role of ['employee', 'trainer', 'supervisor'] as const)
    expect((await call(auditLoader, '/admin/audit', { as: await somebody(municipalityId, role) })).status).toBe(403)
  const stranger = await somebody((await aMunicipality()).id, 'admin')
  await call(ownAction, '/account', { as: stranger, form: { intent: 'profile', displayName: 'Чуждо име', language: 'bg' } })
  for (const who of [admin, await somebody(municipalityId, 'coordinator')])
    expect(JSON.stringify((await call(auditLoader, '/admin/audit', { as: who })).body)).not.toContain('Чуждо име')
})

test('the audit trail leads only to pages its reader may open', async () => {
  const pages = async (who: Somebody) => Object.keys((await call(auditLoader, '/admin/audit', { as: who })).body.pages).sort()
  expect(await pages(admin)).toEqual(['person', 'service'])
  expect(await pages(await somebody(municipalityId, 'coordinator'))).toEqual(['course', 'person', 'project', 'service', 'training'])
})

test('the audit trail is filtered and paged, and says whether its chain closes', async () => {
  const id = (await aMunicipality()).id
  const chief = await somebody(id, 'admin', { name: 'Шефка' })
  for (const displayName of ['Едно', 'Две', 'Три'])
    await call(ownAction, '/account', { as: chief, form: { intent: 'profile', displayName, language: 'bg' } })
  const all = (await call(auditLoader, '/admin/audit?check=1', { as: chief })).body
  expect([all.total, all.chain]).toEqual([3, { events: 3, lastSeq: '3', faults: [], faultCount: 0 }])
  expect(all.entries.map((entry: any) => entry.seq)).toEqual(['3', '2', '1'])
  expect(all.entries[0].who).toBe('Две')
  expect(all.entries[0].details).toContainEqual({ name: 'after', value: 'Три' })
  expect((await call(auditLoader, '/admin/audit?action=account.invited', { as: chief })).body.total).toBe(0)
  expect((await call(auditLoader, `/admin/audit?action=account.updated&subject=${chief.accountId}`, { as: chief })).body.total).toBe(3)
  expect((await call(auditLoader, '/admin/audit?page=2', { as: chief })).body.entries).toEqual([])
  expect((await call(auditLoader, "/admin/audit?action=';--&page=x", { as: chief })).body.total).toBe(3)
})

test('an invitation shows its link once; the link opens, sets the password and signs in', async () => {
  const made = await call(inviteAction, '/admin/accounts/new', { as: admin, form: invitation })
  expect(made.body.link).toMatch(/^http:\/\/app\.test\/invite\/[\w-]{43}$/)
  const path = new URL(made.body.link).pathname
  const params = { token: path.split('/').at(-1)! }
  expect((await call(linkLoader, path, { params })).body).toMatchObject({ login: 'nova@example.test', municipality: 'Първа', isNew: true })
  const differs = await call(linkAction, path, { params, form: { newPassword: NEW, newPasswordAgain: 'друго' } })
  expect([differs.status, differs.body.error]).toEqual([422, { newPasswordAgain: ['Двете пароли не съвпадат'] }])
  const short = await call(linkAction, path, { params, form: { newPassword: 'късо', newPasswordAgain: 'късо' } })
  expect([short.status, short.body.error]).toEqual([422, { newPassword: ['Паролата трябва да е поне 12 знака'] }])
  const before = await somebody(municipalityId, 'employee')
  const done = await call(linkAction, path, { params, as: before, form: { newPassword: NEW, newPasswordAgain: NEW } })
  expect([done.status, done.location]).toEqual([302, '/'])
  expect((await principalOfCookie(cookieOf(done.cookies)!))?.login).toBe('nova@example.test')
  expect(await principalOfCookie(before.cookie)).toBeNull()
  expect((await call(linkLoader, path, { params })).status).toBe(404)
  expect((await call(linkLoader, '/invite/x', { params: { token: 'x' } })).status).toBe(404)
})

test('bad input comes back beside its field, with what was typed', async () => {
  const { status, body } = await call(inviteAction, '/admin/accounts/new', {
    as: admin,
    form: { login: 'две думи', displayName: 'я'.repeat(10_000), roles: ['manager'] },
  })
  expect(status).toBe(422)
  expect(Object.keys(body.error).sort()).toEqual(['displayName', 'login', 'serviceIds'].filter((name) => name in body.error))
  expect(body.error.displayName).toEqual(['Съкратете текста: най-много 200 знака'])
  expect(body.initialValue.login).toBe('две думи')
  const nobody = await call(inviteAction, '/admin/accounts/new', { as: admin, form: { login: '', displayName: '' } })
  expect(Object.keys(nobody.body.error).sort()).toEqual(['displayName', 'login', 'roles'])
  const odd = await call(inviteAction, '/admin/accounts/new', {
    as: admin,
    form: { ...invitation, login: 'odd@example.test', roles: ['installation'] },
  })
  expect(odd.status).toBe(422)
})

test('markup and formulas in a name are only text', async () => {
  const displayName = '=HYPERLINK("x") <script>'
  const made = await call(inviteAction, '/admin/accounts/new', {
    as: admin,
    form: { ...invitation, login: 'script@example.test', displayName },
  })
  const params = { membershipId: made.body.path.split('/').at(-1) }
  expect((await call(accountLoader, made.body.path, { as: admin, params })).body.account.name).toBe(displayName)
})

test('the page of an account does all it offers, and each refusal goes into its form', async () => {
  const who = await somebody(municipalityId, 'employee')
  const params = { membershipId: who.membershipId }
  const post = (form: Record<string, string>) => call(accountAction, `/admin/accounts/${who.membershipId}`, { as: admin, params, form })
  expect((await post({ intent: 'grant', role: 'trainer' })).status).toBe(302)
  expect((await post({ intent: 'grant', role: 'trainer' })).body.error).toEqual({ role: ['Профилът вече има тази роля'] })
  expect((await post({ intent: 'grant', role: 'manager' })).body.error).toEqual({
    serviceId: ['Изберете услугата, за която отговаря ръководителят'],
  })
  expect((await post({ intent: 'rename', displayName: '' })).status).toBe(422)
  expect((await post({ intent: 'rename', displayName: 'Ново име' })).status).toBe(302)
  const person = await aPerson(municipalityId)
  expect((await post({ intent: 'person', personId: person.id })).status).toBe(302)
  expect((await post({ intent: 'link' })).body.link).toMatch(/\/invite\//)
  expect((await post({ intent: 'deactivate' })).status).toBe(302)
  expect((await post({ intent: 'no-such-thing' })).status).toBe(422)
  const { account } = (await call(accountLoader, `/admin/accounts/${who.membershipId}`, { as: admin, params })).body
  expect(account).toMatchObject({ name: 'Ново име', person: { id: person.id } })
  expect((await principalOfCookie(who.cookie))?.actor).toBeNull()
})

test('whoever has no role left is told so, on every page', async () => {
  const who = await somebody(municipalityId, 'employee')
  await call(accountAction, '/x', { as: admin, params: { membershipId: who.membershipId }, form: { intent: 'deactivate' } })
  const { status, body } = await call(ownLoader, '/account', { as: who })
  expect([status, body.message]).toEqual([403, 'Профилът Ви няма активна роля. Обърнете се към администратора на Вашата община.'])
})

test('one’s own account: name, language, password and the other sessions', async () => {
  const who = await somebody(municipalityId, 'trainer')
  await withPassword(who.accountId, PASSWORD)
  const profile = await call(ownAction, '/account', { as: who, form: { intent: 'profile', displayName: 'Преименувана', language: 'en' } })
  expect(cookieOf(profile.cookies, 'lang')).toBe('lang=en')
  const second = await somebody((await aMunicipality()).id, 'trainer', { accountId: who.accountId })
  await outsideMunicipalities((db) => db.loginSession.updateMany({ where: { accountId: who.accountId }, data: { municipalityId } }))
  expect((await call(ownLoader, '/account', { as: who })).body).toMatchObject({ name: 'Преименувана', language: 'en', sessions: [{}, {}] })
  await call(ownAction, '/account', { as: who, form: { intent: 'sessions' } })
  expect(await principalOfCookie(second.cookie)).toBeNull()
  const change = (currentPassword: string, newPassword: string) =>
    call(ownAction, '/account', { as: who, form: { intent: 'password', currentPassword, newPassword, newPasswordAgain: newPassword } })
  expect((await change('грешна парола', NEW)).body.error).toEqual({ currentPassword: ['Сегашната парола не е вярна'] })
  expect((await change(PASSWORD, 'kapacitet-demo')).body.error.newPassword).toHaveLength(1)
  const done = await change(PASSWORD, NEW)
  expect(done.status).toBe(302)
  expect(await principalOfCookie(who.cookie)).toBeNull()
  expect((await principalOfCookie(cookieOf(done.cookies)!))?.actor?.municipalityId).toBe(municipalityId)
})

test('the switch moves the session to another of one’s own municipalities and to nobody else’s', async () => {
  const other = await aMunicipality({ name: 'Втора' })
  const who = await somebody(municipalityId, 'coordinator')
  await somebody(other.id, 'coordinator', { accountId: who.accountId })
  await outsideMunicipalities((db) => db.loginSession.updateMany({ where: { accountId: who.accountId }, data: { municipalityId } }))
  const to = (municipality: string, form: Record<string, string> = {}) =>
    call(switchAction, '/switch-municipality', {
      as: who,
      form: { municipalityId: municipality, _for: `${municipalityId}.${who.accountId}`, ...form },
    })
  const course = await aCourse(municipalityId)
  expect((await to(other.id, { returnTo: `/courses/${course.id}/edit?x=1` })).location).toBe('/courses')
  expect((await principalOfCookie(who.cookie))?.actor?.municipality).toBe('Втора')
  expect((await to(municipalityId, { next: `/courses/${course.id}?x=1` })).location).toBe(`/courses/${course.id}?x=1`)
  expect((await to(municipalityId, { next: 'https://evil.example/' })).location).toBe('/')
  expect((await to((await aMunicipality()).id)).status).toBe(403)
  expect((await to('not-an-id')).status).toBe(422)
  expect((await principalOfCookie(who.cookie))?.actor?.municipalityId).toBe(municipalityId)
})

test('what the pages ask of the database does not grow with the rows', async () => {
  const id = (await aMunicipality()).id
  const chief = await somebody(id, 'admin')
  for (let i = 0; i < 3; i++) await somebody(id, ['trainer', 'employee'])
  const { body } = await call(listLoader, '/admin/accounts?q=&role=&state=&page=0', { as: chief })
  expect([body.total, body.page]).toEqual([4, 1])
  expect(await inMunicipality({ municipalityId: id }, (tx) => tx.membership.count())).toBe(4)
})

test('who has not come in yet is „поканен/а“ in the list and on the own page; a long login breaks after its signs', async () => {
  const id = (await aMunicipality({ name: 'Втора' })).id
  const chief = await somebody(id, 'admin')
  const form = { ...invitation, login: 'guest.trainer@second.example' }
  expect((await call(inviteAction, '/admin/accounts/new', { as: chief, form })).body).toHaveProperty('link')
  const list = (await call(listLoader, '/admin/accounts', { as: chief })).body
  const html = screen(AccountsPage, list)
  expect(html).toContain('guest.<wbr/>trainer@<wbr/>second.<wbr/>example')
  expect(wordsOf(html)).toContain('guest.trainer@second.example обучител – поканен/а')
  const { membershipId } = list.accounts.find(({ state }: { state: string }) => state === 'invited')
  const { body } = await call(accountLoader, '/', { as: chief, params: { membershipId } })
  expect(wordsOf(screen(AccountPage, body))).toContain('guest.trainer@second.example поканен/а')
})

test('the own account says which role one has in which municipality', async () => {
  const chief = await somebody((await aMunicipality({ name: 'Трета' })).id, 'admin')
  expect(wordsOf(screen(OwnAccountPage, (await call(ownLoader, '/account', { as: chief })).body))).toContain(
    'Роля в община Трета администратор',
  )
})

test('the statement of accessibility leads somebody signed in back and names the administrator to write to', async () => {
  const id = (await aMunicipality({ name: 'Пета' })).id
  const chief = await somebody(id, 'admin', { name: 'Калина Администраторова' })
  const shown = async (as?: Somebody) => screen(AccessibilityPage, (await call(accessibilityLoader, '/accessibility', { as })).body)
  expect(wordsOf(await shown())).toContain('пишете на администратора на Вашата община:')
  expect(await shown()).not.toContain('way-back')
  const trainer = await somebody(id, 'trainer')
  expect(wordsOf(await shown(trainer))).toContain('пишете на администратора на община Пета:')
  await withPassword(chief.accountId, PASSWORD)
  expect(wordsOf(await shown(trainer))).toContain('пишете на администратора на община Пета (Калина Администраторова):')
  const second = await somebody(id, 'admin', { name: 'Борис Втори' })
  await withPassword(second.accountId, PASSWORD)
  expect(wordsOf(await shown(trainer))).toMatch(/пишете на някого от администраторите на община Пета \([^)]*, [^)]*\):/)
  expect(await shown(trainer)).toContain('way-back')
})
