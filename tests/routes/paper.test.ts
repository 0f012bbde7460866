import sharp from 'sharp'
import { expect, test } from 'vitest'
import { readSheetQr } from '~/domain/attendance/sheet-qr'
import * as attendance from '~/routes/_app.trainings.$trainingId.attendance'
import * as profile from '~/routes/_app.funder-profiles.$profileId._index'
import * as version from '~/routes/_app.funder-profiles.$profileId.version'
import * as create from '~/routes/_app.funder-profiles.new'
import * as preview from '~/routes/funder-profiles.$profileId.versions.$versionId[.]pdf'
import * as sheet from '~/routes/sessions.$sessionId.sheet[.]pdf'
import { aTraining } from '../factories'
import { call } from '../http'
import { decodeQr, pdfText } from '../pdf-tools'

const PEOPLE_NAMED = /[\u0400-\u04ff]|Фамилия|%/

async function fileOf(handler: typeof sheet.loader | typeof preview.loader, path: string, cookie: string, params: Record<string, string>) {
  const request = new Request(`http://app.test${path}`, { headers: { cookie } })
  const response = (await handler({ request, params, context: { clientAddress: '127.0.0.1' } } as never)) as Response
  return { response, bytes: Buffer.from(await response.arrayBuffer()) }
}

test('the sheet comes as a PDF of its reader alone, under a name without personal data', async () => {
  const w = await aTraining()
  const params = { sessionId: w.sessions[0]!.id }
  for (const [rest, layout] of [
    ['', 'day'],
    ['?per=half-day', 'half-day'],
    ['?per=nonsense', 'day'],
  ] as const) {
    const { response, bytes } = await fileOf(sheet.loader, `/sessions/${params.sessionId}/sheet.pdf${rest}`, w.trainer.cookie, params)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/pdf')
    expect(response.headers.get('cache-control')).toBe('private, no-store')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(response.headers.get('content-disposition')).toBe('inline; filename="spisak-za-podpis-2026-11-02.pdf"')
    expect(response.headers.get('content-disposition')).not.toMatch(PEOPLE_NAMED)
    expect(readSheetQr((await decodeQr(bytes))!)).toEqual({ ...params, layout, page: 1, pages: 1 })
    for (const { familyName } of w.people) expect(await pdfText(bytes)).toContain(familyName!)
  }
})

test('a sheet that cannot be given is refused on a plain page with its reason', async () => {
  const w = await aTraining()
  const params = { sessionId: w.sessions[0]!.id }
  const { response, bytes } = await fileOf(sheet.loader, '/x?filled=1', w.trainer.cookie, params)
  expect(response.status).toBe(409)
  expect(response.headers.get('content-type')).toContain('text/html')
  expect(bytes.toString()).toContain('още не е приключен')
  const nobody = await fileOf(sheet.loader, '/x', w.trainer.cookie, { sessionId: 'nonsense' })
  expect(nobody.response.status).toBe(404)
})

test('the roster’s page knows the session whose sheet it links', async () => {
  const w = await aTraining()
  const { body } = await call(attendance.loader, '/x', { as: w.trainer, params: { trainingId: w.training.id } })
  expect(body.session).toMatchObject({ id: w.sessions[0]!.id, closure: null })
})

test('the coordinator makes a profile with a logo by the form, sees it, and looks at a sample', async () => {
  const w = await aTraining()
  const logo = await sharp({ create: { width: 60, height: 30, channels: 3, background: '#008000' } })
    .png()
    .toBuffer()
  const form = {
    name: 'Фонд',
    validFrom: '01.01.2026',
    showsEuBlock: 'on',
    statement: 'Създадено със средства на фонда.',
    'places.name': '2',
    'places.signature': '1',
    'places.number': '',
    logo: new File([new Uint8Array(logo)], 'лого.txt', { type: 'text/plain' }),
    _key: crypto.randomUUID(),
  }
  const answer = await call(create.action, '/funder-profiles/new', { as: w.coordinator, form })
  expect(answer).toMatchObject({ status: 302 })
  const params = { profileId: answer.location!.split('/')[2]! }
  const { body } = await call(profile.loader, answer.location!, { as: w.coordinator, params })
  expect(body.versions).toMatchObject([
    {
      validFrom: '2026-01-01',
      showsEuBlock: true,
      statement: 'Създадено със средства на фонда.',
      columns: ['signature', 'name'],
      hasLogo: true,
    },
  ])
  const versionId: string = body.versions[0].id
  const { response, bytes } = await fileOf(preview.loader, '/x', w.coordinator.cookie, { ...params, versionId })
  expect(response.headers.get('content-disposition')).toBe('inline; filename="obrazets-spisak-za-podpis.pdf"')
  const text = await pdfText(bytes)
  expect(text).toContain('Образец за преглед, не се подписва')
  expect(text).toContain('Подпис Име, презиме, фамилия')
  const next = await call(version.loader, '/x', { as: w.coordinator, params })
  expect(next.body.start).toMatchObject({ columns: ['signature', 'name'], hasLogo: true, showsEuBlock: true })
})

test('a mistake goes back into the form with what was typed, in sentences', async () => {
  const w = await aTraining()
  const form = { name: '', validFrom: 'вчера', 'places.name': '1', 'places.signature': '1', statement: 'Текст' }
  const { status, body } = await call(create.action, '/funder-profiles/new', { as: w.coordinator, form })
  expect(status).toBe(422)
  expect(body.initialValue).toMatchObject({ statement: 'Текст', places: { name: '1', signature: '1' } })
  expect(body.error).toMatchObject({
    name: ['Въведете име на профила'],
    'places.signature': ['Това място вече е дадено на друга колона'],
  })
  const notAPicture = {
    ...form,
    name: 'Ф',
    validFrom: '2026-01-01',
    'places.signature': '2',
    logo: new File(['<svg/>'], 'logo.png', { type: 'image/png' }),
  }
  const refused = await call(create.action, '/funder-profiles/new', { as: w.coordinator, form: notAPicture })
  expect(refused).toMatchObject({ status: 422, body: { error: { logo: [expect.stringContaining('PNG или JPEG')] } } })
})
