import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { endRole } from '~/domain/account/end-role.server'
import { checkIn } from '~/domain/check-in/check-in.server'
import { codeAt } from '~/domain/check-in/codes.server'
import { ticketFor } from '~/domain/check-in/ticket.server'
import { ATTENDANCE_NEWS } from '~/domain/attendance/news'
import { receiveMarks } from '~/domain/attendance/receive-marks.server'
import { recordAttendance } from '~/domain/attendance/record-attendance.server'
import { atInstant, clock } from '~/platform/clock.server'
import { inMunicipality } from '~/platform/db.server'
import { endLive, onNews, tellNews } from '~/platform/live.server'
import { endSessionsOf } from '~/platform/session.server'
import { action as admit, loader as admitPage } from '~/routes/_app.sessions.$sessionId.admit.$personId'
import { action as moveAction } from '~/routes/_app.trainings.$trainingId.sessions.$sessionId._index'
import { loader as roster } from '~/routes/_app.trainings.$trainingId.attendance'
import RoomPage, { loader as screen } from '~/routes/sessions.$sessionId.screen'
import { loader as events } from '~/routes/sessions.$sessionId.screen_.events'
import { aPerson, aTraining, enrolled, somebody, type Somebody } from '../factories'
import { call } from '../http'
import { screen as drawn, wordsOf } from '../screen'

type World = Awaited<ReturnType<typeof aTraining>>
const at = (time: string) => new Date(`2026-11-02T${time}Z`)
const NINE = at('07:00:05')
const PATIENCE_MS = 60_000
const sessionOf = (w: World) => w.sessions[0]!.id
const address = (w: World) => `/sessions/${sessionOf(w)}/screen`

afterAll(endLive)

const scan = (w: World, who: Somebody, when = NINE) =>
  atInstant(when, () =>
    checkIn(
      who.actor,
      sessionOf(w),
      ticketFor(who.accountId, { sessionId: sessionOf(w), code: 'ABE234', source: 'qr', at: when }),
      'check_in',
    ),
  )
const show = (w: World, when = NINE, { as = w.trainer, query = '' } = {}) =>
  atInstant(when, () => call(screen, `${address(w)}${query}`, { as, params: { sessionId: sessionOf(w) } }))
const guestOf = async (w: World, name = 'Гостева') => {
  const person = await aPerson(w.municipalityId, { givenName: 'Надя', familyName: name })
  return { person, who: await somebody(w.municipalityId, 'employee', { personId: person.id }) }
}

describe('the room’s screen', () => {
  test('shows the code of the moment, the same on every screen, with the time it has left', async () => {
    const w = await aTraining()
    const [one, two] = [await show(w), await show(w, at('07:00:19'), { as: w.coordinator })]
    expect(one.body.drawn).toMatchObject({ phase: 'open', isBeforeOpening: false, list: { present: [], refused: [], seats: 2 } })
    expect(one.body.drawn.code).toMatchObject({ code: codeAt(sessionOf(w), 20, NINE).code, leftMs: 15_000, codeSeconds: 20 })
    expect(two.body.drawn.code).toMatchObject({ code: one.body.drawn.code.code, qr: one.body.drawn.code.qr, leftMs: 1000 })
    expect((await show(w, at('07:00:20'))).body.drawn.code.code).not.toBe(one.body.drawn.code.code)
    expect(one.body.shortAddress).toBe('app.test/check-in')
  })

  test.each([
    ['05:29:59', 'early'],
    ['05:30:00', 'open'],
    ['14:00:00', 'open'],
    ['14:00:01', 'over'],
  ])('at %s it is %s; only an open one has a code', async (time, phase) => {
    const { drawn } = (await show(await aTraining(), at(time))).body
    expect([drawn.phase, drawn.code !== null]).toEqual([phase, phase === 'open'])
  })

  test('after the end it says that only leaving is taken, where people scan when they leave', async () => {
    const w = await aTraining()
    await inMunicipality(w, (tx) => tx.session.update({ where: { id: sessionOf(w) }, data: { hasCheckOut: true } }))
    const said = async (time: string) => {
      const words = wordsOf(drawn(RoomPage, (await show(w, at(time))).body))
      return /Сканирайте, за да отбележите (\S+)|Занятието приключи(?!\. Скан)/.exec(words)?.slice(0, 2)
    }
    expect(await said('14:00:00')).toEqual(['Сканирайте, за да отбележите присъствието', 'присъствието'])
    expect(await said('14:00:01')).toEqual(['Сканирайте, за да отбележите излизането', 'излизането'])
    expect(await said('14:30:00')).toEqual(['Сканирайте, за да отбележите излизането', 'излизането'])
    expect(await said('14:30:01')).toEqual(['Занятието приключи', undefined])
  })

  test('lists who is in, the last to come first, and hides names where the wall may not show them', async () => {
    const w = await aTraining()
    const second = await somebody(w.municipalityId, 'employee', { personId: w.people[1]!.id })
    await scan(w, w.employee, at('07:01:00'))
    await scan(w, second, at('07:02:00'))
    const { list } = (await show(w, at('07:03:00'))).body.drawn
    expect(list.present).toMatchObject([
      { personId: w.people[1]!.id, at: '2026-11-02T07:02:00.000Z', left: null, isEarly: false },
      { personId: w.people[0]!.id, at: '2026-11-02T07:01:00.000Z' },
    ])
    const hidden = await show(w, at('07:03:00'), { query: '?names=0' })
    expect(hidden.body.drawn.list.present.map(({ name }: { name: null }) => name)).toEqual([null, null])
    expect(JSON.stringify(hidden.body)).not.toContain(w.people[0]!.familyName)
  })

  test('who scanned early is in the list and in the roster as early, until it counts', async () => {
    const w = await aTraining()
    await scan(w, w.employee, at('05:45:00'))
    expect((await show(w, at('05:50:00'))).body.drawn).toMatchObject({ isBeforeOpening: true, list: { present: [{ isEarly: true }] } })
    expect((await show(w, at('06:30:00'))).body.drawn).toMatchObject({ isBeforeOpening: false, list: { present: [{ isEarly: false }] } })
    const row = async (when: Date) =>
      (
        await atInstant(when, () =>
          call(roster, `/trainings/${w.training.id}/attendance`, { as: w.trainer, params: { trainingId: w.training.id } }),
        )
      ).body.rows.find(({ id }: { id: string }) => id === w.people[0]!.id)
    expect((await row(at('06:20:00'))).scans).toEqual({ in: '2026-11-02T06:30:00.000Z', out: null, isEarly: true })
    expect((await row(at('06:40:00'))).scans.isEarly).toBe(false)
  })
})

describe('somebody without a seat', () => {
  test('is refused, offered to the trainer, and let in with the moment of the scan: seat, claim and one event', async () => {
    const w = await aTraining({ capacity: 3 })
    const { person, who } = await guestOf(w)
    expect(await scan(w, who)).toEqual({ is: 'refused', refusal: 'not_enrolled' })
    const waiting = [{ personId: person.id, name: 'Гостева, Надя', reason: 'not_enrolled', at: NINE.toISOString(), isMark: false }]
    expect((await show(w)).body.drawn.list.refused).toEqual(waiting)
    expect((await show(w, NINE, { query: '?names=0' })).body.drawn.list.refused).toMatchObject([{ name: null }])
    const params = { sessionId: sessionOf(w), personId: person.id }
    const path = `/sessions/${sessionOf(w)}/admit/${person.id}`
    expect((await call(admitPage, path, { as: w.trainer, params })).body).toMatchObject({ person: 'Надя Гостева', scannedAt: NINE })
    const press = () =>
      atInstant(at('07:20:00'), () => call(admit, path, { as: w.trainer, params, form: { back: 'screen', _key: randomUUID() } }))
    expect(await press()).toMatchObject({ status: 302, location: `/sessions/${sessionOf(w)}/screen` })
    expect((await press()).status).toBe(302)
    const { claims, attendance, training, actions, enrolment } = await inMunicipality(w.coordinator.actor, async (tx) => ({
      claims: await tx.attendanceClaim.findMany({ where: { personId: person.id } }),
      attendance: await tx.attendance.findMany({ where: { personId: person.id } }),
      training: await tx.training.findFirstOrThrow({ where: { id: w.training.id } }),
      enrolment: await tx.enrolment.findFirstOrThrow({ where: { personId: person.id }, include: { steps: true } }),
      actions: (await tx.auditEvent.findMany({ where: { action: { startsWith: 'check_in' } }, orderBy: { seq: 'asc' } })).map(
        (one) => one.action,
      ),
    }))
    expect(claims).toMatchObject([{ kind: 'check_in', source: 'qr', madeAt: NINE, authorId: w.trainer.accountId }])
    expect(attendance).toMatchObject([{ mark: 'present', lateMinutes: 0, attendedMinutes: 360 }])
    expect(enrolment).toMatchObject({ state: 'approved', steps: [{ state: 'approved', actorId: w.trainer.accountId }] })
    expect([training.seatsTaken, actions]).toEqual([3, ['check_in.refused', 'check_in.admitted']])
    expect((await show(w)).body.drawn.list).toMatchObject({ refused: [], seats: 3 })
    // the guest scans once more: he is in, and nothing is added
    expect(await scan(w, who, at('07:30:00'))).toEqual({ is: 'known' })
  })

  test('is not let in where no seat is free, and nothing of it stays', async () => {
    const w = await aTraining({ capacity: 2 })
    const { person, who } = await guestOf(w)
    await scan(w, who)
    const params = { sessionId: sessionOf(w), personId: person.id }
    const answer = await atInstant(at('07:20:00'), () =>
      call(admit, '/x', { as: w.trainer, params, form: { back: 'roster', _key: randomUUID() } }),
    )
    expect([answer.status, answer.body.error['']]).toEqual([
      409,
      ['Няма свободно място в обучението. Заети места: 2. Координаторът може да увеличи местата.'],
    ])
    const counts = await inMunicipality(w.coordinator.actor, async (tx) => [
      await tx.attendanceClaim.count(),
      await tx.enrolment.count({ where: { personId: person.id } }),
    ])
    expect(counts).toEqual([0, 0])
  })

  test('two let in at the same moment for the last seat: one of them is', async () => {
    const w = await aTraining({ capacity: 3 })
    const [a, b] = [await guestOf(w, 'Първа'), await guestOf(w, 'Втора')]
    await scan(w, a.who)
    await scan(w, b.who)
    const answers = await atInstant(at('07:20:00'), () =>
      Promise.all(
        [a, b].map(({ person }) =>
          call(admit, '/x', {
            as: w.trainer,
            params: { sessionId: sessionOf(w), personId: person.id },
            form: { back: 'roster', _key: randomUUID() },
          }),
        ),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([302, 409])
    expect((await show(w, at('07:21:00'))).body.drawn.list).toMatchObject({ seats: 3, refused: [{ reason: 'not_enrolled' }] })
  })

  test.each(['requested', 'waiting', 'withdrawn', 'refused'] as const)('who was %s gets the seat as well', async (state) => {
    const w = await aTraining({ capacity: 2, people: 1 })
    const { person, who } = await guestOf(w)
    // on the waiting list of a training with a seat to spare only for a moment: the list has not moved yet
    await enrolled(w.municipalityId, w.training.id, person.id, state)
    await scan(w, who)
    await atInstant(at('07:20:00'), () =>
      call(admit, '/x', { as: w.coordinator, params: { sessionId: sessionOf(w), personId: person.id }, form: { _key: randomUUID() } }),
    )
    expect((await show(w)).body.drawn.list).toMatchObject({ seats: 2, refused: [] })
  })

  test('a mark by the trainer settles a scan after the end', async () => {
    const w = await aTraining()
    expect(await scan(w, w.employee, at('14:00:10'))).toEqual({ is: 'refused', refusal: 'over' })
    expect((await show(w, at('14:01:00'))).body.drawn.list.refused).toMatchObject([{ reason: 'over' }])
    await atInstant(at('14:05:00'), () =>
      recordAttendance(w.trainer.actor, {
        trainingId: w.training.id,
        sessionId: sessionOf(w),
        seen: '0',
        key: randomUUID(),
        rows: [{ personId: w.people[0]!.id, typed: { mark: 'present', lateMinutes: 0, leftEarlyMinutes: 0 } }],
        markRestPresent: false,
      }),
    )
    expect((await show(w, at('14:06:00'))).body.drawn.list.refused).toEqual([])
  })
})

/** What an open answer says, event by event. */
async function listen(w: World, as: Somebody, query = '') {
  const abort = new AbortController()
  const request = new Request(`http://app.test${address(w)}/events${query}`, { headers: { cookie: as.cookie }, signal: abort.signal })
  const response = (await events({ request, params: { sessionId: sessionOf(w) }, context: {} } as never)) as Response
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    response,
    close: () => abort.abort(),
    async next(wanted: (value: any) => boolean): Promise<any> {
      for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
        const [event, ...rest] = text.split('\n\n')
        if (rest.length > 0) {
          text = rest.join('\n\n')
          const data = /^data: (.*)$/m.exec(event!)?.[1]
          if (data !== undefined && wanted(JSON.parse(data))) return JSON.parse(data)
          continue
        }
        const part = await Promise.race([reader.read(), sleep(PATIENCE_MS).then(() => null)])
        if (!part) break
        if (part.done) return 'ended'
        text += part.value
      }
      throw new Error(`not told within ${PATIENCE_MS} ms: ${text.slice(0, 200)}`)
    },
  }
}
/** Runs in real time from `from` on, as far as codes and sessions are concerned. */
async function from<T>(moment: Date, run: () => Promise<T>): Promise<T> {
  const [before, begun] = [clock.now, Date.now()]
  clock.now = () => new Date(+moment + Date.now() - begun)
  return run().finally(() => (clock.now = before))
}

/** Without the looks from time to time: what a screen is told, it is told because it happened. Gives of whom news came. */
async function byNewsAlone(run: (told: (string | null)[]) => Promise<void>) {
  const told: (string | null)[] = []
  const quiet = onNews(ATTENDANCE_NEWS, (subject) => told.push(subject))
  try {
    await expect.poll(() => (tellNews(ATTENDANCE_NEWS, 'nobody'), told)).toContain('nobody')
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    await run(told)
  } finally {
    vi.useRealTimers()
    quiet()
  }
}

const endRoleOf = async (w: World, { membershipId }: Somebody) => {
  const grant = await inMunicipality(w.admin.actor, (tx) => tx.roleGrant.findFirstOrThrow({ where: { membershipId } }))
  await atInstant(new Date(), () => endRole(w.admin.actor, membershipId, grant.id)) // roles begin and end in real time
}

describe('news of the room', () => {
  test('come as they happen: an arrival from whichever process, and the next code', async () => {
    const w = await aTraining()
    const codes = ['07:00:10', '07:00:20', '07:00:40', '07:01:00', '07:01:20', '07:01:40'].map(
      (time) => codeAt(sessionOf(w), 20, at(time)).code,
    )
    await byNewsAlone(() =>
      from(at('07:00:10'), async () => {
        const news = await listen(w, w.trainer)
        expect(news.response.headers.get('content-type')).toContain('text/event-stream')
        const first = await news.next(() => true)
        expect(first.list.present).toEqual([])
        const ticket = ticketFor(w.employee.accountId, { sessionId: sessionOf(w), code: 'ABE234', source: 'qr', at: clock.now() })
        await checkIn(w.employee.actor, sessionOf(w), ticket, 'check_in')
        expect((await news.next(({ list }) => list.present.length === 1)).list.present[0].personId).toBe(w.people[0]!.id)
        const next = await news.next(({ code }) => code.code !== first.code.code)
        expect(codes).toContain(first.code.code)
        expect(codes.slice(codes.indexOf(first.code.code) + 1)).toContain(next.code.code)
        news.close()
        expect(await news.next(() => false)).toBe('ended')
      }),
    )
  })

  test('come of somebody without a seat whom a device has marked', async () => {
    const w = await aTraining()
    const { person } = await guestOf(w)
    await byNewsAlone((told) =>
      from(at('07:00:16'), async () => {
        const news = await listen(w, w.trainer)
        await news.next(() => true)
        const rows = [{ personId: person.id, mark: 'present' as const, lateMinutes: 0, leftEarlyMinutes: 0 }]
        const save = { key: randomUUID(), at: +NINE, seen: '0', after: [], drawn: '', reason: null, rows }
        await receiveMarks(w.trainer.actor, sessionOf(w), { deviceNow: +clock.now(), saves: [save] })
        const { list } = await news.next(({ list }) => list.refused.length === 1)
        expect(list.refused).toMatchObject([{ personId: person.id, isMark: true }])
        expect(told).toContain(sessionOf(w))
        news.close()
      }),
    )
  })

  test('come again after the listening connection was lost', async () => {
    const w = await aTraining()
    const other = await somebody(w.municipalityId, 'employee', { personId: w.people[1]!.id })
    await byNewsAlone(() =>
      from(at('07:00:01'), async () => {
        const news = await listen(w, w.trainer)
        await news.next(() => true)
        const owner = new pg.Client(process.env.DATABASE_OWNER_URL)
        await owner.connect()
        const { rowCount } = await owner.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'kapacitet-live' and datname = current_database()`,
        )
        await owner.end()
        expect(rowCount).toBe(1)
        const ticket = ticketFor(other.accountId, { sessionId: sessionOf(w), code: 'ABE234', source: 'qr', at: clock.now() })
        await checkIn(other.actor, sessionOf(w), ticket, 'check_in')
        expect((await news.next(({ list }) => list.present.length === 1)).list.seats).toBe(2)
        news.close()
      }),
    )
  })

  test('hold no names where the wall shows none, and end with the login', async () => {
    const w = await aTraining()
    await scan(w, w.employee)
    await from(NINE, async () => {
      const news = await listen(w, w.trainer, '?names=0')
      expect((await news.next(() => true)).list.present).toMatchObject([{ name: null }])
      await endSessionsOf(w.trainer.accountId)
      expect(await news.next((value) => value === null)).toBeNull()
      expect(await news.next(() => false)).toBe('ended')
    })
  })
})

test.each([
  ['the role is taken away', (w: World) => endRoleOf(w, w.trainer)],
  [
    'the training is given to somebody else',
    (w: World) =>
      inMunicipality(w.coordinator.actor, (tx) =>
        tx.training.update({ where: { id: w.training.id }, data: { trainerAccountId: w.otherTrainer.accountId } }),
      ),
  ],
])('news of the room end when %s', async (_, change) => {
  const w = await aTraining()
  await from(NINE, async () => {
    const news = await listen(w, w.trainer)
    expect((await news.next(() => true)).list.seats).toBe(2)
    await change(w)
    expect(await news.next((value) => value === null)).toBeNull()
    expect(await news.next(() => false)).toBe('ended')
  })
  expect(
    (await atInstant(NINE, () => call(events, `${address(w)}/events`, { as: w.trainer, params: { sessionId: sessionOf(w) } }))).status,
  ).toBeGreaterThan(400)
})

test('changing the opening or the check-out counts the sheet anew', async () => {
  const w = await aTraining()
  await scan(w, w.employee, at('07:10:00'))
  const form = {
    date: '2026-11-02',
    from: '09:00',
    to: '16:00',
    'breaks[0].from': '12:00',
    'breaks[0].to': '13:00',
    place: 'Зала 1',
    onlineUrl: '',
  }
  const edit = (fields: Record<string, string>) =>
    call(moveAction, '/x', {
      as: w.coordinator,
      params: { trainingId: w.training.id, sessionId: sessionOf(w) },
      form: { ...form, checkInOpensMinutes: '30', codeSeconds: '20', ...fields, _key: randomUUID() },
    })
  const minutes = () =>
    inMunicipality(
      w.coordinator.actor,
      async (tx) => (await tx.attendance.findFirstOrThrow({ where: { sessionId: sessionOf(w) } })).attendedMinutes,
    )
  expect(await minutes()).toBe(350)
  expect((await edit({ hasCheckOut: 'on', codeSeconds: '60' })).status).toBe(302)
  expect(await minutes()).toBe(0)
  expect((await show(w)).body.drawn.code.codeSeconds).toBe(60)
  expect((await edit({})).status).toBe(302)
  expect(await minutes()).toBe(350)
  const wrong: Record<string, string>[] = [
    { checkInOpensMinutes: '241' },
    { checkInOpensMinutes: '-1' },
    { codeSeconds: '9' },
    { codeSeconds: '121' },
    { codeSeconds: 'бързо' },
  ]
  for (const fields of wrong) expect((await edit(fields)).status).toBe(422)
})
