import { afterAll, expect, test, vi } from 'vitest'
import { printSetupCode } from '~/domain/account/setup-code.server'
import { disconnect, inInstallation, outsideMunicipalities } from '~/platform/db.server'
import { principalOfCookie } from '~/platform/session.server'
import SystemPage, { action as systemAction, loader as systemLoader } from '~/routes/admin.system'
import { action as linkAction } from '~/routes/invite.$token'
import { action, loader } from '~/routes/setup'
import { somebody } from '../factories'
import { call } from '../http'
import { screen, wordsOf } from '../screen'

const PASSWORD = 'трамвай зелен понеделник'
afterAll(disconnect)

async function printed() {
  const lines: string[] = []
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => (lines.push(String(text)), true))
  await printSetupCode()
  write.mockRestore()
  return lines.join('')
}
const form = (code: string, over: Record<string, string> = {}) => ({
  code,
  login: 'root@example.test',
  displayName: 'Системна Администраторка',
  newPassword: PASSWORD,
  newPasswordAgain: PASSWORD,
  municipality: 'Елена',
  district: 'Велико Търново',
  nsiCode: 'vtr13',
  asAdmin: 'on',
  ...over,
})
const cookieOf = (cookies: string[]) => cookies.find((one) => one.startsWith('session='))!.split(';')[0]!
let root: { cookie: string }

test('the page opens; a wrong code and a poor password come back; of several at once one wins; then the page is gone', async () => {
  expect((await call(loader, '/setup')).status).toBe(200)
  const code = /[A-Z2-9]{4}(-[A-Z2-9]{4}){3}/.exec(await printed())![0]
  const wrong = await call(action, '/setup', { form: form('AAAA-AAAA-AAAA-AAAA') })
  expect([wrong.status, wrong.body.error]).toEqual([422, { code: ['Кодът не е верен. Вземете го от дневника на сървъра.'] }])
  expect(JSON.stringify(wrong.body)).not.toContain(PASSWORD)
  const poor = await call(action, '/setup', { form: form(code, { newPassword: 'kapacitet-demo', newPasswordAgain: 'kapacitet-demo' }) })
  expect(Object.keys(poor.body.error)).toEqual(['newPassword'])
  const bad = await call(action, '/setup', { form: form(code, { nsiCode: 'VTR', login: 'x y' }) })
  expect(Object.keys(bad.body.error).sort()).toEqual(['login', 'nsiCode'])
  const all = await Promise.all(
    [1, 2, 3].map((i) => call(action, '/setup', { form: form(code.toLowerCase(), { login: `root${i}@example.test` }) })),
  )
  expect(all.map((one) => one.status).sort()).toEqual([302, 404, 404])
  root = { cookie: cookieOf(all.find((one) => one.status === 302)!.cookies) }
  expect(await principalOfCookie(root.cookie)).toMatchObject({
    isInstallationAdmin: true,
    actor: { roles: ['admin'], municipality: 'Елена' },
  })
  expect(
    await outsideMunicipalities(async (db) => [
      await db.account.count(),
      await db.municipality.count(),
      await db.installationGrant.count(),
    ]),
  ).toEqual([1, 1, 1])
  expect((await call(loader, '/setup')).status).toBe(404)
  expect((await call(action, '/setup', { form: form(code) })).status).toBe(404)
  expect(await printed()).toBe('')
})

test('the system page exists for the installation’s administrator alone and checks what it says', async () => {
  const elena = await outsideMunicipalities((db) => db.municipality.findFirstOrThrow())
  for (const role of ['admin', 'coordinator', 'employee'] as const)
    expect((await call(systemLoader, '/admin/system', { as: await somebody(elena.id, role) })).status).toBe(404)
  expect((await call(systemLoader, '/admin/system')).location).toBe('/login?next=%2Fadmin%2Fsystem')
  const { body } = await call(systemLoader, '/admin/system', { as: root })
  expect(Object.fromEntries(body.checks.map((one: any) => [one.what, one.verdict]))).toMatchObject({
    database: 'good',
    collation: 'good',
    migrations: 'good',
    mail: 'warn',
    address: 'good',
    chain: 'good',
  })
  expect(body.municipalities).toMatchObject([{ name: 'Елена', nsiCode: 'VTR13', hasAdmin: true }])
})

test('a further municipality gets its first administrator by a link; while nobody can sign in one can be named again', async () => {
  const add = (over: Record<string, string> = {}) =>
    call(systemAction, '/admin/system', {
      as: root,
      form: {
        intent: 'municipality',
        municipality: 'Хасково',
        district: 'Хасково',
        nsiCode: 'HKV34',
        displayName: 'Първа',
        login: 'first@haskovo.test',
        ...over,
      },
    })
  const made = await add()
  expect(made.body).toMatchObject({ named: 'Хасково', link: expect.stringMatching(/\/invite\//) })
  expect(Object.keys((await add()).body.error)).toEqual(['municipality'])
  expect(Object.keys((await add({ municipality: 'Друга', login: 'd@example.test' })).body.error)).toEqual(['nsiCode'])
  expect(Object.keys((await add({ municipality: 'Друга', nsiCode: '' })).body.error)).toEqual(['login'])
  const haskovo = (await call(systemLoader, '/admin/system', { as: root })).body.municipalities.find((one: any) => one.name === 'Хасково')
  expect(haskovo.hasAdmin).toBe(false)
  const shown = screen(SystemPage, (await call(systemLoader, '/admin/system', { as: root })).body)
  expect(shown).toMatch(/<select[^>]*name="municipalityId"[^>]*><option value=""[^>]*>Изберете<\/option>/)
  expect(wordsOf(shown)).toContain('никой не може да влезе')
  const name = (over: Record<string, string> = {}) =>
    call(systemAction, '/admin/system', {
      as: root,
      form: { intent: 'admin', municipalityId: haskovo.id, displayName: 'Първа', login: 'first@haskovo.test', sameAccount: 'on', ...over },
    })
  const again = await name()
  const token = again.body.link.split('/').at(-1)
  const come = await call(linkAction, '/invite/x', { params: { token }, form: { newPassword: PASSWORD, newPasswordAgain: PASSWORD } })
  expect((await principalOfCookie(cookieOf(come.cookies)))?.actor).toMatchObject({ municipality: 'Хасково', roles: ['admin'] })
  const late = await name({ login: 'intruder@example.test', displayName: 'Натрапник', sameAccount: '' })
  expect([late.status, late.body.error]).toEqual([409, { '': ['Тази община вече има администратор, който може да влезе'] }])
  const stranger = await somebody(haskovo.id, 'admin')
  expect((await call(systemAction, '/admin/system', { as: stranger, form: { intent: 'admin', municipalityId: haskovo.id } })).status).toBe(
    404,
  )
})

test('the installation’s chain closes and names what was done', async () => {
  const account = await principalOfCookie(root.cookie)
  const actor = { kind: 'account', accountId: account!.accountId, name: '', installation: true } as const
  const events = await inInstallation(actor, (tx) => tx.auditEvent.findMany({ where: { municipalityId: null }, orderBy: { seq: 'asc' } }))
  expect(events.map((event) => event.action)).toEqual(['municipality.created', 'installation.set_up', 'municipality.created'])
})
