import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { recordEvent } from '~/platform/audit.server'
import { disconnect, inMunicipality, outsideMunicipalities } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { asActor, asInstallation, formAction, idOf, safePath, type HandlerArgs } from '~/platform/handlers.server'
import { loader as frame } from '~/routes/_app'
import { action as signIn } from '~/routes/login'
import { action as switchTo } from '~/routes/switch-municipality'
import { aCourse, aMunicipality, aPerson, somebody, withPassword, type Somebody } from '../factories'
import { call } from '../http'

afterAll(disconnect)

const PASSWORD = 'трамвай зелен понеделник'
const schema = z.looseObject({ title: z.string({ error: 'field.required' }) })
const action = (args: HandlerArgs) =>
  formAction(args, schema, async (actor, input) => {
    await inMunicipality(actor, (tx) => recordEvent(tx, actor, 'test.done', { type: 'test', id: null }, { title: input.title }))
    return { done: input.title }
  })
const loader = (args: HandlerArgs) =>
  asActor(args, async (actor) => {
    const id = idOf(args.params['id'])
    const course = await inMunicipality(actor, (tx) => tx.course.findUnique({ where: { id } }))
    if (!course) throw new AppError('not_found', 'error.not_found')
    return course.title
  })
const drawnFor = (who: Somebody, municipalityId = who.actor.municipalityId) => `${municipalityId}.${who.accountId}`
const cookieOf = (cookies: string[], name: string) => cookies.find((one) => one.startsWith(`${name}=`))!.split(';')[0]!
const endSessions = (who: Somebody) => outsideMunicipalities((db) => db.loginSession.deleteMany({ where: { accountId: who.accountId } }))

test.each([
  [{ 'sec-fetch-site': 'same-origin' }, 200],
  [{ 'sec-fetch-site': 'cross-site' }, 403],
  [{ 'sec-fetch-site': 'same-site' }, 403],
  [{ 'sec-fetch-site': 'none' }, 403],
  [{ 'sec-fetch-site': 'cross-site', origin: 'http://app.test' }, 403],
  [{ origin: 'http://app.test' }, 200],
  [{ origin: 'http://evil.example' }, 403],
  [{ origin: 'http://app.test.evil.example' }, 403],
  [{ origin: 'null' }, 403],
  [{}, 200],
])('a form that says it comes from %j is answered %i', async (headers, status) => {
  const who = await somebody((await aMunicipality()).id, 'coordinator')
  expect((await call(action, '/x', { as: who, form: { title: 'а' }, headers })).status).toBe(status)
})

test.each([
  ['/trainings?page=2', '/trainings?page=2'],
  ['/staff?q=%D0%98', '/staff?q=%D0%98'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['/a\\..\\b', '/'],
  ['\n//evil.example', '/'],
  ['https://evil.example', '/'],
  ['evil.example', '/'],
  ['', '/'],
  [null, '/'],
])('the way after signing in, %j, leads to %s', (given, to) => expect(safePath(given)).toBe(to))

test('an id that is none is as unknown as one that is not there', () => {
  for (const value of [undefined, '', '1', 'x'.repeat(36), '00000000-0000-0000-0000-00000000000g'])
    expect(() => idOf(value)).toThrowError(expect.objectContaining({ code: 'not_found' }))
})

test('whoever is not signed in goes to the sign-in page and back; a stranger to the installation finds nothing', async () => {
  expect((await call(loader, '/courses/1?x=1')).location).toBe('/login?next=%2Fcourses%2F1%3Fx%3D1')
  expect((await call(loader, '/courses/1.data?x=1&_routes=a')).location).toBe('/login?next=%2Fcourses%2F1%3Fx%3D1')
  const who = await somebody((await aMunicipality()).id, 'admin')
  expect((await call((args: HandlerArgs) => asInstallation(args, async () => 1), '/admin/system', { as: who })).status).toBe(404)
})

test('a form drawn for another of one’s municipalities is refused with the way there, and what was typed waits for it', async () => {
  const [first, second] = [await aMunicipality({ name: 'Първа' }), await aMunicipality({ name: 'Втора' })]
  const who = await somebody(first.id, 'coordinator')
  await somebody(second.id, 'coordinator', { accountId: who.accountId })
  const refused = await call(action, '/courses/new', { as: who, form: { title: 'Моят текст', _for: drawnFor(who, first.id) } })
  expect(refused.status).toBe(409)
  expect(refused.body).toMatchObject({ switchTo: { id: first.id, name: 'Първа' } })
  const pending = cookieOf(refused.cookies, 'pending')
  const moved = await call(switchTo, '/switch-municipality', {
    as: who,
    cookies: [pending],
    form: { municipalityId: first.id, next: '/courses/new' },
  })
  expect(moved.location).toBe('/courses/new')
  const { body } = await call(frame, '/courses/new', { as: who, cookies: [pending] })
  expect(body.restored.initialValue).toEqual({ title: 'Моят текст' })
  expect(await inMunicipality({ municipalityId: first.id }, (tx) => tx.auditEvent.count())).toBe(0)
})

test('a form drawn for another account, or for a municipality that is not one’s own, offers no switch', async () => {
  const [who, other] = [
    await somebody((await aMunicipality()).id, 'coordinator'),
    await somebody((await aMunicipality()).id, 'coordinator'),
  ]
  for (const mark of [drawnFor(other), drawnFor(who, other.actor.municipalityId), 'nonsense', '']) {
    const { status, body } = await call(action, '/x', { as: who, form: { title: 'а', _for: mark } })
    expect([status, body.switchTo]).toEqual([409, undefined])
  }
})

test('an address of another of one’s municipalities offers the switch; one of somebody else’s is only unknown', async () => {
  const [first, second, third] = [await aMunicipality(), await aMunicipality({ name: 'Втора' }), await aMunicipality()]
  const who = await somebody(first.id, 'coordinator')
  await somebody(second.id, 'coordinator', { accountId: who.accountId })
  await outsideMunicipalities((db) =>
    db.loginSession.updateMany({ where: { accountId: who.accountId }, data: { municipalityId: first.id } }),
  )
  const ask = (id: string) => call(loader, `/courses/${id}`, { as: who, params: { id } })
  const theirs = await ask((await aCourse(second.id)).id)
  expect([theirs.status, theirs.body.switchTo]).toEqual([404, { id: second.id, name: 'Втора' }])
  const strange = await ask((await aCourse(third.id)).id)
  expect([strange.status, strange.body.switchTo]).toEqual([404, undefined])
  expect((await ask((await aCourse(first.id)).id)).status).toBe(200)
  expect((await ask(crypto.randomUUID())).body.switchTo).toBeUndefined()
})

test('200 marks typed when the login had expired are there again after signing in, once, for the same account only', async () => {
  const municipality = await aMunicipality()
  const who = await somebody(municipality.id, 'trainer')
  const other = await somebody(municipality.id, 'trainer')
  await withPassword(who.accountId, PASSWORD)
  const people = Array.from({ length: 200 }, () => crypto.randomUUID())
  const marks = Object.fromEntries(
    people.flatMap((id, i) => [
      [`mark.${id}`, i % 3 ? 'present' : 'absent'],
      [`late.${id}`, String(i % 7)],
    ]),
  )
  const path = '/trainings/1/attendance'
  await endSessions(who)
  const form = { ...marks, title: 'Ден 1', password: 'тайна', _for: drawnFor(who), _key: crypto.randomUUID() }
  const sent = await call(action, path, { as: who, form })
  expect(sent.location).toBe(`/login?next=${encodeURIComponent(path)}`)
  const pending = cookieOf(sent.cookies, 'pending')
  expect(sent.cookies[0]).toMatch(/HttpOnly.*SameSite=Lax/)
  const kept = await outsideMunicipalities((db) => db.pendingSubmission.findMany({ where: { accountId: who.accountId } }))
  expect(JSON.stringify(kept)).not.toContain('тайна')
  expect(JSON.stringify(kept)).not.toContain(pending.slice('pending='.length))

  const back = await call(signIn, '/login', { cookies: [pending], form: { email: who.login, password: PASSWORD, next: path } })
  expect([back.location, back.cookies.some((one) => one.startsWith('pending='))]).toEqual([path, false])
  const again = { cookie: cookieOf(back.cookies, 'session') }
  expect((await call(frame, path, { as: other, cookies: [pending] })).body.restored).toBeNull()
  expect((await call(frame, '/trainings/2/attendance', { as: again, cookies: [pending] })).body.restored).toBeNull()
  const { restored } = (await call(frame, path, { as: again, cookies: [pending] })).body
  expect(restored.initialValue.title).toBe('Ден 1')
  expect(Object.keys(restored.initialValue.mark)).toHaveLength(200)
  expect(restored.initialValue.mark[people[0]!]).toBe('absent')
  expect(restored.initialValue.late[people[6]!]).toBe('6')
  expect(restored.initialValue).not.toHaveProperty('password')

  const done = await call(action, path, { as: again, cookies: [pending], form: { title: 'Ден 1', _for: drawnFor(who) } })
  expect(done.status).toBe(200)
  expect((await call(frame, path, { as: again, cookies: [pending] })).body.restored).toBeNull()
})

test('what was typed under a session the administrator ended is kept too; what nobody can be given back is not', async () => {
  const who = await somebody((await aMunicipality()).id, 'coordinator')
  await endSessions(who)
  expect((await call(action, '/x', { as: who, form: { title: 'а', _for: drawnFor(who) } })).cookies).toHaveLength(1)
  for (const mark of ['', 'x.y', `${crypto.randomUUID()}.${crypto.randomUUID()}`])
    expect((await call(action, '/x', { form: { title: 'а', _for: mark } })).cookies).toEqual([])
  expect((await call(action, '/x', { form: { title: 'я'.repeat(600_000), _for: drawnFor(who) } })).cookies).toEqual([])
})

test('a form that is too large is refused before it is read', async () => {
  const who = await somebody((await aMunicipality()).id, 'coordinator')
  expect((await call(action, '/x', { as: who, form: { title: 'а' }, headers: { 'content-length': '99999999' } })).status).toBe(413)
})

/** A form in chunks of a megabyte, of no announced size and without an end; `sent` counts the megabytes asked for. */
function endless() {
  const chunk = new TextEncoder().encode(`a${'='.repeat(1024 * 1024 - 1)}`)
  const form = { sent: 0, left: false, body: null as ReadableStream | null }
  form.body = new ReadableStream(
    { pull: (to) => void (form.sent++, to.enqueue(chunk)), cancel: () => void (form.left = true) },
    { highWaterMark: 0 },
  )
  return form
}
const posted = (body: BodyInit, headers: Record<string, string>) =>
  Promise.resolve(
    action({
      request: new Request('http://app.test/x', { method: 'POST', body, headers, duplex: 'half' } as RequestInit),
      params: {},
      context: {},
    }),
  ).then(
    () => 200,
    (refusal: { init?: { status: number } }) => refusal.init?.status ?? refusal,
  )

test('a form that announces no size is read up to the limit of four megabytes and no further', async () => {
  const { cookie } = await somebody((await aMunicipality()).id, 'coordinator')
  const form = endless()
  expect(await posted(form.body!, { 'content-type': 'application/x-www-form-urlencoded', cookie })).toBe(413)
  expect(form.sent).toBe(5)
  expect(form.left).toBe(false)
})

test('a form in chunks within the limit is read whole, text and file', async () => {
  const who = await somebody((await aMunicipality()).id, 'coordinator')
  const given = new FormData()
  given.append('title', 'Първи ден')
  given.append('file', new File([new Uint8Array(3 * 1024 * 1024)], 'а.pdf'))
  const whole = new Response(given)
  const request = new Request('http://app.test/x', {
    method: 'POST',
    body: whole.body,
    duplex: 'half',
    headers: { cookie: who.cookie, 'content-type': whole.headers.get('content-type')! },
  } as RequestInit)
  expect(await action({ request, params: {}, context: {} })).toEqual({ done: 'Първи ден' })
})

test.each([
  ['text/plain', 'a=1'],
  ['application/json', '{}'],
  ['multipart/form-data; boundary=x', '--y'],
  ['multipart/form-data', '--x--'],
])('a body of type %s that is no form is refused as bad input', async (type, body) => {
  expect(await posted(body, { 'content-type': type, 'content-length': String(body.length) })).toBe(422)
  expect(await posted(body, { 'content-type': type })).toBe(422)
})

test('a person’s id is found in the municipality it belongs to, whatever the address is called', async () => {
  const [first, second] = [await aMunicipality(), await aMunicipality()]
  const who = await somebody(first.id, 'coordinator')
  await somebody(second.id, 'coordinator', { accountId: who.accountId })
  await outsideMunicipalities((db) =>
    db.loginSession.updateMany({ where: { accountId: who.accountId }, data: { municipalityId: first.id } }),
  )
  const person = await aPerson(second.id)
  expect((await call(loader, '/x', { as: who, params: { id: crypto.randomUUID(), personId: person.id } })).body.switchTo.id).toBe(second.id)
})

test('an address without a page of its own refuses in words, with the way home', async () => {
  const [ours, theirs] = [await aMunicipality(), await aMunicipality()]
  const who = await somebody(ours.id, ['coordinator'])
  const refused = await call(switchTo, '/switch-municipality', { as: who, form: { municipalityId: theirs.id, returnTo: '/' } })
  expect(refused.status).toBe(403)
  expect(refused.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(refused.body).toContain('<h1>Действието не може да бъде извършено</h1>')
  expect(refused.body).toContain('<a href="/">Към началната страница</a>')
})
