import { expect, test } from 'vitest'
import * as edit from '~/routes/_app.courses.$courseId.edit'
import * as card from '~/routes/_app.courses.$courseId._index'
import * as list from '~/routes/_app.courses._index'
import * as create from '~/routes/_app.courses.new'
import { aTraining } from '../factories'
import { call } from '../http'
import { screen, wordsOf } from '../screen'

const form = { title: 'Първа помощ', kind: 'specialised', durationMinutes: '270', requiredSharePercent: '80', topics: 'а\r\nб' }

test.each([
  ['coordinator', 200, 200, 200],
  ['trainer', 200, 200, 403],
  ['manager', 200, 200, 403],
  ['employee', 200, 200, 403],
  ['supervisor', 200, 200, 403],
  ['admin', 403, 404, 403],
] as const)('a %s gets the catalogue %i, a course %i, a new one %i', async (role, catalogue, one, fresh) => {
  const w = await aTraining()
  const params = { courseId: w.course.id }
  expect((await call(list.loader, '/courses', { as: w[role] })).status).toBe(catalogue)
  expect((await call(card.loader, '/', { as: w[role], params })).status).toBe(one)
  expect((await call(create.loader, '/courses/new', { as: w[role] })).status).toBe(fresh)
  const refused = role === 'coordinator' ? 302 : 403
  expect((await call(create.action, '/courses/new', { as: w[role], form })).status).toBe(refused)
  const seen = role === 'admin' ? 404 : refused
  expect((await call(edit.action, '/', { as: w[role], params, form })).status).toBe(seen)
  expect((await call(card.action, '/', { as: w[role], params, form: { intent: 'archive' } })).status).toBe(seen)
})

test('a course is made, shown, archived out of everybody’s sight and brought back', async () => {
  const w = await aTraining()
  const { location } = await call(create.action, '/courses/new', { as: w.coordinator, form })
  const params = { courseId: location!.split('/')[2]! }
  const shown = async (who: { cookie: string }) => (await call(card.loader, location!, { as: who, params })).status
  expect((await call(card.loader, location!, { as: w.employee, params })).body.course).toMatchObject({
    title: 'Първа помощ',
    durationMinutes: 270,
    topics: 'а\nб',
  })
  await call(card.action, location!, { as: w.coordinator, params, form: { intent: 'archive' } })
  expect([await shown(w.employee), await shown(w.trainer), await shown(w.coordinator)]).toEqual([404, 404, 200])
  expect((await call(list.loader, '/courses?view=archived', { as: w.coordinator })).body.courses.total).toBe(1)
  expect((await call(list.loader, '/courses?view=archived', { as: w.employee })).body.archived).toBe(false)
  await call(card.action, location!, { as: w.coordinator, params, form: { intent: 'restore' } })
  expect(await shown(w.employee)).toBe(200)
})

test('bad input comes back typed, and another municipality’s course is not there', async () => {
  const [w, elsewhere] = [await aTraining(), await aTraining()]
  const { status, body } = await call(create.action, '/courses/new', { as: w.coordinator, form: { ...form, durationMinutes: 'шест' } })
  expect([status, body.initialValue.durationMinutes, body.error.durationMinutes]).toEqual([422, 'шест', ['Въведете цяло число']])
  const params = { courseId: elsewhere.course.id }
  for (const page of [card, edit]) expect((await call(page.loader, '/', { as: w.coordinator, params })).status).toBe(404)
  expect((await call(edit.action, '/', { as: w.coordinator, params, form })).status).toBe(404)
})

test('a course is there to be planned: editing stands beside it, and an archived one is planned no more', async () => {
  const w = await aTraining()
  const params = { courseId: w.course.id }
  const shown = async () => screen(card.default, (await call(card.loader, '/', { as: w.coordinator, params })).body)
  const primary = (html: string) => [...html.matchAll(/<a[^>]*button-primary[^>]*>/g)].map(([link]) => link.match(/href="([^"]*)"/)![1])
  expect(primary(await shown())).toEqual([`/trainings/new?course=${w.course.id}`])
  await call(card.action, '/', { as: w.coordinator, params, form: { intent: 'archive' } })
  expect(primary(await shown())).toEqual([])
  expect(wordsOf(await shown())).toContain('Редактирай')
  // a page without JavaScript could not keep the hours true
  const form = wordsOf(screen(edit.default, (await call(edit.loader, '/', { as: w.coordinator, params })).body))
  expect(form).toContain('Академичният час е 45 минути')
  expect(form).not.toContain('Това са')
})
