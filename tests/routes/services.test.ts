import { expect, test } from 'vitest'
import * as employer from '~/routes/_app.employers.$employerId'
import * as newEmployer from '~/routes/_app.employers.new'
import * as service from '~/routes/_app.services.$serviceId'
import * as list from '~/routes/_app.services._index'
import * as newService from '~/routes/_app.services.new'
import { aMunicipality, aPerson, aTraining, somebody } from '../factories'
import { call } from '../http'
import { screen, wordsOf } from '../screen'

test.each([
  ['coordinator', 200, 200, 200],
  ['admin', 200, 200, 200],
  ['manager', 403, 403, 404],
  ['trainer', 403, 404, 404],
  ['employee', 403, 404, 404],
  ['supervisor', 403, 404, 404],
] as const)('a %s gets the list %i, a service %i, an employer %i', async (role, all, one, boss) => {
  const w = await aTraining()
  for (const page of [list, newService, newEmployer]) expect((await call(page.loader, '/', { as: w[role] })).status).toBe(all)
  expect((await call(service.loader, '/', { as: w[role], params: { serviceId: w.service.id } })).status).toBe(one)
  expect((await call(employer.loader, '/', { as: w[role], params: { employerId: w.service.employerId } })).status).toBe(boss)
  const form = { name: `Нов ${role}`, kind: 'provider', employerId: w.service.employerId }
  const done = (status: number) => (status === 200 ? 302 : status)
  expect((await call(newEmployer.action, '/', { as: w[role], form })).status).toBe(done(all))
  expect((await call(newService.action, '/', { as: w[role], form })).status).toBe(done(all))
  expect((await call(service.action, '/', { as: w[role], params: { serviceId: w.service.id }, form: { name: 'Друга' } })).status).toBe(
    done(one),
  )
  expect(
    (await call(employer.action, '/', { as: w[role], params: { employerId: w.service.employerId }, form: { ...form, name: 'Друг' } }))
      .status,
  ).toBe(done(boss))
})

test('annexes are ticked and unticked; a taken name comes back beside its field', async () => {
  const w = await aTraining()
  const params = { serviceId: w.service.id }
  const save = (form: Record<string, string | string[]>) => call(service.action, '/', { as: w.coordinator, params, form })
  const annexes = async () => (await call(service.loader, '/', { as: w.coordinator, params })).body.service.annexes
  await save({ name: 'Център', annexes: ['5', '24'] })
  expect(await annexes()).toEqual([5, 24])
  await save({ name: 'Център', annexes: '24' })
  expect(await annexes()).toEqual([24])
  await save({ name: 'Център' })
  expect(await annexes()).toEqual([])
  const taken = await call(newService.action, '/', { as: w.coordinator, form: { name: 'Център', employerId: w.service.employerId } })
  expect([taken.status, taken.body.error]).toEqual([409, { name: ['Вече има услуга с това име'] }])
})

test('an annex is called by its service, the number stands under it', async () => {
  const w = await aTraining()
  const { body } = await call(newService.loader, '/services/new', { as: w.coordinator })
  expect(wordsOf(screen(newService.default, body))).toContain('Терапия и рехабилитация Приложение № 5')
  const params = { serviceId: w.service.id }
  await call(service.action, '/', { as: w.coordinator, params, form: { name: 'Асистентска подкрепа', annexes: ['5', '24'] } })
  const all = await call(list.loader, '/services', { as: w.coordinator })
  expect(wordsOf(screen(list.default, all.body))).toContain('Асистентска подкрепа Терапия и рехабилитация Приложение № 5 Приложение № 24')
})

test('an employer whose name says its kind is not told it again', async () => {
  const { id } = await aMunicipality()
  const coordinator = await somebody(id, 'coordinator')
  await aPerson(id)
  const save = (name: string) => call(newEmployer.action, '/', { as: coordinator, form: { name, kind: 'administration' } })
  const about = async () => wordsOf(screen(list.default, (await call(list.loader, '/services', { as: coordinator })).body))
  const [first] = (await call(list.loader, '/services', { as: coordinator })).body.employers
  const params = { employerId: first.id }
  await call(employer.action, '/', { as: coordinator, params, form: { name: 'Кметство', kind: 'administration' } })
  expect(await about()).toContain('общинска администрация · извън услугите: 1 служител')
  await call(employer.action, '/', { as: coordinator, params, form: { name: 'Общинска администрация', kind: 'administration' } })
  expect(await about()).not.toContain('общинска администрация')
  expect((await save('Друго кметство')).status).toBe(302)
  expect(await about()).toContain('Друго кметство Редактирай общинска администрация')
})
