import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { issueCertificates } from '~/domain/certificate/issue-certificates.server'
import { makeCertificateFiles } from '~/domain/certificate/make-certificate-files.server'
import { clock } from '~/platform/clock.server'
import { disconnect } from '~/platform/db.server'
import { loader as registerPage } from '~/routes/_app.certificates._index'
import { loader as certificatePage } from '~/routes/_app.certificates.$certificateId'
import { action as revoke, loader as revokePage } from '~/routes/_app.certificates.$certificateId_.revoke'
import { loader as trainingPage } from '~/routes/_app.trainings.$trainingId.certificates'
import { action as issue, loader as issuePage } from '~/routes/_app.trainings.$trainingId.certificates_.issue'
import { loader as pdf } from '~/routes/certificates.$certificateId[.]pdf'
import { AFTERWARDS, present, register, type TrainingCase } from '../certificate-cases'
import { aPerson, aTraining, enrolled } from '../factories'
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

  test('somebody who sees no certificates but his own has no register of others', async () => {
    const one = await issued()
    const isOwn = async (as: { cookie: string }) => (await call(registerPage, '/certificates', { as })).body.isOwnOnly
    expect([await isOwn(one.coordinator), await isOwn(one.manager), await isOwn(one.employee)]).toEqual([false, false, true])
  })

  test('namesakes of one post are told apart by their numbers, and one person in two rows is no namesake', async () => {
    const one = await aTraining({ people: 0 })
    const name = { givenName: 'Мария', familyName: 'Георгиева', service: one.service }
    const people = []
    for (const employeeNumber of ['Д-009', 'Д-018']) {
      const person = await aPerson(one.municipalityId, { ...name, employeeNumber })
      await enrolled(one.municipalityId, one.training.id, person.id)
      people.push(person)
    }
    await present({ ...one, people })
    const numbers = async () =>
      (await call(registerPage, '/certificates', { as: one.coordinator })).body.rows.map(
        (row: { employeeNumber: string }) => row.employeeNumber,
      )
    await issueCertificates(one.coordinator.actor, one.training.id, people[0]!.id, null)
    const [first] = await register(one.municipalityId)
    const options = { as: one.coordinator, params: { certificateId: first!.id } }
    expect((await call(revokePage, `/certificates/${first!.id}/revoke`, options)).body.employeeNumber).toBe('Д-009')
    await call(revoke, `/certificates/${first!.id}/revoke`, { ...options, form: { reason: 'Грешка', _key: randomUUID() } })
    await issueCertificates(one.coordinator.actor, one.training.id, people[0]!.id, null)
    expect(await numbers()).toEqual([null, null])
    await issueCertificates(one.coordinator.actor, one.training.id, people[1]!.id, null)
    expect(await numbers()).toEqual(['Д-018', 'Д-009', 'Д-009'])
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
