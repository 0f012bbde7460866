import { expect, test } from 'vitest'
import { inMunicipality } from '~/platform/db.server'
import * as newEmployer from '~/routes/_app.employers.new'
import * as newService from '~/routes/_app.services.new'
import * as services from '~/routes/_app.services._index'
import * as newPost from '~/routes/_app.staff.$personId.posts.new'
import * as newPerson from '~/routes/_app.staff.new'
import * as enrol from '~/routes/_app.trainings.$trainingId.enrol'
import * as newTraining from '~/routes/_app.trainings.new'
import { aCourse, aMunicipality, aTraining, somebody } from '../factories'
import { call } from '../http'
import { screen, wordsOf } from '../screen'

type Page = { default: Parameters<typeof screen>[0]; loader: Parameters<typeof call>[0] }
type Who = Awaited<ReturnType<typeof somebody>>
const shown = async (page: Page, who: Who, at: string, params = {}) =>
  screen(page.default, (await call(page.loader, at, { as: who, params })).body, { at })
const linksIn = (html: string) => [...html.matchAll(/<a[^>]* href="([^"]+)"/g)].map(([, to]) => to!)
const sends = (html: string) => html.includes('<form')

async function aNewMunicipality() {
  const { id } = await aMunicipality()
  return { municipalityId: id, coordinator: await somebody(id, 'coordinator') }
}

test('without an employer the pages of a service and of a post lead to the first one; with one they are forms', async () => {
  const { municipalityId, coordinator } = await aNewMunicipality()
  const person = await inMunicipality({ municipalityId }, (tx) => tx.person.create({ data: { municipalityId, givenName: 'Ана' } }))
  const params = { personId: person.id }
  const pages = async () => [
    await shown(newService, coordinator, '/services/new'),
    await shown(newPost, coordinator, `/staff/${person.id}/posts/new`, params),
  ]
  for (const html of [await shown(services, coordinator, '/services'), ...(await pages())]) {
    expect(linksIn(html)).toContain('/employers/new')
    expect(sends(html)).toBe(false)
  }
  await call(newEmployer.action, '/employers/new', { as: coordinator, form: { name: 'Община', kind: 'administration' } })
  for (const html of await pages()) expect(sends(html)).toBe(true)
})

test('without an employer an employee can be saved without a post, and the page says where posts come from', async () => {
  const { coordinator } = await aNewMunicipality()
  const empty = await shown(newPerson, coordinator, '/staff/new')
  expect(linksIn(empty)).toContain('/employers/new')
  expect(empty).toContain('name="givenName"')
  expect(empty).not.toContain('name="workplace"')
  expect((await call(newPerson.action, '/staff/new', { as: coordinator, form: { givenName: 'Ана' } })).status).toBe(302)
  await call(newEmployer.action, '/employers/new', { as: coordinator, form: { name: 'Община', kind: 'administration' } })
  const html = await shown(newPerson, coordinator, '/staff/new')
  expect(html).toContain('name="workplace"')
  expect(linksIn(html)).not.toContain('/employers/new')
})

test('a training is planned of a course with a trainer: the page says which is missing, and who may adds it', async () => {
  const { municipalityId, coordinator } = await aNewMunicipality()
  const both = await somebody(municipalityId, ['coordinator', 'admin'])
  const page = (who: Who) => shown(newTraining, who, '/trainings/new')
  expect(linksIn(await page(coordinator))).toContain('/courses/new')
  await aCourse(municipalityId)
  const html = await page(coordinator)
  expect(wordsOf(html)).toContain('Още няма обучител')
  expect(linksIn(html)).not.toContain('/courses/new')
  expect(linksIn(html)).not.toContain('/admin/accounts/new')
  expect(linksIn(await page(both))).toContain('/admin/accounts/new')
  expect(sends(html)).toBe(false)
  await somebody(municipalityId, 'trainer')
  expect(sends(await page(coordinator))).toBe(true)
})

test('where there is nobody to enrol the page leads to the first employee; where nobody was found it says so', async () => {
  const w = await aTraining({ people: 0 })
  const params = { trainingId: w.training.id }
  const at = `/trainings/${w.training.id}/enrol`
  const searched = await shown(enrol, w.coordinator, `${at}?q=никой`, params)
  expect(wordsOf(searched)).toContain('Не намерихме служители')
  expect(linksIn(searched)).not.toContain('/staff/new')
  const nobody = (await call(enrol.loader, `${at}?q=никой`, { as: w.coordinator, params })).body
  expect(linksIn(screen(enrol.default, nobody, { at }))).toContain('/staff/new')
})
