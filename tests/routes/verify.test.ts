import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { issueCertificates } from '~/domain/certificate/issue-certificates.server'
import { makeCertificateFiles } from '~/domain/certificate/make-certificate-files.server'
import { revokeCertificate } from '~/domain/certificate/revoke-certificate.server'
import { groupedCode } from '~/domain/certificate/verify-code'
import { clock } from '~/platform/clock.server'
import { disconnect, inMunicipality } from '~/platform/db.server'
import { loader as verifyIndex } from '~/routes/verify._index'
import { action as compare, headers as verifyHeaders, loader as verify, meta as verifyMeta } from '~/routes/verify.$code'
import { AFTERWARDS, eraseFacts, present, register, statementsOf } from '../certificate-cases'
import { aProject, aTraining } from '../factories'
import { call } from '../http'

const real = clock.now
beforeAll(() => void (clock.now = () => AFTERWARDS))
afterAll(async () => {
  clock.now = real
  await disconnect()
})

async function issued(people = 1) {
  const one = await aTraining({ people })
  await present(one)
  await issueCertificates(one.coordinator.actor, one.training.id, null, null)
  const rows = await register(one.municipalityId)
  return { ...one, certificate: rows[0]!, rows }
}
const withFiles = async (people = 1) => {
  const one = await issued(people)
  await makeCertificateFiles({ municipalityId: one.municipalityId, registerYear: 2026, first: 1, last: people })
  return { ...one, certificate: (await register(one.municipalityId))[0]! }
}

describe('verification', () => {
  const look = (code: string) => call(verify, `/verify/${encodeURIComponent(code)}`, { params: { code } })
  const offer = (code: string, file: Blob | string, headers = {}) =>
    call(compare, `/verify/${code}`, { params: { code }, form: { file, more: new Blob([]) }, headers })

  test('shows every frozen fact to anybody, and is not for search engines', async () => {
    const one = await aTraining({ people: 1 })
    const project = await aProject(one.municipalityId, { title: 'Укрепване на капацитета', numberAsWritten: 'BG-1', funding: 'ЕСФ+' })
    await inMunicipality(one, async (tx) => {
      await tx.training.update({ where: { id: one.training.id }, data: { projectId: project.id } })
      await tx.course.update({
        where: { id: one.course.id },
        data: { titleEn: 'Quality', legalBasis: 'чл. 120 от ЗСУ', topics: 'Първа тема\nВтора тема' },
      })
      await tx.municipality.update({ where: { id: one.municipalityId }, data: { district: 'Варна' } })
    })
    await present(one, 300)
    await issueCertificates(one.coordinator.actor, one.training.id, null, null)
    const [row] = await register(one.municipalityId)
    const { status, body } = await look(row!.verifyCode)
    expect(status).toBe(200)
    expect([body.found.state, body.found.factsHold, body.found.view.euFunded]).toEqual(['valid', true, true])
    const facts = JSON.parse(row!.facts!.facts)
    const shown = JSON.stringify(body.found.view)
    expect(groupedCode(body.found.code)).toBe(facts.verifyCode)
    const { recipient, course, issuer, training, issuedBy } = facts
    for (const text of [
      recipient.givenName,
      recipient.familyName,
      recipient.position,
      recipient.unit,
      course.title,
      course.titleEn,
      course.legalBasis,
      ...course.topics,
      'въвеждащо обучение',
      'присъствена',
      issuer.municipality,
      issuer.district,
      training.place,
      training.trainer,
      issuedBy.name,
      issuedBy.role,

      'Укрепване на капацитета',
      'BG-1',
      'ЕСФ+',
      'Рег. № 1 / 20.11.2026',
      '8,0 ак. ч. (6 ч.)',
      '6,7 ак. ч. (5 ч.)',
      '83 % от хорариума',

      'поне 80 %',
      '45 минути',
      '02.11.2026 г., 09:00–16:00',
      '6 ч.',
      '5 ч.',
    ])
      expect(shown.replaceAll('\u00a0', ' '), text).toContain(JSON.stringify(text).slice(1, -1))
    expect(verifyHeaders()).toEqual({ 'x-robots-tag': 'noindex' })
    expect(verifyMeta({ matches: [] } as never)).toContainEqual({ name: 'robots', content: 'noindex' })
    expect(JSON.stringify(verifyMeta({ matches: [] } as never))).not.toContain(recipient.givenName)
  })

  test('is one query', async () => {
    const { certificate } = await withFiles()
    const asked = await statementsOf(async () => expect((await look(certificate.verifyCode)).status).toBe(200))
    expect(asked[0]).toContain('verify_certificate')
    expect(asked).toHaveLength(1)
  })

  test('reads a code as people type it, and is kind to a wrong one', async () => {
    const { certificate } = await issued()
    const code = certificate.verifyCode
    for (const typed of [code.toLowerCase(), code.replace(/(.{4})(?=.)/g, '$1 - '), code.replaceAll('0', 'О').replaceAll('1', 'l')])
      expect((await look(typed)).status, typed).toBe(200)
    for (const typed of ['0000000000000000', 'нещо', 'x'.repeat(5000), "'; drop table"]) {
      const { status, body } = await look(typed)
      expect([status, body.unknown]).toEqual([404, 'Няма удостоверение с такъв код. Проверете кода и опитайте отново.'])
    }
    expect((await call(verifyIndex, `/verify?code=${code.toLowerCase()}`)).location).toBe(`/verify/${code}`)
    expect((await call(verifyIndex, '/verify?code=abc')).body).toEqual({
      typed: 'abc',
      error: 'Въведете кода за проверка: 16 знака, отпечатани под QR кода',
      isSignedIn: false,
    })
  })

  test('leads back whoever is signed in, and nobody else', async () => {
    const { certificate, coordinator } = await issued()
    const address = `/verify/${certificate.verifyCode}`
    const params = { code: certificate.verifyCode }
    expect((await call(verify, address, { params })).body.isSignedIn).toBe(false)
    expect((await call(verify, address, { params, as: coordinator })).body.isSignedIn).toBe(true)
    expect((await call(verifyIndex, '/verify', { as: coordinator })).body.isSignedIn).toBe(true)
  })

  test('says when and why it was revoked', async () => {
    const { certificate, coordinator } = await issued()
    await revokeCertificate(coordinator.actor, certificate.id, 'Издадено на друго лице', null)
    const { body } = await look(certificate.verifyCode)
    expect([body.found.state, body.found.revocation.reason]).toEqual(['revoked', 'Издадено на друго лице'])
  })

  test('keeps number and state once the facts are erased', async () => {
    const { certificate } = await issued()
    await eraseFacts(certificate.id)
    const { body } = await look(certificate.verifyCode)
    expect([body.found.state, body.found.view, body.found.registerNumber]).toEqual(['erased', null, 1])
  })

  test('tells the issued file from one with a single byte changed', async () => {
    const { certificate } = await withFiles()
    const bytes = Buffer.from(certificate.file!.blob.bytes)
    const same = await offer(certificate.verifyCode, new Blob([bytes], { type: 'application/pdf' }))
    expect(same.body.comparison).toEqual({ same: true, sha256: certificate.file!.sha256, sizeBytes: bytes.length })
    const changed = Buffer.from(bytes)
    changed[5000]! ^= 1
    const other = await offer(certificate.verifyCode, new Blob([changed]))
    expect(other.body.comparison).toEqual({
      same: false,
      sha256: createHash('sha256').update(changed).digest('hex'),
      sizeBytes: bytes.length,
    })
  })

  const wrong: [string, () => Blob | string, string][] = [
    ['an empty file', () => new File([], 'празен.pdf'), 'Файлът е празен'],
    ['no file at all, as a browser sends it', () => new File([], ''), 'Изберете файла'],
    ['a text', () => 'текст', 'Изберете файла'],
    ['a picture', () => new Blob([Buffer.from('\x89PNG\r\n'.repeat(100))]), 'не е PDF'],
    ['a file over the limit', () => new Blob([Buffer.alloc(15 * 1024 * 1024 + 1, '%PDF-1.7')]), 'твърде голям'],
  ]
  test.each(wrong)('%s is refused beside the field', async (_, file, sentence) => {
    const { certificate } = await withFiles()
    const answer = await offer(certificate.verifyCode, file())
    expect(answer.status).toBe(422)
    expect(answer.body.error.file[0]).toContain(sentence)
    expect(typeof (answer.body.initialValue.file ?? '')).toBe('string') // a file cannot go back into the page
  })

  test('a hundred megabytes are refused unread', async () => {
    const { certificate } = await withFiles()
    let read = false
    const body = new ReadableStream({ pull: () => void (read = true) }, { highWaterMark: 0 })
    const request = new Request('http://app.test/verify/x', {
      method: 'POST',
      body,
      duplex: 'half',
      headers: { 'content-length': String(100 * 1024 * 1024), 'content-type': 'multipart/form-data; boundary=x' },
    } as RequestInit)
    const answer: any = await compare({ request, params: { code: certificate.verifyCode }, context: {} } as never)
    expect([answer.init.status, answer.data.error.file[0]]).toEqual([
      413,
      'Файлът е твърде голям: сравняват се файлове до 15 MB. Издаденото удостоверение е много по-малко.',
    ])
    expect(read).toBe(false)
  })

  test('from another site nothing is compared', async () => {
    const { certificate } = await withFiles()
    expect((await offer(certificate.verifyCode, new Blob(['%PDF-']), { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  })
})
