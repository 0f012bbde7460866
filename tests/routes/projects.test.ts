import { expect, test } from 'vitest'
import { inMunicipality } from '~/platform/db.server'
import * as activities from '~/routes/_app.projects.$projectId.activities'
import * as attendances from '~/routes/_app.projects.$projectId.attendances'
import * as edit from '~/routes/_app.projects.$projectId.edit'
import * as card from '~/routes/_app.projects.$projectId._index'
import * as persons from '~/routes/_app.projects.$projectId.persons'
import * as list from '~/routes/_app.projects._index'
import * as create from '~/routes/_app.projects.new'
import { attended } from '../domain/project-factories'
import { aCourse, aMunicipality, aPerson, aProject, aSession, aTraining, somebody } from '../factories'
import { call } from '../http'
import { screen, wordsOf } from '../screen'
import { statements } from '../statements'

const OTHERS = ['admin', 'manager', 'trainer', 'employee', 'supervisor'] as const
const PAGES = [card, edit, activities, persons, attendances]

test('projects are the coordinator’s: for everybody else they are not there', async () => {
  const w = await aTraining()
  const project = await aProject(w.municipalityId)
  const params = { projectId: project.id }
  for (const page of PAGES) {
    expect((await call(page.loader, '/', { as: w.coordinator, params })).status).toBe(200)
    for (const role of OTHERS) expect((await call(page.loader, '/', { as: w[role], params })).status).toBe(404)
  }
  for (const role of OTHERS) {
    expect((await call(list.loader, '/projects', { as: w[role] })).status).toBe(403)
    expect((await call(create.loader, '/projects/new', { as: w[role] })).status).toBe(403)
    expect((await call(create.action, '/projects/new', { as: w[role], form: { title: 'Мой' } })).status).toBe(403)
    expect((await call(activities.action, '/', { as: w[role], params, form: { title: 'Моя' } })).status).toBe(404)
    expect((await call(edit.action, '/', { as: w[role], params, form: { title: 'Мой' } })).status).toBe(404)
  }
})

test('another municipality’s project and what is no id do not exist', async () => {
  const [w, elsewhere] = [await aTraining(), await aTraining()]
  const project = await aProject(elsewhere.municipalityId)
  for (const projectId of [project.id, 'nonsense'])
    for (const page of PAGES) expect((await call(page.loader, '/', { as: w.coordinator, params: { projectId } })).status).toBe(404)
  const form = { title: 'Взет' }
  expect((await call(edit.action, '/', { as: w.coordinator, params: { projectId: project.id }, form })).status).toBe(404)
})

test('the coordinator adds Хасково as its source states it and reads the warning', async () => {
  const w = await aTraining()
  const form = {
    title: 'Укрепване на общинския капацитет в община Хасково',
    numberAsWritten: 'BG05SFPR002-2.002-0164',
    amountBgn: '230 942, 88 лв.',
    amountKind: 'total',
    startsOn: '2023-04-01',
    endsOn: '01.04.2025 г.',
    isEuFunded: 'on',
    _key: crypto.randomUUID(),
  }
  const answer = await call(create.action, '/projects/new', { as: w.coordinator, form })
  expect(await call(create.action, '/projects/new', { as: w.coordinator, form })).toMatchObject({ status: 302, location: answer.location })
  const params = { projectId: answer.location!.split('/')[2]! }
  const { body } = await call(card.loader, answer.location!, { as: w.coordinator, params })
  expect(body.project).toMatchObject({
    amountBgn: '230942.88',
    endsOn: '2025-04-01',
    isEuFunded: true,
    termMonths: null,
    signedAsWritten: null,
  })
  expect(body.warnings).toMatchObject([{ code: 'term_uneven', detail: { months: 24, days: 1 } }])
  expect(body.numbers).toEqual({ persons: 0, attendances: 0, attendedMinutes: 0 })
})

test('a refused form comes back as it was typed', async () => {
  const w = await aTraining()
  const form = { title: '<script>x</script>', amountBgn: '12 345,678', startsOn: '2024-05-02', endsOn: '2024-05-01', note: '=1+1' }
  const { status, body } = await call(create.action, '/projects/new', { as: w.coordinator, form })
  expect([status, body.initialValue]).toEqual([422, form])
  expect(body.error.amountBgn).toEqual(['Въведете сума в левове, например 49 128,00'])
})

test('the page and its lists cost as many queries for 60 attendances as for none', async () => {
  const { id: municipalityId } = await aMunicipality()
  const coordinator = await somebody(municipalityId, 'coordinator')
  const trainer = await somebody(municipalityId, 'trainer')
  const course = await aCourse(municipalityId)
  const project = await aProject(municipalityId)
  const params = { projectId: project.id }
  const costs = async () => {
    const each = []
    for (const page of [card, persons, attendances]) each.push(await statements(() => call(page.loader, '/', { as: coordinator, params })))
    return each
  }
  const none = await costs()
  const people = []
  for (let i = 0; i < 20; i++) people.push(await aPerson(municipalityId))
  for (const day of ['01', '02', '03']) {
    const training = await inMunicipality(coordinator.actor, (tx) =>
      tx.training.create({
        data: { municipalityId, courseId: course.id, projectId: project.id, trainerAccountId: trainer.accountId, place: 'х', capacity: 30 },
      }),
    )
    const session = await aSession(municipalityId, training, { startsAt: `2024-03-${day}T07:00:00Z`, endsAt: `2024-03-${day}T09:00:00Z` })
    for (const person of people) await attended(municipalityId, session.id, person.id, 120)
  }
  expect((await call(card.loader, '/', { as: coordinator, params })).body.numbers).toEqual({
    persons: 20,
    attendances: 60,
    attendedMinutes: 7200,
  })
  expect(await costs()).toEqual(none)
})

test('a term that is half known, a number and what is absent are said as Bulgarian says them', async () => {
  const w = await aTraining()
  const form = { title: 'Капацитет', numberAsWritten: 'BG05SFPR002-2.002-0078', endsOn: '2024-04-13', termMonths: '12' }
  const { location } = await call(create.action, '/projects/new', { as: w.coordinator, form })
  const html = screen(list.default, (await call(list.loader, '/projects', { as: w.coordinator })).body)
  expect(wordsOf(html)).toContain('BG05SFPR002-2.002-0078 до\u00a013.04.2024\u00a0г., 12 месеца не е посочена')
  expect(wordsOf(html)).toContain('Капацитет Номер: BG05SFPR002-2.002-0078')
  const params = { projectId: location!.split('/')[2]! }
  const { body } = await call(card.loader, location!, { as: w.coordinator, params })
  expect(wordsOf(screen(card.default, body))).toMatch(/Програма не е посочена .*Начало не е посочено/)
})

test('the amount in the form is grouped, and may be sent back so', async () => {
  const w = await aTraining()
  const form = { title: 'Сума', amountBgn: '1249128,5', amountKind: 'grant' }
  const { location } = await call(create.action, '/projects/new', { as: w.coordinator, form })
  const params = { projectId: location!.split('/')[2]! }
  const { body } = await call(edit.loader, '/', { as: w.coordinator, params })
  const shown = (language: 'bg' | 'en') =>
    screen(edit.default, body, { language })
      .match(/<input[^>]*name="amountBgn"[^>]*>/)![0]
      .match(/value="([^"]*)"/)![1]!
  expect(shown('bg')).toBe('1\u00a0249\u00a0128,50')
  for (const amountBgn of [shown('bg'), shown('en')]) {
    await call(edit.action, '/', { as: w.coordinator, params, form: { ...form, amountBgn } })
    const kept = await call(card.loader, location!, { as: w.coordinator, params })
    expect(kept.body.project.amountBgn).toBe('1249128.50')
  }
})

test('rounded hours that do not add up are explained, and the attendances of the total stand under its own name', async () => {
  const w = await aTraining()
  const project = await aProject(w.municipalityId)
  const params = { projectId: project.id }
  await inMunicipality(w, (tx) => tx.training.update({ where: { id: w.training.id }, data: { projectId: project.id } }))
  const shown = async (page: typeof persons | typeof attendances) =>
    wordsOf(screen(page.default, (await call(page.loader, '/', { as: w.coordinator, params })).body))
  const note = 'Общият брой часове е изчислен от минутите.'
  // 52 minutes are 1.2 academic hours; twice 52 are 2.3
  await attended(w.municipalityId, w.sessions[0]!.id, w.people[0]!.id, 52)
  for (const page of [persons, attendances]) expect(await shown(page)).not.toContain(note)
  await attended(w.municipalityId, w.sessions[0]!.id, w.people[1]!.id, 52)
  for (const page of [persons, attendances]) expect(await shown(page)).toContain(note)
  expect(await shown(attendances)).toContain('Общо за проекта: 2 присъствия')
})
