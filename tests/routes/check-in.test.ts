import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { closeSheet } from '~/domain/attendance/close-sheet.server'
import { codeAt } from '~/domain/check-in/codes.server'
import { cancelSession } from '~/domain/session/cancel-session.server'
import { atInstant } from '~/platform/clock.server'
import { inMunicipality } from '~/platform/db.server'
import { endLive } from '~/platform/live.server'
import { action as typeCode, loader as typingPage } from '~/routes/_app.check-in'
import { action, loader } from '~/routes/sessions.$sessionId.check-in'
import { aPerson, aSession, aTraining, enrolled, somebody, type Somebody } from '../factories'
import { call } from '../http'

type World = Awaited<ReturnType<typeof aTraining>>
/** 09:00 to 16:00 in Sofia; check-in opens at 08:30, scans are kept from 07:30. */
const at = (time: string) => new Date(`2026-11-02T${time}Z`)
const NINE = at('07:00:05')

afterAll(endLive)

const sessionOf = (w: World) => w.sessions[0]!.id
const codeOf = (sessionId: string, when = NINE, seconds = 20) => codeAt(sessionId, seconds, when).code
type Look = { as?: Somebody | null; code?: string; cookies?: string[] }
const look = (w: World, when: Date, { as = w.employee, code = codeOf(sessionOf(w), when), cookies = [] }: Look = {}) =>
  call(loader, `/sessions/${sessionOf(w)}/check-in${code ? `?code=${code}` : ''}`, {
    as: as ?? undefined,
    params: { sessionId: sessionOf(w) },
    cookies,
  })
type Press = { as?: Somebody; intent?: string; sessionId?: string }
const send = (w: World, ticket: string, { as = w.employee, intent = 'check_in', sessionId = sessionOf(w) }: Press = {}) =>
  call(action, `/sessions/${sessionId}/check-in`, {
    as,
    params: { sessionId },
    form: { ticket, intent, _for: `${as.actor.municipalityId}.${as.accountId}`, _key: randomUUID() },
  })
const open = (w: World, when: Date, over: Look = {}) => atInstant(when, () => look(w, when, over))
const press = (w: World, when: Date, ticket: string, over: Press = {}) => atInstant(when, () => send(w, ticket, over))
/** Ten at one moment: the clock is set once for all of them. */
const tenAt = <T>(when: Date, run: (i: number) => Promise<T>) =>
  atInstant(when, () => Promise.all(Array.from({ length: 10 }, (_, i) => run(i))))
/** Scans and confirms at one moment. */
async function scan(w: World, when: Date, over: { as?: Somebody; intent?: string; code?: string } = {}) {
  const page = await open(w, when, { as: over.as, code: over.code })
  return press(w, when, page.body.page.scan.ticket, over)
}
const stored = (w: World) =>
  inMunicipality(w.coordinator.actor, async (tx) => ({
    claims: await tx.attendanceClaim.findMany({ where: { sessionId: sessionOf(w) }, orderBy: { id: 'asc' } }),
    attendance: await tx.attendance.findMany({ where: { sessionId: sessionOf(w) } }),
    refused: await tx.refusedCheckIn.findMany({ where: { sessionId: sessionOf(w) } }),
    events: (await tx.auditEvent.findMany({ where: { action: { startsWith: 'check_in' } }, orderBy: { seq: 'asc' } })).map(
      (one) => one.action,
    ),
  }))
const settings = (w: World, data: { hasCheckOut?: boolean; codeSeconds?: number; checkInOpensMinutes?: number }) =>
  inMunicipality(w.coordinator.actor, (tx) => tx.session.update({ where: { id: sessionOf(w) }, data }))
const NOTHING = { claims: [], attendance: [], refused: [], events: [] }

describe('a code', () => {
  test('opens a page that asks and writes nothing; the button records the moment of the scan, once', async () => {
    const w = await aTraining()
    const page = await open(w, NINE)
    expect(page.body.page).toMatchObject({
      person: expect.any(String),
      next: 'check_in',
      refusal: null,
      isEarly: false,
      scan: { is: 'good' },
    })
    expect(await stored(w)).toEqual(NOTHING)
    const answer = await press(w, at('07:03:00'), page.body.page.scan.ticket)
    expect(answer).toMatchObject({ status: 302, location: `/sessions/${sessionOf(w)}/check-in` })
    const { claims, attendance, events } = await stored(w)
    expect(claims).toMatchObject([
      { personId: w.people[0]!.id, kind: 'check_in', source: 'qr', madeAt: NINE, authorId: w.employee.accountId, mark: null },
    ])
    expect(attendance).toMatchObject([
      {
        personId: w.people[0]!.id,
        mark: 'present',
        lateMinutes: 0,
        attendedMinutes: 360,
        arrivedAt: at('07:00:00'),
        claimId: claims[0]!.id,
      },
    ])
    expect(events).toEqual(['check_in.recorded'])
    const after = await open(w, at('07:05:00'), { code: '' })
    expect(after.body.page).toMatchObject({ scanned: { in: NINE, out: null }, counts: true, next: null })
  })

  test('pressed by ten hands at once, and again with another ticket, is one row and one event', async () => {
    const w = await aTraining()
    const tickets = [await open(w, NINE), await open(w, at('07:00:30'))].map(({ body }) => body.page.scan.ticket as string)
    expect(new Set(tickets).size).toBe(2)
    const answers = await tenAt(at('07:01:00'), (i) => send(w, tickets[i % 2]!))
    expect(new Set(answers.map(({ status, location }) => `${status} ${location}`)).size).toBe(1)
    expect((await press(w, at('07:10:00'), tickets[1]!)).status).toBe(302)
    const { claims, events } = await stored(w)
    expect([claims.length, events]).toEqual([1, ['check_in.recorded']])
  })

  test('scanned by somebody not signed in is judged by the scan and not by the sign-in', async () => {
    const w = await aTraining()
    const code = codeOf(sessionOf(w))
    const away = await open(w, NINE, { as: null, code })
    const next = `/sessions/${sessionOf(w)}/check-in?code=${code}`
    expect(away).toMatchObject({ status: 302, location: `/login?next=${encodeURIComponent(next)}` })
    // eight minutes of looking for the password: the code is long over, the scan is not
    const late = at('07:08:00')
    expect((await open(w, late, { code })).body.page.scan).toEqual({ is: 'expired', until: at('07:00:40') })
    const back = await open(w, late, { code, cookies: away.cookies })
    expect(back.body.page.scan.is).toBe('good')
    expect((await press(w, late, back.body.page.scan.ticket)).cookies.join()).toContain('scan=;')
    expect((await stored(w)).claims).toMatchObject([{ madeAt: NINE, source: 'qr' }])
  })

  test('the kept scan is over after fifteen minutes, and one of another session is none', async () => {
    const [w, other] = [await aTraining(), await aTraining()]
    const code = codeOf(sessionOf(w))
    const away = await open(w, NINE, { as: null, code })
    expect((await open(w, at('07:15:06'), { code, cookies: away.cookies })).body.page.scan.is).toBe('expired')
    expect((await open(other, at('07:02:00'), { code, cookies: away.cookies })).body.page.scan.is).toBe('wrong')
  })

  test('that no longer counts says until when it did, in the time of the place', async () => {
    const w = await aTraining()
    const page = await open(w, at('07:05:00'), { code: codeOf(sessionOf(w)) })
    expect(page.body.page.scan).toEqual({ is: 'expired', until: at('07:00:40') })
    expect(await stored(w)).toEqual(NOTHING)
  })

  test('of times to come, of another session, and one made up are wrong', async () => {
    const [w, other] = [await aTraining(), await aTraining()]
    for (const code of [codeOf(sessionOf(w), at('07:00:20')), codeOf(sessionOf(other)), 'ABE234', 'junk', '%00'])
      expect((await open(w, NINE, { code })).body.page.scan, code).toEqual({ is: 'wrong' })
    expect(await stored(w)).toEqual(NOTHING)
  })

  test('belongs to the municipality: elsewhere the session does not exist', async () => {
    const [w, other] = [await aTraining(), await aTraining()]
    expect((await open(w, NINE, { as: other.employee })).status).toBe(404)
    expect((await press(w, NINE, 'x.y', { as: other.employee })).status).toBe(404)
  })

  test('an account without a person is told so, and nothing is kept', async () => {
    const w = await aTraining()
    const page = await open(w, NINE, { as: w.trainer })
    expect(page.status).toBe(403)
    expect(page.body.message).toContain('не е свързан със служител')
    expect(await stored(w)).toEqual(NOTHING)
  })
})

describe('a ticket', () => {
  test('of somebody else, of another session, changed, or too old records nothing', async () => {
    const w = await aTraining()
    const colleague = await somebody(w.municipalityId, 'employee', { personId: w.people[1]!.id })
    const second = await aSession(
      w.municipalityId,
      { id: w.training.id, trainerAccountId: w.trainer.accountId },
      { startsAt: '2026-11-03T07:00:00Z', endsAt: '2026-11-03T09:00:00Z' },
    )
    const { ticket } = (await open(w, NINE)).body.page.scan
    const refusals = [
      await press(w, NINE, ticket, { as: colleague }),
      await press(w, NINE, ticket, { sessionId: second.id }),
      await press(w, NINE, `${ticket}A`),
      await press(w, at('07:15:06'), ticket),
      await press(w, at('07:00:04'), ticket),
    ]
    for (const refusal of refusals) {
      expect(refusal.status).toBe(409)
      expect(refusal.body.error['']).toEqual([expect.stringContaining('Мина твърде много време от сканирането')])
    }
    expect(await stored(w)).toEqual(NOTHING)
  })
})

describe('when', () => {
  test('an hour before the opening a scan is kept, and counts from the opening', async () => {
    const w = await aTraining()
    const early = at('05:45:00')
    expect((await open(w, early)).body.page).toMatchObject({ isEarly: true, refusal: null, session: { opensAt: at('06:30:00') } })
    await scan(w, early)
    expect((await open(w, at('05:50:00'), { code: '' })).body.page).toMatchObject({ scanned: { in: early }, isEarly: true, counts: false })
    expect((await open(w, at('06:30:00'), { code: '' })).body.page).toMatchObject({ isEarly: true, counts: true })
    const { claims, attendance } = await stored(w)
    expect(claims).toMatchObject([{ madeAt: early }])
    expect(attendance).toMatchObject([{ arrivedAt: at('06:30:00'), lateMinutes: 0, attendedMinutes: 360 }])
  })

  test.each([
    ['earlier than that', '05:29:00', 'too_early'],
    ['after the end', '14:00:10', 'over'],
  ])('%s it is refused with its sentence and kept for the trainer', async (_, time, refusal) => {
    const w = await aTraining()
    const page = await open(w, at(time))
    expect(page.body.page).toMatchObject({ refusal, scan: { is: 'good' }, isTold: false })
    expect(await stored(w)).toEqual(NOTHING)
    await press(w, at(time), page.body.page.scan.ticket)
    await press(w, at(time), page.body.page.scan.ticket)
    const { claims, refused, events } = await stored(w)
    expect([claims, refused, events]).toMatchObject([
      [],
      [{ reason: refusal, personId: w.people[0]!.id, scannedAt: at(time) }],
      ['check_in.refused'],
    ])
    expect((await open(w, at(time), { code: '' })).body.page).toMatchObject({ refusal, isTold: true })
  })

  test('a scan just before the end counts, though its owner signed in after it', async () => {
    const w = await aTraining()
    const page = await open(w, at('13:59:59'))
    await press(w, at('14:04:00'), page.body.page.scan.ticket)
    expect((await stored(w)).attendance).toMatchObject([{ lateMinutes: 419, attendedMinutes: 1 }])
  })

  test('a cancelled session takes nobody', async () => {
    const w = await aTraining()
    await cancelSession(w.coordinator.actor, w.training.id, sessionOf(w), 'болест')
    await scan(w, NINE)
    const { claims, refused } = await stored(w)
    expect([claims, refused]).toMatchObject([[], [{ reason: 'cancelled' }]])
  })
})

describe('with check-out on', () => {
  test('minutes are those between the two scans, less the break', async () => {
    const w = await aTraining()
    await settings(w, { hasCheckOut: true })
    await scan(w, at('07:10:20'))
    expect((await stored(w)).attendance).toMatchObject([{ lacksScan: true, attendedMinutes: 0, arrivedAt: at('07:10:00') }])
    const page = await open(w, at('12:30:40'))
    expect(page.body.page).toMatchObject({ next: 'check_out', scanned: { in: at('07:10:20'), out: null } })
    await press(w, at('12:30:50'), page.body.page.scan.ticket, { intent: 'check_out' })
    await press(w, at('12:31:50'), page.body.page.scan.ticket, { intent: 'check_out' })
    // 07:10–12:30 is 320 minutes, the break from 10 to 11 lies within
    const { claims, attendance, events } = await stored(w)
    expect(attendance).toMatchObject([
      { lacksScan: false, attendedMinutes: 260, lateMinutes: 10, leftEarlyMinutes: 90, leftAt: at('12:30:00') },
    ])
    expect([claims.map(({ kind }) => kind), events]).toEqual([
      ['check_in', 'check_out'],
      ['check_in.recorded', 'check_in.left'],
    ])
    await scan(w, at('13:59:10'), { intent: 'check_out' })
    expect((await stored(w)).attendance).toMatchObject([{ attendedMinutes: 349, leftAt: at('13:59:00') }])
  })

  test.each([
    ['more than half an hour after the end', '14:31:00', 'over'],
    ['after the sheet was closed', '14:10:00', 'closed'],
  ])('a way out %s is refused, and told the trainer by the button', async (_, time, refusal) => {
    const w = await aTraining({ people: 1 })
    await settings(w, { hasCheckOut: true })
    await scan(w, NINE)
    if (refusal === 'closed') {
      await scan(w, at('13:30:00'), { intent: 'check_out' })
      await atInstant(at('14:05:00'), () =>
        closeSheet(w.trainer.actor, { trainingId: w.training.id, sessionId: sessionOf(w), statement: 'Вярно е.' }),
      )
    }
    const page = await open(w, at(time))
    expect(page.body.page).toMatchObject({ next: 'check_out', refusal, scan: { is: 'good' }, isTold: false, scanned: { in: NINE } })
    await press(w, at(time), page.body.page.scan.ticket, { intent: 'check_out' })
    const { refused, events } = await stored(w)
    expect(refused).toMatchObject([{ reason: refusal, personId: w.people[0]!.id, scannedAt: at(time) }])
    expect(events.at(-1)).toBe('check_in.refused')
    expect((await open(w, at(time), { code: '' })).body.page).toMatchObject({ next: 'check_out', refusal, isTold: true })
  })

  test('without it a second scan says only that the person is in', async () => {
    const w = await aTraining()
    await scan(w, NINE)
    const page = await open(w, at('09:00:00'))
    expect(page.body.page).toMatchObject({ next: null, scanned: { in: NINE } })
  })
})

describe('wrong codes', () => {
  test('a thousand are limited for the account and the session, with one alarm; others are not held up', async () => {
    const w = await aTraining()
    const colleague = await somebody(w.municipalityId, 'employee', { personId: w.people[1]!.id })
    const statuses: number[] = []
    for (let i = 0; i < 1000; i += 10)
      statuses.push(...(await tenAt(NINE, (j) => look(w, NINE, { code: `ZZ${i + j}` }))).map(({ status }) => status))
    expect(statuses.filter((status) => status === 200)).toHaveLength(20)
    expect(statuses.filter((status) => status === 429)).toHaveLength(980)
    const right = await open(w, NINE)
    expect([right.status, right.body.message]).toEqual([429, 'Твърде много опити. Изчакайте няколко минути и опитайте отново.'])
    expect((await stored(w)).events).toEqual(['check_in.codes_guessed'])
    expect((await open(w, NINE, { as: colleague })).body.page.scan.is).toBe('good')
  })

  test('a right code uses nothing up', async () => {
    const w = await aTraining()
    for (let i = 0; i < 30; i++) expect((await open(w, NINE)).status).toBe(200)
  })
})

describe('a code typed by hand', () => {
  const type = (w: World, code: string, { as = w.employee, when = NINE } = {}) =>
    atInstant(when, () =>
      call(typeCode, '/check-in', { as, form: { code, _for: `${as.actor.municipalityId}.${as.accountId}`, _key: randomUUID() } }),
    )

  test('leads to its session among those open now, and counts as typed', async () => {
    const w = await aTraining()
    expect((await call(typingPage, '/check-in', { as: w.employee })).status).toBe(200)
    const code = codeOf(sessionOf(w))
    const cyrillic = [...code.toLowerCase()]
      .map((sign) => ({ a: 'а', b: 'в', e: 'е', k: 'к', m: 'м', h: 'н', p: 'р', c: 'с', t: 'т', x: 'х', y: 'у' })[sign] ?? sign)
      .join('') // LOOK_ALIKE
    const answer = await type(w, ` ${cyrillic.slice(0, 3)} ${cyrillic.slice(3)} `)
    expect(answer).toMatchObject({ status: 302, location: `/sessions/${sessionOf(w)}/check-in?code=${code}` })
    const page = await open(w, at('07:02:00'), { code, cookies: answer.cookies })
    await press(w, at('07:02:00'), page.body.page.scan.ticket)
    expect((await stored(w)).claims).toMatchObject([{ source: 'code', madeAt: NINE }])
  })

  test('the person’s own session comes first, others of the municipality after it, those of another not at all', async () => {
    const [w, abroad] = [await aTraining(), await aTraining()]
    const guest = await somebody(w.municipalityId, 'employee', { personId: (await aPerson(w.municipalityId)).id })
    expect((await type(w, codeOf(sessionOf(w)), { as: guest })).status).toBe(302)
    const refused = await type(w, codeOf(sessionOf(abroad)))
    expect([refused.status, refused.body.error.code]).toEqual([
      422,
      ['Няма занятие с такъв код в момента. Проверете знаците на екрана в залата и ги въведете отново.'],
    ])
  })

  test('says beside the field what is wrong with it', async () => {
    const w = await aTraining()
    expect((await type(w, 'абв')).body.error.code).toEqual(['Въведете шестте знака от екрана в залата'])
    const over = await type(w, codeOf(sessionOf(w)), { when: at('07:01:00') })
    expect([over.status, over.body.error.code]).toEqual([
      409,
      ['Кодът важеше до 09:00. Въведете новия код от екрана или помолете обучителя да Ви отбележи.'],
    ])
  })

  test('twenty wrong ones close the typing for the account, with one alarm', async () => {
    const w = await aTraining()
    for (let i = 0; i < 20; i++) expect((await type(w, '222222')).status).toBe(422)
    expect((await type(w, codeOf(sessionOf(w)))).status).toBe(429)
    expect((await stored(w)).events).toEqual(['check_in.codes_guessed'])
  })
})

test('somebody on the waiting list or withdrawn is not enrolled', async () => {
  const w = await aTraining()
  for (const state of ['waiting', 'withdrawn', 'requested'] as const) {
    const person = await aPerson(w.municipalityId)
    await enrolled(w.municipalityId, w.training.id, person.id, state)
    const who = await somebody(w.municipalityId, 'employee', { personId: person.id })
    expect((await open(w, NINE, { as: who })).body.page).toMatchObject({ refusal: 'not_enrolled', scan: { is: 'good' } })
  }
})
