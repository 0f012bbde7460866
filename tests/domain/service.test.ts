import { expect, test } from 'vitest'
import { ANNEXES, annexTitle } from '~/domain/service/annexes'
import { createEmployer, updateEmployer } from '~/domain/service/keep-employer.server'
import { createService, updateService } from '~/domain/service/keep-service.server'
import { newServiceSchema, serviceSchema } from '~/domain/service/schema'
import { employersWithServices, findEmployer, findService, serviceChoices } from '~/domain/service/service.server'
import { violated } from '~/platform/db-errors.server'
import { inMunicipality } from '~/platform/db.server'
import { aMunicipality, aPerson, aService, aTraining, somebody } from '../factories'

test('there are 25 annexes, numbered in turn', () => {
  expect(ANNEXES.map(({ annex }) => annex)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1))
  expect(annexTitle(24)).toBe('Асистентска подкрепа')
  expect(annexTitle(26)).toBe('')
})

test('annexes are numbers from 1 to 25, each once and in order', () => {
  expect(serviceSchema.parse({ name: 'Център', annexes: ['5', '2', '5'] }).annexes).toEqual([2, 5])
  expect(serviceSchema.parse({ name: 'Център' }).annexes).toEqual([])
  expect(serviceSchema.safeParse({ name: 'Център', annexes: ['26'] }).success).toBe(false)
  expect(newServiceSchema.safeParse({ name: 'Център', employerId: 'x' }).success).toBe(false)
})

test('employers and services are kept with their annexes and how many people work there', async () => {
  const { id } = await aMunicipality()
  const { actor } = await somebody(id, 'coordinator')
  await createEmployer(actor, { name: 'Община', kind: 'administration' }, null)
  await createEmployer(actor, { name: 'Доставчик', kind: 'provider' }, null)
  const employers = await employersWithServices(actor, '2024-05-01')
  const provider = employers.find(({ name }) => name === 'Доставчик')!
  await createService(actor, { employerId: provider.id, name: 'Център', annexes: [5, 24] }, null)
  const service = (await serviceChoices(actor))[0]!
  await aPerson(id, { service: { id: service.id, employerId: provider.id } })
  await aPerson(id)
  await updateService(actor, service.id, { name: 'Дневен център', annexes: [8, 24] })
  expect(
    (await employersWithServices(actor, '2024-05-01')).map(({ name, kind, peopleOutsideServices, services }) => [
      name,
      kind,
      peopleOutsideServices,
      services.map((one) => [one.name, one.annexes, one.people]),
    ]),
  ).toEqual([
    ['Община', 'administration', 1, []],
    ['Доставчик', 'provider', 0, [['Дневен център', [8, 24], 1]]],
  ])
  expect((await employersWithServices(actor, '2022-12-31'))[1]!.services[0]!.people).toBe(0)
})

test('a taken name is refused beside its field, here only', async () => {
  const [here, there] = [await aMunicipality(), await aMunicipality()]
  const { actor } = await somebody(here.id, 'admin')
  const other = await somebody(there.id, 'admin')
  const service = await aService(here.id, { name: 'Център' })
  const elsewhere = await aService(there.id, { name: 'Друг' })
  const refusal = { code: 'conflict', messageKey: 'service.name_taken', field: 'name' }
  await expect(createService(actor, { employerId: service.employerId, name: 'Център', annexes: [] }, null)).rejects.toMatchObject(refusal)
  await updateService(other.actor, elsewhere.id, { name: 'Център', annexes: [] })
  await expect(createEmployer(actor, { name: service.employer.name, kind: 'provider' }, null)).rejects.toMatchObject({
    code: 'conflict',
    messageKey: 'service.employer_taken',
    field: 'name',
  })
})

test('an employer of another municipality cannot be given a service, nor be seen', async () => {
  const [here, there] = [await aMunicipality(), await aMunicipality()]
  const { actor } = await somebody(here.id, 'coordinator')
  const foreign = await aService(there.id)
  await expect(createService(actor, { employerId: foreign.employerId, name: 'Х', annexes: [] }, null)).rejects.toMatchObject({
    code: 'invalid',
    field: 'employerId',
  })
  await expect(findService(actor, foreign.id)).rejects.toMatchObject({ code: 'not_found' })
  await expect(findEmployer(actor, foreign.employerId)).rejects.toMatchObject({ code: 'not_found' })
  await expect(updateEmployer(actor, foreign.employerId, { name: 'Мой', kind: 'provider' })).rejects.toMatchObject({ code: 'not_found' })
  const raw = inMunicipality(actor, (tx) =>
    tx.socialService.create({ data: { municipalityId: here.id, employerId: foreign.employerId, name: 'Х' } }),
  )
  await expect(raw.catch((error: unknown) => violated(error, '23503', 'P2003'))).resolves.toBe(true)
})

test('a manager sees his services and changes none; trainer, employee and supervisor see none', async () => {
  const w = await aTraining()
  await aService(w.municipalityId)
  expect((await serviceChoices(w.manager.actor)).map(({ id }) => id)).toEqual([w.service.id])
  await expect(updateService(w.manager.actor, w.service.id, { name: 'Моя', annexes: [] })).rejects.toMatchObject({ code: 'forbidden' })
  for (const who of [w.trainer, w.employee, w.supervisor]) {
    expect(await serviceChoices(who.actor)).toEqual([])
    await expect(findService(who.actor, w.service.id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(createEmployer(who.actor, { name: 'Х', kind: 'provider' }, null)).rejects.toMatchObject({ code: 'forbidden' })
  }
})

test('the database itself knows no 26th annex', async () => {
  const { id } = await aMunicipality()
  await expect(aService(id, { annexes: [26] }).catch((error: unknown) => violated(error, 'service_annex_number'))).resolves.toBe(true)
})
