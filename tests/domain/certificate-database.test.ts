import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { issueCertificates } from '~/domain/certificate/issue-certificates.server'
import { makeCertificateFiles } from '~/domain/certificate/make-certificate-files.server'
import { revokeCertificate } from '~/domain/certificate/revoke-certificate.server'
import { clock } from '~/platform/clock.server'
import { disconnect, inMunicipality } from '~/platform/db.server'
import { AFTERWARDS, present, register, type TrainingCase } from '../certificate-cases'
import { aTraining } from '../factories'

const real = clock.now
beforeAll(() => void (clock.now = () => AFTERWARDS))
afterAll(async () => {
  clock.now = real
  await disconnect()
})

const issueAll = (one: TrainingCase, key: string | null = null) => issueCertificates(one.coordinator.actor, one.training.id, null, key)
const files = (municipalityId: string, last: number) => makeCertificateFiles({ municipalityId, registerYear: 2026, first: 1, last })

describe('the database refuses', () => {
  test('a number without a certificate, at commit, and a certificate without its number', async () => {
    const one = await aTraining({ people: 1 })
    await present(one)
    const taking = inMunicipality(one, (tx) => tx.$queryRaw`select take_register_numbers(${one.municipalityId}::uuid, 2026, 2)`)
    await expect(taking).rejects.toThrow(/register number without a certificate/)
    const ahead = inMunicipality(one, (tx) => insertRaw(tx, one, 7))
    await expect(ahead).rejects.toThrow(/not taken from the register/)
    expect((await issueAll(one)).count).toBe(1)
    expect((await register(one.municipalityId)).map(({ registerNumber }) => registerNumber)).toEqual([1])
  })

  test('an issue that fails midway takes no number', async () => {
    const one = await aTraining({ people: 2 })
    await present(one)
    const failing = inMunicipality(one, async (tx) => {
      await tx.$queryRaw`select take_register_numbers(${one.municipalityId}::uuid, 2026, 2)`
      await insertRaw(tx, one, 1)
      throw new Error('midway')
    })
    await expect(failing).rejects.toThrow('midway')
    await issueAll(one)
    expect((await register(one.municipalityId)).map(({ registerNumber }) => registerNumber)).toEqual([1, 2])
  })

  test('any change of a certificate, its facts, its file and its revocation under the app’s own role', async () => {
    const one = await aTraining({ people: 1 })
    await present(one)
    await issueAll(one)
    await files(one.municipalityId, 1)
    const [row] = await register(one.municipalityId)
    await revokeCertificate(one.coordinator.actor, row!.id, 'Опит', null)
    const attacks = [
      `update "Certificate" set "issuedByName" = 'друг'`,
      `delete from "Certificate"`,
      `truncate "Certificate" cascade`,
      `update "CertificateFacts" set "facts" = '{}'`,
      `delete from "CertificateFacts"`,
      `update "CertificateFile" set "sha256" = repeat('0', 64)`,
      `delete from "CertificateFile"`,
      `update "Blob" set "bytes" = ''`,
      `delete from "Blob"`,
      `delete from "CertificateRevocation"`,
      `update "CertificateRevocation" set "reason" = 'друга'`,
      `update "RegisterCounter" set "lastNumber" = 0`,
      `delete from "RegisterCounter"`,
    ]
    for (const sql of attacks)
      await expect(
        inMunicipality(one, (tx) => tx.$executeRawUnsafe(sql)),
        sql,
      ).rejects.toThrow(/42501|permission|append-only/i)
  })

  test('rows of another municipality, in either direction', async () => {
    const one = await aTraining({ people: 1 })
    const other = await aTraining({ people: 1 })
    await present(one)
    await issueAll(one)
    expect(await inMunicipality(other, (tx) => tx.certificate.findMany({ where: { municipalityId: one.municipalityId } }))).toEqual([])
    await expect(
      inMunicipality(other, (tx) => tx.$queryRaw`select take_register_numbers(${one.municipalityId}::uuid, 2026, 1)`),
    ).rejects.toThrow(/another municipality/)
    await expect(inMunicipality(other, (tx) => insertRaw(tx, one, 1))).rejects.toThrow(/42501|row-level security|not taken/)
  })

  test('a second valid certificate, and facts that are not those of the hash', async () => {
    const one = await aTraining({ people: 1 })
    await present(one)
    await issueAll(one)
    const [row] = await register(one.municipalityId)
    const again = inMunicipality(one, async (tx) => {
      await tx.$queryRaw`select take_register_numbers(${one.municipalityId}::uuid, 2026, 1)`
      await insertRaw(tx, one, 2, 2)
    })
    await expect(again).rejects.toThrow(/certificate_one_valid|not revoked/)
    await revokeCertificate(one.coordinator.actor, row!.id, 'Грешка в името', null)
    const forged = inMunicipality(one, async (tx) => {
      await tx.$queryRaw`select take_register_numbers(${one.municipalityId}::uuid, 2026, 1)`
      const id = await insertRaw(tx, one, 2, 2)
      await tx.certificateFacts.create({ data: { certificateId: id, municipalityId: one.municipalityId, salt: 'a', facts: '{}' } })
    })
    await expect(forged).rejects.toThrow(/certificate_facts_match|not those of the certificate/)
  })
})

async function insertRaw(tx: Parameters<Parameters<typeof inMunicipality>[1]>[0], one: TrainingCase, number: number, ordinal = 1) {
  const id = randomUUID()
  await tx.certificate.create({
    data: {
      id,
      municipalityId: one.municipalityId,
      trainingId: one.training.id,
      personId: one.people[0]!.id,
      ordinal,
      registerYear: 2026,
      registerNumber: number,
      issuedOn: new Date('2026-11-20'),
      issuedByName: 'Нападател',
      verifyCode: randomUUID().replaceAll('-', '').slice(0, 16).toUpperCase(),
      factsHash: '0'.repeat(64),
    },
  })
  return id
}
