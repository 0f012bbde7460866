import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseCertificateFacts } from '~/domain/certificate/certificate-facts'
import { certificateRegister } from '~/domain/certificate/certificate.server'
import { issueCertificates } from '~/domain/certificate/issue-certificates.server'
import { revokeCertificate } from '~/domain/certificate/revoke-certificate.server'
import { clock } from '~/platform/clock.server'
import { disconnect } from '~/platform/db.server'
import { AFTERWARDS, present, register, type TrainingCase } from '../certificate-cases'
import { aPerson, aTraining, enrolled, somebody } from '../factories'

const real = clock.now
beforeAll(() => void (clock.now = () => AFTERWARDS))
afterAll(async () => {
  clock.now = real
  await disconnect()
})

const issueAll = (one: TrainingCase, key: string | null = null) => issueCertificates(one.coordinator.actor, one.training.id, null, key)
const refused = (messageKey: string) => expect.objectContaining({ messageKey })

describe('revoking', () => {
  test('stays with its reason and makes room for the next certificate with the next number', async () => {
    const one = await aTraining({ people: 2 })
    await present(one)
    await issueAll(one)
    const [first] = await register(one.municipalityId)
    const key = randomUUID()
    const path = await revokeCertificate(one.coordinator.actor, first!.id, 'Сгрешено име', key)
    expect(await revokeCertificate(one.coordinator.actor, first!.id, 'Сгрешено име', key)).toBe(path)
    await expect(revokeCertificate(one.coordinator.actor, first!.id, 'Пак', randomUUID())).rejects.toEqual(
      refused('certificate.already_revoked'),
    )
    expect((await issueAll(one)).count).toBe(1)
    const rows = await register(one.municipalityId)
    expect(rows.map(({ registerNumber, ordinal, personId }) => [registerNumber, ordinal, personId === first!.personId])).toEqual([
      [1, 1, true],
      [2, 1, false],
      [3, 2, true],
    ])
    expect(parseCertificateFacts(rows[2]!.facts!.facts).ordinal).toBe(2)
  })

  test('two who revoke at once: one does, one is told', async () => {
    const one = await aTraining({ people: 1 })
    await present(one)
    await issueAll(one)
    const [row] = await register(one.municipalityId)
    const other = await somebody(one.municipalityId, 'coordinator')
    const results = await Promise.allSettled([
      revokeCertificate(one.coordinator.actor, row!.id, 'Първи', null),
      revokeCertificate(other.actor, row!.id, 'Втори', null),
    ])
    const failed = results.filter((result) => result.status === 'rejected')
    expect(failed.map(({ reason }) => reason)).toEqual([refused('certificate.already_revoked')])
  })

  test('is the coordinator’s alone', async () => {
    const one = await aTraining({ people: 1 })
    await present(one)
    await issueAll(one)
    const [row] = await register(one.municipalityId)
    for (const { actor } of [one.employee, one.manager])
      await expect(revokeCertificate(actor, row!.id, 'Опит', null)).rejects.toEqual(refused('error.forbidden'))
    for (const { actor } of [one.trainer, one.admin, (await aTraining({ people: 0 })).coordinator])
      await expect(revokeCertificate(actor, row!.id, 'Опит', null)).rejects.toEqual(refused('certificate.not_found'))
  })
})

test('the register: an employee sees his own, a manager his people’s, the coordinator all; found by name and by number', async () => {
  const one = await aTraining({ people: 2 })
  const stranger = await aPerson(one.municipalityId, { givenName: 'Чужд', familyName: 'Непознат' })
  await enrolled(one.municipalityId, one.training.id, stranger.id)
  await present({ ...one, people: [...one.people, stranger] })
  await issueAll(one)
  const seen = async (actor: TrainingCase['coordinator']['actor'], q = '') =>
    (await certificateRegister(actor, { q, year: null, trainingId: null, page: 1 })).total
  expect(await seen(one.coordinator.actor)).toBe(3)
  expect(await seen(one.manager.actor)).toBe(2)
  expect(await seen(one.employee.actor)).toBe(1)
  expect(await seen(one.coordinator.actor, 'непознат чужд')).toBe(1)
  expect(await seen(one.coordinator.actor, '№ 2')).toBe(1)
  expect(await seen(one.coordinator.actor, '%')).toBe(0)
  expect(await seen((await aTraining({ people: 0 })).coordinator.actor)).toBe(0)
  await expect(seen(one.trainer.actor)).rejects.toEqual(refused('error.forbidden'))
})
