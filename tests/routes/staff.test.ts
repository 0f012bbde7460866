import { expect, test } from 'vitest'
import { issueCertificates } from '~/domain/certificate/issue-certificates.server'
import { revokeCertificate } from '~/domain/certificate/revoke-certificate.server'
import { atInstant } from '~/platform/clock.server'
import { inMunicipality } from '~/platform/db.server'
import * as edit from '~/routes/_app.staff.$personId.edit'
import * as profile from '~/routes/_app.staff.$personId._index'
import * as post from '~/routes/_app.staff.$personId.posts.$postId'
import * as newPost from '~/routes/_app.staff.$personId.posts.new'
import * as list from '~/routes/_app.staff._index'
import * as create from '~/routes/_app.staff.new'
import { AFTERWARDS, eraseFacts, present, register } from '../certificate-cases'
import { aPerson, aService, aTraining, enrolled } from '../factories'
import { call } from '../http'
import { screen, wordsOf } from '../screen'
import { attended } from '../domain/project-factories'
import { statements } from '../statements'

const ROLES = ['coordinator', 'admin', 'manager', 'trainer', 'employee', 'supervisor'] as const

test('the staff list is for coordinator, administrator and manager', async () => {
  const w = await aTraining()
  const statuses = await Promise.all(ROLES.map(async (role) => (await call(list.loader, '/staff', { as: w[role] })).status))
  expect(Object.fromEntries(ROLES.map((role, index) => [role, statuses[index]]))).toEqual({
    coordinator: 200,
    admin: 200,
    manager: 200,
    trainer: 403,
    employee: 403,
    supervisor: 403,
  })
  expect((await call(list.loader, '/staff?q=x')).location).toBe('/login?next=%2Fstaff%3Fq%3Dx')
})

test('nonsense in the address of the list is no error', async () => {
  const w = await aTraining()
  const answer = await call(list.loader, `/staff?page=-7&service=x&category=boss&q=${'я'.repeat(500)}`, { as: w.coordinator })
  expect([answer.status, answer.body.people.page, answer.body.people.total]).toEqual([200, 1, 2])
})

test('the list and the profile cost as many queries with 40 people and trainings as with 2', async () => {
  const w = await aTraining()
  const params = { personId: w.people[0]!.id }
  const list2 = () => call(list.loader, '/staff?q=име', { as: w.coordinator })
  const profile2 = () => call(profile.loader, '/', { as: w.coordinator, params })
  const few = [await statements(list2), await statements(profile2)]
  for (let i = 0; i < 38; i++) await aPerson(w.municipalityId, { service: { id: w.service.id, employerId: w.service.employerId } })
  for (let i = 0; i < 10; i++) {
    const { id } = await inMunicipality(w, (tx) =>
      tx.training.create({
        data: { municipalityId: w.municipalityId, courseId: w.course.id, trainerAccountId: w.trainer.accountId, place: 'х', capacity: 5 },
      }),
    )
    await enrolled(w.municipalityId, id, params.personId)
  }
  expect((await list2()).body.people.rows).toHaveLength(40)
  expect((await profile2()).body.record.trainings).toHaveLength(11)
  expect([await statements(list2), await statements(profile2)]).toEqual(few)
  expect(few[0]).toBeGreaterThan(3)
})

test.each([
  ['coordinator', 200],
  ['admin', 200],
  ['manager', 200],
  ['trainer', 200],
  ['employee', 200],
  ['otherTrainer', 404],
  ['supervisor', 404],
] as const)('the profile of an enrolled person gives a %s %i', async (who, status) => {
  const w = await aTraining()
  const params = { personId: w.people[0]!.id }
  expect((await call(profile.loader, `/staff/${params.personId}`, { as: w[who], params })).status).toBe(status)
})

test('a trainer sees a person’s post and own trainings, and neither number nor certificates', async () => {
  const w = await aTraining()
  const params = { personId: w.people[0]!.id }
  const { body } = await call(profile.loader, '/', { as: w.trainer, params })
  expect(body).toMatchObject({ facts: null, seesCertificates: false, may: { list: false, manage: false } })
  expect(body.record.trainings).toHaveLength(1)
  expect((await call(profile.loader, '/', { as: w.admin, params })).body).toMatchObject({
    record: null,
    may: { list: true, manage: false },
  })
  expect((await call(profile.loader, '/', { as: w.employee, params: { personId: w.people[1]!.id } })).status).toBe(404)
})

test('what is no id, and another municipality’s person, does not exist', async () => {
  const [w, elsewhere] = [await aTraining(), await aTraining()]
  for (const personId of ['x', '1', elsewhere.people[0]!.id]) {
    expect((await call(profile.loader, '/', { as: w.coordinator, params: { personId } })).status).toBe(404)
    const form = { givenName: 'Взет' }
    expect((await call(edit.action, '/', { as: w.coordinator, params: { personId }, form })).status).toBe(404)
  }
})

test('the coordinator adds somebody with a post and comes to the profile', async () => {
  const w = await aTraining()
  const form = {
    givenName: 'Ана-Мария',
    middleName: '',
    familyName: 'Ил\u0438\u0306ева',
    sex: 'female',
    workplace: `service.${w.service.id}`,
    position: 'психолог',
    category: 'core',
    startsOn: '2024-03-14',
    _key: crypto.randomUUID(),
  }
  const first = await call(create.action, '/staff/new', { as: w.coordinator, form })
  expect(first.status).toBe(302)
  expect(await call(create.action, '/staff/new', { as: w.coordinator, form })).toMatchObject({ status: 302, location: first.location })
  const { body } = await call(profile.loader, first.location!, { as: w.coordinator, params: { personId: first.location!.split('/')[2]! } })
  expect(body).toMatchObject({
    name: 'Ана-Мария Илйева',
    facts: { latinName: 'Ana-Maria Ilyeva', isSuggested: true, sex: 'female', employeeNumber: null, firstInSocialSystemOn: null },
    posts: [{ position: 'психолог', startsOn: '2024-03-14', endsOn: null, isHeld: true }],
  })
})

test('a refused form comes back as it was typed, with sentences beside the fields', async () => {
  const w = await aTraining()
  const form = { givenName: '=1+1', familyName: 'х'.repeat(10_000), employeeNumber: '8501011234', position: 'психолог' }
  const { status, body } = await call(create.action, '/staff/new', { as: w.coordinator, form })
  expect(status).toBe(422)
  expect(body.initialValue).toMatchObject(form)
  expect(body.error).toMatchObject({
    givenName: ['Въведете името само с букви; разрешени са тире, апостроф и точка'],
    familyName: ['Съкратете текста: най-много 100 знака'],
    employeeNumber: ['Тук не се въвежда ЕГН: десет цифри не се приемат. Ползвайте служебен номер на общината или оставете полето празно'],
  })
  const english = await call(create.action, '/staff/new', { as: w.coordinator, form: { givenName: '' }, cookies: ['lang=en'] })
  expect(english.body.error.givenName).toEqual(['Enter the given name'])
})

test('a namesake is asked about in the form and then saved', async () => {
  const w = await aTraining()
  const form = { givenName: 'Иван', familyName: 'Иванов' }
  await call(create.action, '/staff/new', { as: w.coordinator, form })
  const asked = await call(create.action, '/staff/new', { as: w.coordinator, form })
  expect(asked).toMatchObject({ status: 409, body: { initialValue: form } })
  expect(asked.body.error.namesake[0]).toContain('Иван Иванов')
  expect((await call(create.action, '/staff/new', { as: w.coordinator, form: { ...form, namesake: 'on' } })).status).toBe(302)
})

test('posts are added and ended from their pages; a post of another person is not there', async () => {
  const w = await aTraining()
  const [first, second] = w.people
  const params = { personId: first!.id }
  const form = {
    workplace: `employer.${w.service.employerId}`,
    position: 'ръководител',
    category: 'manager',
    startsOn: '2024-01-01',
    endsOn: '',
  }
  expect((await call(newPost.action, '/', { as: w.coordinator, params, form })).status).toBe(302)
  const { posts } = (await call(profile.loader, '/', { as: w.coordinator, params })).body
  const postId = posts.find((one: { position: string }) => one.position === 'ръководител').id
  const ended = { ...form, endsOn: '2024-06-30' }
  expect((await call(post.action, '/', { as: w.coordinator, params: { ...params, postId }, form: ended })).status).toBe(302)
  expect((await call(post.loader, '/', { as: w.coordinator, params: { ...params, postId } })).body.post.endsOn).toBe('2024-06-30')
  const stranger = { personId: second!.id, postId }
  expect((await call(post.loader, '/', { as: w.coordinator, params: stranger })).status).toBe(404)
  expect((await call(post.action, '/', { as: w.coordinator, params: stranger, form })).status).toBe(404)
  const backwards = { ...form, endsOn: '2023-12-31' }
  expect((await call(post.action, '/', { as: w.coordinator, params: { ...params, postId }, form: backwards })).body.error.endsOn).toEqual([
    'Последният ден не може да е преди първия',
  ])
})

test.each(['admin', 'manager', 'trainer', 'employee'] as const)('a %s who sees the person is refused every change', async (role) => {
  const w = await aTraining()
  const params = { personId: w.people[0]!.id }
  const form = { givenName: 'Ново', workplace: `service.${w.service.id}`, position: 'х', category: 'core', startsOn: '2024-01-01' }
  for (const route of [create, edit, newPost]) {
    expect((await call(route.loader, '/', { as: w[role], params })).status).toBe(403)
    expect((await call(route.action, '/', { as: w[role], params, form })).status).toBe(403)
  }
})

test('the employee reads his own record without an edit button', async () => {
  const w = await aTraining()
  const { body } = await call(profile.loader, '/', { as: w.employee, params: { personId: w.people[0]!.id } })
  expect(body).toMatchObject({ may: { list: false, manage: false }, seesCertificates: true })
  expect(body.facts).not.toBeNull()
})

test('what is still to come is not shown as missed, and the states are called as everywhere', async () => {
  const soon = new Date(Date.now() + 3_600_000).toISOString()
  const later = new Date(Date.now() + 7_200_000).toISOString()
  const w = await aTraining({ sessions: [{ startsAt: soon, endsAt: later, breaks: [] }] })
  const params = { personId: w.people[0]!.id }
  const shown = async () => {
    const { body } = await call(profile.loader, '/', { as: w.coordinator, params })
    return { counted: body.record.trainings[0].isCounted, words: wordsOf(screen(profile.default, body)) }
  }
  const before = await shown()
  expect(before.counted).toBe(false)
  expect(before.words).toContain('записан/а – –')
  expect(before.words).not.toContain('0 от 1')
  await inMunicipality(w, (tx) =>
    tx.session.update({
      where: { id: w.sessions[0]!.id },
      data: { startsAt: new Date(Date.now() - 7_200_000), endsAt: new Date(Date.now() - 3_600_000) },
    }),
  )
  const after = await shown()
  expect(after.counted).toBe(true)
  expect(after.words).toContain('записан/а 0 от 1 0,0\u00a0ак.\u00a0ч.')
})

test('who was only proposed for a training that is over is not shown as absent', async () => {
  const w = await aTraining()
  const person = await aPerson(w.municipalityId)
  await enrolled(w.municipalityId, w.training.id, person.id, 'nominated')
  const { body } = await call(profile.loader, '/', { as: w.coordinator, params: { personId: person.id } })
  expect(wordsOf(screen(profile.default, body))).toContain('предложен/а – –')
  await attended(w.municipalityId, w.sessions[0]!.id, w.people[0]!.id, 300)
  const other = await call(profile.loader, '/', { as: w.coordinator, params: { personId: w.people[0]!.id } })
  expect(wordsOf(screen(profile.default, other.body))).toContain('записан/а 1 от 1')
})

test('an empty Latin name is shown by the rules the form promises', async () => {
  const w = await aTraining()
  const person = await aPerson(w.municipalityId, { givenName: 'Юлия', middleName: null, familyName: 'Щерева', latinName: null })
  const { body } = await call(profile.loader, '/', { as: w.coordinator, params: { personId: person.id } })
  expect(wordsOf(screen(profile.default, body))).toContain('Yulia Shtereva (по правилата за транслитерация)')
})

test('the list filtered by a service leaves out the column of services', async () => {
  const w = await aTraining()
  const whole = await call(list.loader, '/staff', { as: w.coordinator })
  expect(screen(list.default, whole.body, { at: '/staff' })).toContain('data-label="Място на работа"')
  const at = `/staff?service=${w.service.id}`
  const html = screen(list.default, (await call(list.loader, at, { as: w.coordinator })).body, { at })
  expect(html).toContain('data-label="Длъжност и категория"')
  expect(html).not.toContain('data-label="Място на работа"')
})

test('filtered by a service, of two posts only the one in it is shown', async () => {
  const w = await aTraining({ people: 0 })
  const person = await aPerson(w.municipalityId, { familyName: 'Двойнова', service: w.service })
  const service = await aService(w.municipalityId)
  const held = { municipalityId: w.municipalityId, personId: person.id, employerId: service.employerId, serviceId: service.id }
  await inMunicipality(w, (tx) =>
    tx.assignment.create({ data: { ...held, position: 'медицинска сестра', category: 'core', startsOn: new Date('2020-01-01') } }),
  )
  const postsAt = async (at: string) => {
    const rows = (await call(list.loader, at, { as: w.coordinator })).body.people.rows as { id: string; posts: { position: string }[] }[]
    return rows.find(({ id }) => id === person.id)!.posts.map(({ position }) => position)
  }
  expect(await postsAt('/staff')).toHaveLength(2)
  expect(await postsAt(`/staff?service=${service.id}`)).toEqual(['медицинска сестра'])
})

test('a certificate of a person is as valid as the register says: one with erased facts is not', async () => {
  const w = await aTraining({ people: 1 })
  await present(w)
  const shown = async () => {
    const { body } = await call(profile.loader, '/', { as: w.coordinator, params: { personId: w.people[0]!.id } })
    return wordsOf(screen(profile.default, body).match(/<section[^>]*id="certificates"[\s\S]*?<\/section>/)![0])
  }
  await atInstant(AFTERWARDS, () => issueCertificates(w.coordinator.actor, w.training.id, null, null))
  const [certificate] = await register(w.municipalityId)
  expect(await shown()).toContain('валидно')
  await eraseFacts(certificate!.id)
  expect(await shown()).toContain('данните са заличени')
  expect(await shown()).not.toContain('валидно')
  await revokeCertificate(w.coordinator.actor, certificate!.id, 'Издадено на друго лице', null)
  expect(await shown()).toContain('анулирано')
})
