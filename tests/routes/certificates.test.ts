import { createHash, randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { issueCertificates } from '~/domain/certificate/issue-certificates.server'
import { makeCertificateFiles } from '~/domain/certificate/make-certificate-files.server'
import { revokeCertificate } from '~/domain/certificate/revoke-certificate.server'
import { clock } from '~/platform/clock.server'
import { connectionPool, disconnect, inMunicipality } from '~/platform/db.server'
import { loader as registerPage } from '~/routes/_app.certificates._index'
import { loader as certificatePage } from '~/routes/_app.certificates.$certificateId'
import { action as revoke, loader as revokePage } from '~/routes/_app.certificates.$certificateId_.revoke'
import { loader as trainingPage } from '~/routes/_app.trainings.$trainingId.certificates'
import { action as issue, loader as issuePage } from '~/routes/_app.trainings.$trainingId.certificates_.issue'
import { loader as pdf } from '~/routes/certificates.$certificateId[.]pdf'
import { loader as verifyIndex } from '~/routes/verify._index'
import { action as compare, headers as verifyHeaders, loader as verify, meta as verifyMeta } from '~/routes/verify.$code'
import { AFTERWARDS, present, register, type TrainingCase } from '../certificate-cases'
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
const at = (one: TrainingCase) => ({ params: { trainingId: one.training.id }, path: `/trainings/${one.training.id}/certificates/issue` })

describe('issuing from the page', () => {
  test('the confirm page lists who gets one, pressing issues, and the page then counts the files to come', async () => {
    const one = await aTraining({ people: 2 })
    await present(one)
    const { params, path } = at(one)
    const asked = await call(issuePage, path, { as: one.coordinator, params })
    expect(asked.body.people).toHaveLength(2)
    const answer = await call(issue, path, { as: one.coordinator, params, form: { _key: randomUUID() } })
    expect([answer.status, answer.location]).toEqual([302, `/trainings/${one.training.id}/certificates`])
    const page = await call(trainingPage, answer.location!, { as: one.coordinator, params })
    expect([page.body.issued, page.body.filesMade]).toEqual([2, 0])
    const again = await call(issuePage, path, { as: one.coordinator, params })
    expect(again.location).toBe(`/trainings/${one.training.id}/certificates`)
  })

  test('the second press of the same form leads to the same place; a form too late says so in the form', async () => {
    const one = await aTraining({ people: 2 })
    await present(one)
    const { params, path } = at(one)
    const form = { _key: randomUUID(), person: one.people[0]!.id }
    const first = await call(issue, path, { as: one.coordinator, params, form })
    const second = await call(issue, path, { as: one.coordinator, params, form })
    expect([first.status, second.status, second.location]).toEqual([302, 302, first.location])
    const late = await call(issue, path, { as: one.coordinator, params, form: { ...form, _key: randomUUID() } })
    expect(late.status).toBe(409)
    expect(late.body.error['']![0]).toContain('не може да се издаде удостоверение')
    expect(await register(one.municipalityId)).toHaveLength(1)
  })

  test.each([
    ['trainer', 403],
    ['manager', 403],
    ['employee', 403],
    ['otherTrainer', 404],
    ['admin', 404],
  ] as const)('a %s gets %i', async (who, status) => {
    const one = await aTraining({ people: 1 })
    await present(one)
    const { params, path } = at(one)
    for (const handler of [trainingPage, issuePage]) expect((await call(handler, path, { as: one[who], params })).status).toBe(status)
    expect((await call(issue, path, { as: one[who], params, form: { _key: randomUUID() } })).status).toBe(status)
  })

  test('a person that is no id is refused beside nothing else, a stranger’s id issues nothing', async () => {
    const one = await aTraining({ people: 1 })
    await present(one)
    const { params, path } = at(one)
    expect((await call(issue, path, { as: one.coordinator, params, form: { person: 'x'.repeat(10_000) } })).status).toBe(422)
    expect((await call(issue, path, { as: one.coordinator, params, form: { person: randomUUID() } })).status).toBe(409)
    expect(await register(one.municipalityId)).toEqual([])
  })
})

describe('the register and one certificate', () => {
  test('filters that make no sense are read as none, an unknown training as 404', async () => {
    const one = await issued(2)
    const list = (query: string) => call(registerPage, `/certificates${query}`, { as: one.coordinator })
    expect((await list('?page=-5&year=abc&q=')).body.total).toBe(2)
    expect((await list('?page=1e9')).body.page).toBe(1)
    expect((await list(`?year=2025`)).body.total).toBe(0)
    expect((await list(`?training=${one.training.id}`)).body.total).toBe(2)
    expect((await list('?training=%27')).status).toBe(404)
    expect((await list(`?q=${encodeURIComponent('<b>%_\\'.repeat(50))}`)).body.total).toBe(0)
    expect((await call(registerPage, '/certificates', { as: one.trainer })).status).toBe(403)
  })

  test('revoking asks, needs a reason, and is shown with it', async () => {
    const { certificate, coordinator, employee } = await issued()
    const options = { params: { certificateId: certificate.id } }
    const path = `/certificates/${certificate.id}/revoke`
    expect((await call(revokePage, path, { as: coordinator, ...options })).body.registerNumber).toBe(1)
    expect((await call(revokePage, path, { as: employee, ...options })).status).toBe(403)
    const empty = await call(revoke, path, { as: coordinator, ...options, form: { reason: '  ' } })
    expect([empty.status, empty.body.error.reason]).toEqual([422, ['Въведете причина за анулирането']])
    const long = await call(revoke, path, { as: coordinator, ...options, form: { reason: 'а'.repeat(10_000) } })
    expect(long.status).toBe(422)
    const reason = '<script>alert(1)</script> =1+1'
    expect((await call(revoke, path, { as: coordinator, ...options, form: { reason, _key: randomUUID() } })).status).toBe(302)
    const page = await call(certificatePage, `/certificates/${certificate.id}`, { as: employee, ...options })
    expect([page.body.state, page.body.revocation.reason, page.body.may.revoke]).toEqual(['revoked', reason, false])
  })
})

describe('the file', () => {
  const open = (one: { certificate: { id: string } }, as?: { cookie: string }, headers = {}) =>
    call(pdf, `/certificates/${one.certificate.id}.pdf`, { as, params: { certificateId: one.certificate.id }, headers })

  test('opens for those who see the certificate, under a name without names, and is not sent twice', async () => {
    const one = await withFiles()
    for (const as of [one.coordinator, one.manager, one.employee]) {
      const answer = await open(one, as)
      expect(answer.status).toBe(200)
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': 'application/pdf',
        'content-disposition': 'inline; filename="udostoverenie-1-2026.pdf"',
        'cache-control': 'private, no-cache',
        'content-length': String(one.certificate.file!.blob.sizeBytes),
        etag: `"${one.certificate.file!.sha256}"`,
      })
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    }
    expect((await open(one, one.employee, { 'if-none-match': `W/"${one.certificate.file!.sha256}"` })).status).toBe(304)
  })

  test('is a page with a sentence for those who do not see it, and the sign-in for a stranger', async () => {
    const one = await withFiles()
    const elsewhere = await aTraining({ people: 1 })
    for (const as of [one.trainer, one.admin, elsewhere.coordinator, elsewhere.employee]) {
      const answer = await open(one, as)
      expect(answer.status).toBe(404)
      expect(answer.body).toContain('Не намерихме такова удостоверение')
      expect(answer.body).not.toMatch(/Име\d/)
    }
    expect((await open(one)).location).toBe(`/login?next=${encodeURIComponent(`/certificates/${one.certificate.id}.pdf`)}`)
    expect((await call(pdf, '/certificates/x.pdf', { as: one.coordinator, params: { certificateId: 'x' } })).status).toBe(404)
  })

  test('that is still being made is a page that asks again by itself', async () => {
    const one = await issued()
    const answer = await open(one, one.coordinator)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '3'])
    expect(answer.body).toContain('<meta http-equiv="refresh" content="3">')
    expect(answer.body).toContain('Удостоверението се изготвя')
  })
})

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
    const { recipient, course, issuer, training, issuedBy, verifyCode } = facts
    for (const text of [
      ...[recipient.givenName, recipient.familyName, recipient.position, recipient.unit],
      ...[course.title, course.titleEn, course.legalBasis, ...course.topics, 'въвеждащо обучение', 'присъствена'],
      ...[issuer.municipality, issuer.district, training.place, training.trainer, issuedBy.name, issuedBy.role, verifyCode],
      ...[
        'Укрепване на капацитета',
        'BG-1',
        'ЕСФ+',
        'Рег. № 1 / 20.11.2026',
        '8,0 ак. ч. (6 ч.)',
        '6,7 ак. ч. (5 ч.)',
        '83 % от хорариума',
      ],
      ...['поне 80 %', '45 минути', '02.11.2026 г., 09:00–16:00', '6 ч.', '5 ч.'],
    ])
      expect(shown.replaceAll('\u00a0', ' '), text).toContain(JSON.stringify(text).slice(1, -1))
    expect(verifyHeaders()).toEqual({ 'x-robots-tag': 'noindex' })
    expect(verifyMeta({ matches: [] } as never)).toContainEqual({ name: 'robots', content: 'noindex' })
    expect(JSON.stringify(verifyMeta({ matches: [] } as never))).not.toContain(recipient.givenName)
  })

  test('is one query', async () => {
    const { certificate } = await withFiles()
    const asked: string[] = []
    const pool = connectionPool()
    const listen = (connection: pg.PoolClient) => {
      const query = connection.query.bind(connection) as (...args: any[]) => any
      connection.query = ((...args: any[]) => (asked.push(args[0]?.text ?? args[0]), query(...args))) as never
    }
    pool.on('acquire', listen)
    expect((await look(certificate.verifyCode)).status).toBe(200)
    pool.off('acquire', listen)
    expect(asked.filter((sql) => sql.includes('verify_certificate'))).toHaveLength(1)
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
    })
  })

  test('says when and why it was revoked', async () => {
    const { certificate, coordinator } = await issued()
    await revokeCertificate(coordinator.actor, certificate.id, 'Издадено на друго лице', null)
    const { body } = await look(certificate.verifyCode)
    expect([body.found.state, body.found.revocation.reason]).toEqual(['revoked', 'Издадено на друго лице'])
  })

  test('keeps number and state once the facts are erased', async () => {
    const { certificate } = await issued()
    const owner = new pg.Client(process.env.DATABASE_OWNER_URL)
    await owner.connect()
    await owner.query(`alter table "CertificateFacts" disable trigger append_only`)
    await owner.query(`delete from "CertificateFacts" where "certificateId" = $1`, [certificate.id])
    await owner.query(`alter table "CertificateFacts" enable trigger append_only`)
    await owner.end()
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
