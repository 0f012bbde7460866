import { afterAll, expect, test } from 'vitest'
import { atInstant } from '~/platform/clock.server'
import { disconnect, inMunicipality, type Tx } from '~/platform/db.server'
import { takeToast } from '~/platform/toast.server'
import { translateError } from '~/i18n/errors.server'
import EnrolmentPage, { action as decide, loader as enrolmentLoader } from '~/routes/_app.trainings.$trainingId.enrolments.$enrolmentId'
import { action as enrol, loader as enrolLoader } from '~/routes/_app.trainings.$trainingId.enrol'
import { action as edit, loader as editLoader } from '~/routes/_app.trainings.$trainingId.edit'
import { action as cancel, loader as cancelLoader } from '~/routes/_app.trainings.$trainingId.cancel'
import TrainingPage, { loader as trainingLoader } from '~/routes/_app.trainings.$trainingId._index'
import { action as nominate, loader as nominateLoader } from '~/routes/_app.trainings.$trainingId.nominate'
import { action as request, loader as requestLoader } from '~/routes/_app.trainings.$trainingId.request'
import { action as cancelSession, loader as cancelSessionLoader } from '~/routes/_app.trainings.$trainingId.sessions.$sessionId.cancel'
import { action as move, loader as sessionLoader } from '~/routes/_app.trainings.$trainingId.sessions.$sessionId._index'
import { action as addSession, loader as newSessionLoader } from '~/routes/_app.trainings.$trainingId.sessions.new'
import { loader as listLoader } from '~/routes/_app.trainings._index'
import { action as plan, loader as newLoader } from '~/routes/_app.trainings.new'
import { aPerson, aProject, aTraining, enrolled, somebody } from '../factories'
import { call } from '../http'
import { screen, wordsOf } from '../screen'

afterAll(disconnect)

const BEFORE = new Date('2026-10-01T08:00:00Z')
type World = Awaited<ReturnType<typeof aTraining>>
const read = <T>(w: World, run: (tx: Tx) => Promise<T>) => inMunicipality(w, run)
const filled = (w: World, over: Record<string, string> = {}) => ({
  intent: 'save',
  courseId: w.course.id,
  work: '',
  trainerAccountId: w.trainer.accountId,
  place: 'Зала 3',
  onlineUrl: '',
  capacity: '22',
  note: '',
  'sessions[0].date': '2026-12-01',
  'sessions[0].from': '09:00',
  'sessions[0].to': '16:00',
  'sessions[0].breaks[0].from': '12:00',
  'sessions[0].breaks[0].to': '13:00',
  'sessions[0].breaks[1].from': '',
  'sessions[0].breaks[1].to': '',
  _for: `${w.municipalityId}.${w.coordinator.accountId}`,
  ...over,
})
const planAs = (w: World, form: Record<string, string>, who: { cookie: string } = w.coordinator) =>
  call(plan, '/trainings/new', { as: who, form })

test('the coordinator plans a training and comes to its page; the same key again comes to the same page', async () => {
  const w = await aTraining()
  const form = filled(w, { _key: crypto.randomUUID() })
  const first = await planAs(w, form)
  expect(first).toMatchObject({ status: 302, location: expect.stringMatching(/^\/trainings\/[\da-f-]{36}$/) })
  expect((await planAs(w, form)).location).toBe(first.location)
  expect(await read(w, (tx) => tx.training.count())).toBe(2)
  const page = await call(trainingLoader, first.location!, { as: w.coordinator, params: { trainingId: first.location!.split('/')[2]! } })
  expect(page.body.training).toMatchObject({ capacity: 22, place: 'Зала 3', seatsTaken: 0 })
  expect(page.body.sessions).toMatchObject([{ minutes: 360, startsAt: '2026-12-01T07:00:00.000Z' }])
})

test('the page that plans begins with the project or the course it was opened from, where it is one of those offered', async () => {
  const w = await aTraining()
  const [project, theirs] = [await aProject(w.municipalityId), await aProject((await aTraining()).municipalityId)]
  const from = async (query: string) => (await call(newLoader, `/trainings/new${query}`, { as: w.coordinator })).body.from
  expect(await from(`?project=${project.id}`)).toMatchObject({ project: { id: project.id, title: project.title }, course: null })
  expect(await from(`?course=${w.course.id}`)).toMatchObject({ project: null, course: { id: w.course.id } })
  for (const none of ['', `?project=${theirs.id}`, "?project=1'", `?course=${project.id}`])
    expect(await from(none)).toEqual({ project: null, course: null })
})

test('the trainer’s column stands in no list of a trainer’s own trainings', async () => {
  const w = await aTraining()
  const listOf = async (who: { cookie: string }) => (await call(listLoader, '/trainings?view=all', { as: who })).body.isOwnOnly
  expect([await listOf(w.trainer), await listOf(w.coordinator), await listOf(w.manager), await listOf(w.employee)]).toEqual([
    true,
    false,
    false,
    false,
  ])
})

test('„Добави занятие“ keeps what was typed, checks nothing and saves nothing', async () => {
  const w = await aTraining()
  const form = filled(w, {
    intent: 'add-session',
    capacity: 'много',
    'sessions[1].date': '',
    'sessions[1].from': '10:00',
    'sessions[1].to': '',
  })
  const { status, body } = await planAs(w, form)
  expect(status).toBe(200)
  expect(body.error).toBeNull()
  expect(body.initialValue).toMatchObject({ place: 'Зала 3', capacity: 'много' })
  expect(body.initialValue.sessions).toHaveLength(3)
  expect(body.initialValue.sessions[0]).toMatchObject({ date: '2026-12-01', from: '09:00' })
  expect(body.initialValue.sessions[0].breaks[0]).toEqual({ from: '12:00', to: '13:00' })
  expect(body.initialValue.sessions[1]).toMatchObject({ from: '10:00' })
  expect(await read(w, (tx) => tx.training.count())).toBe(1)
})

test('a row left empty is no session; a row half filled says what it lacks', async () => {
  const w = await aTraining()
  const empty: Record<string, string> = filled(w, {
    'sessions[1].date': '',
    'sessions[1].from': '',
    'sessions[1].to': '',
    'sessions[2].date': '2026-12-02',
  })
  expect(await planAs(w, empty)).toMatchObject({
    status: 422,
    body: {
      error: { 'sessions[2].from': ['Въведете начален час'], 'sessions[2].to': ['Въведете краен час'] },
      initialValue: { place: 'Зала 3' },
    },
  })
  const { 'sessions[2].date': _, ...good } = empty
  expect((await planAs(w, good)).status).toBe(302)
})

test.each([
  [{ capacity: '0' }, 'capacity', expect.stringMatching(/^Въведете число от 1 до 2.?000$/)],
  [{ capacity: '1e3' }, 'capacity', 'Въведете цяло число'],
  [{ place: '' }, 'place', 'Въведете място или адрес за онлайн участие'],
  [{ onlineUrl: 'javascript:alert(1)' }, 'onlineUrl', 'Въведете адрес, който започва с https://'],
  [{ place: 'Я'.repeat(10_000) }, 'place', 'Съкратете текста: най-много 300 знака'],
  [{ courseId: 'x' }, 'courseId', 'Изберете курс от списъка'],
  [{ trainerAccountId: '' }, 'trainerAccountId', 'Изберете обучител от списъка'],
  [{ work: '../../etc' }, 'work', 'Изберете една от възможностите'],
  [{ 'sessions[0].date': '2026-02-30' }, 'sessions[0].date', 'Въведете дата, например 14.03.2024 г.'],
  [{ 'sessions[0].from': '25:00' }, 'sessions[0].from', 'Въведете час, например 09:30'],
  [{ 'sessions[0].to': '08:00' }, 'sessions[0].to', 'Крайният час трябва да е след началния'],
  [{ 'sessions[0].breaks[0].to': '' }, 'sessions[0].breaks[0].to', 'Въведете край на почивката'],
  [
    { 'sessions[0].date': '2026-03-29', 'sessions[0].from': '03:30' },
    'sessions[0].from',
    'Часът 03:30 не съществува на тази дата: тогава часовникът се мести напред',
  ],
  [
    { 'sessions[0].date': '2026-11-02' },
    'sessions[0].from',
    expect.stringMatching(/^Обучителят вече води „.+“ на 02\.11\.2026 г\., 09:00–16:00\./),
  ],
])('bad input %j is answered beside „%s“ and keeps what was typed', async (over, field, message) => {
  const w = await aTraining()
  const { status, body } = await planAs(w, filled(w, over as Record<string, string>))
  expect([409, 422]).toContain(status)
  expect(body.error[field]).toEqual([message])
  expect(body.initialValue.capacity).toBe((over as { capacity?: string }).capacity ?? '22')
  expect(await read(w, (tx) => tx.training.count())).toBe(1)
})

test('HTML and formulas are text like any other', async () => {
  const w = await aTraining()
  const place = '<script>alert(1)</script> =HYPERLINK("x")'
  const { location } = await planAs(w, filled(w, { place, note: '<b>\r\nред' }))
  const { body } = await call(trainingLoader, location!, { as: w.coordinator, params: { trainingId: location!.split('/')[2]! } })
  expect(body.training).toMatchObject({ place, note: '<b>\nред' })
})

test('every page and form of a training: who may, who may not, who learns nothing', async () => {
  const w = await aTraining()
  const theirs = await aTraining()
  const { id: enrolmentId } = await read(w, (tx) =>
    tx.enrolment.findUniqueOrThrow({ where: { trainingId_personId: { trainingId: w.training.id, personId: w.people[0]!.id } } }),
  )
  const params = { trainingId: w.training.id, sessionId: w.sessions[0]!.id, enrolmentId }
  const people = {
    coordinator: w.coordinator,
    trainer: w.trainer,
    manager: w.manager,
    employee: w.employee,
    otherTrainer: w.otherTrainer,
    admin: w.admin,
    supervisor: w.supervisor,
    stranger: theirs.coordinator,
  }
  const expected = {
    //            coord trainer manager employee otherTr admin superv stranger
    page: [trainingLoader, 200, 200, 200, 200, 404, 404, 404, 404],
    edit: [editLoader, 200, 403, 403, 403, 404, 404, 404, 404],
    cancel: [cancelLoader, 200, 403, 403, 403, 404, 404, 404, 404],
    newSession: [newSessionLoader, 200, 403, 403, 403, 404, 404, 404, 404],
    session: [sessionLoader, 200, 403, 403, 403, 404, 404, 404, 404],
    cancelSession: [cancelSessionLoader, 200, 403, 403, 403, 404, 404, 404, 404],
    enrol: [enrolLoader, 200, 403, 403, 403, 404, 404, 404, 404],
    nominate: [nominateLoader, 403, 403, 200, 403, 404, 404, 404, 404],
    request: [requestLoader, 403, 403, 403, 200, 404, 404, 404, 404],
    enrolment: [enrolmentLoader, 200, 200, 200, 200, 404, 404, 404, 404],
  } as const
  for (const [name, [loader, ...statuses]] of Object.entries(expected)) {
    const got = []
    for (const who of Object.values(people)) got.push((await atInstant(BEFORE, () => call(loader, '/', { as: who, params }))).status)
    expect(got, name).toEqual(statuses)
    expect((await call(loader, '/x', { params })).location).toBe('/login?next=%2Fx')
  }
  expect((await call(listLoader, '/trainings', { as: w.admin })).status).toBe(403)
  expect((await call(newLoader, '/trainings/new', { as: w.manager })).status).toBe(403)
  expect((await call(trainingLoader, '/', { as: w.coordinator, params: { trainingId: "1' or 1=1" } })).status).toBe(404)

  const forms = {
    edit: [edit, filled(w), 403, 403, 403, 404, 404, 404, 404],
    cancel: [cancel, { reason: 'x' }, 403, 403, 403, 404, 404, 404, 404],
    addSession: [addSession, { date: '2026-12-05', from: '09:00', to: '10:00' }, 403, 403, 403, 404, 404, 404, 404],
    move: [move, { date: '2026-12-05', from: '09:00', to: '10:00' }, 403, 403, 403, 404, 404, 404, 404],
    cancelSession: [cancelSession, { reason: 'x' }, 403, 403, 403, 404, 404, 404, 404],
    enrol: [enrol, { persons: w.people[0]!.id }, 403, 403, 403, 404, 404, 404, 404],
    refuse: [decide, { intent: 'refuse', refusal: 'x' }, 403, 403, 403, 404, 404, 404, 404],
    withdraw: [decide, { intent: 'withdraw' }, 403, null, null, 404, 404, 404, 404],
  } as const
  const { coordinator: _, ...others } = people
  for (const [name, [action, form, ...statuses]] of Object.entries(forms)) {
    const got = []
    for (const [index, who] of Object.values(others).entries()) {
      const { _for, intent, ...fields } = { _for: '', intent: undefined, ...form } as Record<string, string>
      const sent = { ...fields, ...(intent ? { intent } : {}) }
      if (statuses[index] !== null) got.push((await atInstant(BEFORE, () => call(action, '/', { as: who, params, form: sent }))).status)
    }
    expect(got, name).toEqual(statuses.filter((status) => status !== null))
  }
  const untouched = await read(w, (tx) => tx.auditEvent.count())
  expect(untouched).toBe(0)
})

test('a form drawn for another municipality is refused', async () => {
  const [mine, theirs] = [await aTraining(), await aTraining()]
  // the account works in both and has moved to the second in another tab
  await somebody(theirs.municipalityId, 'coordinator', { accountId: mine.coordinator.accountId })
  expect((await planAs(mine, filled(mine))).status).toBe(409)
  for (const w of [mine, theirs]) expect(await read(w, (tx) => tx.training.count())).toBe(1)
})

test('enrolling from the list: too few seats come back with what was ticked, the waiting list takes the rest', async () => {
  const w = await aTraining({ capacity: 3 })
  const [a, b] = [await aPerson(w.municipalityId, { familyName: 'Абаджиева' }), await aPerson(w.municipalityId, { familyName: 'Бончева' })]
  const params = { trainingId: w.training.id }
  const refused = await call(enrol, '/', { as: w.coordinator, params, form: { persons: [a.id, b.id] } })
  expect(refused).toMatchObject({ status: 409, body: { initialValue: { persons: [a.id, b.id] } } })
  expect(refused.body.error.whenFull[0]).toMatch(/^Избраните са 2, а свободните места са 1\./)
  expect((await call(enrol, '/', { as: w.coordinator, params, form: { persons: [] } })).body.error.persons).toEqual([
    'Изберете поне едно лице',
  ])
  const done = await call(enrol, '/', { as: w.coordinator, params, form: { persons: [a.id, b.id], whenFull: 'waiting' } })
  expect(done).toMatchObject({ status: 302, location: `/trainings/${w.training.id}` })
  const page = await call(trainingLoader, '/?state=waiting', { as: w.coordinator, params })
  expect(page.body.people.rows).toMatchObject([{ name: expect.stringContaining('Бончева'), state: 'waiting' }])
  expect(page.body.counts).toEqual({ approved: 3, waiting: 1 })
})

test('request, approval, withdrawal: the walk of one employee', async () => {
  const w = await aTraining()
  const person = await aPerson(w.municipalityId)
  const employee = await somebody(w.municipalityId, 'employee', { personId: person.id })
  const params = { trainingId: w.training.id }
  await atInstant(BEFORE, async () => {
    const asking = { reason: 'Искам да науча повече.', _key: crypto.randomUUID() }
    const twice = await Promise.all([1, 2].map(() => call(request, '/', { as: employee, params, form: asking })))
    for (const answer of twice) expect(answer).toMatchObject({ status: 302, location: `/trainings/${w.training.id}` })
    expect((await call(request, '/', { as: employee, params, form: {} })).body.error['']).toEqual([
      'Вече сте поискали място в това обучение.',
    ])
    const page = await call(trainingLoader, '/', { as: employee, params })
    expect(page.body.own.state).toBe('requested')
    expect(page.body.may.request).toBe(false)
    const at = { ...params, enrolmentId: page.body.own.id }
    expect(
      (await call(decide, '/', { as: w.coordinator, params: at, form: { intent: 'refuse', refusal: ' ' } })).body.error.refusal,
    ).toEqual(['Напишете защо отказвате: лицето ще види причината'])
    const approval = { intent: 'approve', _key: crypto.randomUUID() }
    expect(await call(decide, '/', { as: w.coordinator, params: at, form: approval })).toMatchObject({ status: 302 })
    expect(await call(decide, '/', { as: w.coordinator, params: at, form: approval })).toMatchObject({ status: 302 })
    expect((await call(decide, '/', { as: w.coordinator, params: at, form: { intent: 'approve' } })).body.error['']).toEqual([
      translateError('bg', 'enrolment.changed_meanwhile'),
    ])
    expect(await call(decide, '/', { as: employee, params: at, form: { intent: 'withdraw', reason: 'болна съм' } })).toMatchObject({
      status: 302,
    })
    const { body } = await call(enrolmentLoader, '/', { as: employee, params: at })
    expect(body.steps.map(({ state, who, reason }: Record<string, string>) => [state, who, reason])).toEqual([
      ['requested', employee.actor.name, 'Искам да науча повече.'],
      ['approved', w.coordinator.actor.name, null],
      ['withdrawn', employee.actor.name, 'болна съм'],
    ])
  })
})

test('taking back what was never decided is not called leaving, and is the same when sent again', async () => {
  const w = await aTraining({ capacity: 3 })
  const said = async (answer: { cookies: string[] }) => {
    const { toast } = (await takeToast(answer.cookies.map((one) => one.split(';')[0]).join('; ')))!
    return translateError('bg', toast.messageKey)
  }
  const takenBack = 'Оттеглено. Лицето вече не чака място в това обучение.'
  for (const [state, word, button] of [
    ['requested', takenBack, 'Оттегли'],
    ['nominated', takenBack, 'Оттегли'],
    ['waiting', takenBack, 'Оттегли'],
    ['approved', 'Лицето е отписано.', 'Отпиши ме'],
  ] as const) {
    const person = await aPerson(w.municipalityId)
    const employee = await somebody(w.municipalityId, 'employee', { personId: person.id })
    const { id } = await enrolled(w.municipalityId, w.training.id, person.id, state)
    const params = { trainingId: w.training.id, enrolmentId: id }
    await atInstant(BEFORE, async () => {
      const shown = (await call(enrolmentLoader, '/', { as: employee, params })).body
      expect(wordsOf(screen(EnrolmentPage, shown))).toMatch(new RegExp(`${button}( |$)`))
      const form = { intent: 'withdraw', reason: '', _key: crypto.randomUUID() }
      for (const _ of ['once', 'again'])
        expect([state, await said(await call(decide, '/', { as: employee, params, form }))]).toEqual([state, word])
      const chip = wordsOf(screen(EnrolmentPage, (await call(enrolmentLoader, '/', { as: employee, params })).body))
      expect([chip.includes('оттеглено'), chip.includes('отписан')]).toEqual([true, false])
      const page = wordsOf(screen(TrainingPage, (await call(trainingLoader, '/', { as: employee, params })).body))
      expect(page).toContain('Участието Ви е оттеглено.')
    })
  }
})

test('a manager’s nomination waits for the coordinator; others do not see his people', async () => {
  const w = await aTraining({ people: 0 })
  const person = await aPerson(w.municipalityId, { service: w.service })
  const params = { trainingId: w.training.id }
  await atInstant(BEFORE, async () => {
    expect(await call(nominate, '/', { as: w.manager, params, form: { persons: [person.id] } })).toMatchObject({ status: 302 })
    const { body } = await call(trainingLoader, '/', { as: w.coordinator, params })
    expect(body.counts).toEqual({ nominated: 1 })
    const other = await somebody(w.municipalityId, 'manager', { serviceId: (await aTrainingService(w)).id })
    expect((await call(trainingLoader, '/', { as: other, params })).body.people.rows).toEqual([])
    expect((await call(trainingLoader, '/', { as: w.trainer, params })).body.people.rows).toEqual([])
  })
})

async function aTrainingService(w: World) {
  return read(w, (tx) =>
    tx.socialService.create({ data: { municipalityId: w.municipalityId, employerId: w.service.employerId, name: 'Друга услуга' } }),
  )
}

test('the EU block and the warning about the term belong to the project', async () => {
  const w = await aTraining()
  const projects = await read(w, async (tx) => [
    await tx.project.create({
      data: { municipalityId: w.municipalityId, title: 'ЕС', startsOn: new Date('2023-04-01'), endsOn: new Date('2025-04-01') },
    }),
    await tx.project.create({ data: { municipalityId: w.municipalityId, title: 'Общински', isEuFunded: false } }),
  ])
  const params = { trainingId: w.training.id }
  const page = async (who: { cookie: string }) => (await call(trainingLoader, '/', { as: who, params })).body
  expect(await page(w.coordinator)).toMatchObject({ project: null, outsideTerm: [] })
  await call(edit, '/', { as: w.coordinator, params, form: filled(w, { work: projects[0]!.id }) })
  expect(await page(w.coordinator)).toMatchObject({ project: { isEuFunded: true }, outsideTerm: ['after'], term: { endsOn: '2025-04-01' } })
  expect(await page(w.trainer)).toMatchObject({ project: { isEuFunded: true }, outsideTerm: [] })
  await call(edit, '/', { as: w.coordinator, params, form: filled(w, { work: projects[1]!.id }) })
  expect(await page(w.coordinator)).toMatchObject({ project: { isEuFunded: false }, outsideTerm: [] })
})

test('sessions are added, moved and cancelled on pages of their own', async () => {
  const w = await aTraining()
  const params = { trainingId: w.training.id, sessionId: w.sessions[0]!.id }
  const [key, otherKey] = [crypto.randomUUID(), crypto.randomUUID()]
  const form = { date: '05.11.2026', from: '9.30', to: '12:00', place: '', onlineUrl: '', _key: key }
  expect(await call(addSession, '/', { as: w.coordinator, params, form })).toMatchObject({
    status: 302,
    location: `/trainings/${w.training.id}`,
  })
  await call(addSession, '/', { as: w.coordinator, params, form })
  expect(await read(w, (tx) => tx.session.count())).toBe(2)
  expect((await call(addSession, '/', { as: w.coordinator, params, form: { ...form, _key: '' } })).body.error.from).toEqual([
    'Занятието се застъпва с друго от същото обучение: 05.11.2026 г., 09:30–12:00',
  ])
  expect(
    (await call(move, '/', { as: w.coordinator, params, form: { ...form, from: '11:00', to: '13:00' } })).body.error.from,
  ).toHaveLength(1)
  expect(await call(move, '/', { as: w.coordinator, params, form: { ...form, from: '12:00', to: '13:00', place: 'Двор' } })).toMatchObject({
    status: 302,
  })
  const { body } = await call(sessionLoader, '/', { as: w.coordinator, params })
  expect(body.session).toMatchObject({ date: '2026-11-05', from: '12:00', to: '13:00', breaks: [], place: 'Двор' })
  expect((await call(cancelSession, '/', { as: w.coordinator, params, form: { reason: '' } })).body.error.reason).toEqual([
    'Напишете защо се отменя занятието',
  ])
  expect(await call(cancelSession, '/', { as: w.coordinator, params, form: { reason: 'болест', _key: otherKey } })).toMatchObject({
    status: 302,
  })
  expect(await call(cancelSession, '/', { as: w.coordinator, params, form: { reason: 'болест', _key: otherKey } })).toMatchObject({
    status: 302,
  })
  const page = await call(trainingLoader, '/', { as: w.coordinator, params })
  expect(page.body.sessions.map(({ isCancelled }: { isCancelled: boolean }) => isCancelled)).toEqual([false, true])
  // a session of another training is not found under this one
  const other = await aTraining()
  expect((await call(sessionLoader, '/', { as: w.coordinator, params: { ...params, sessionId: other.sessions[0]!.id } })).status).toBe(404)
})

test('fewer places than taken is said with the number; more let the waiting list advance', async () => {
  const w = await aTraining({ capacity: 2 })
  const waiting = await aPerson(w.municipalityId)
  await enrolled(w.municipalityId, w.training.id, waiting.id, 'waiting')
  const params = { trainingId: w.training.id }
  await atInstant(BEFORE, async () => {
    const low = await call(edit, '/', { as: w.coordinator, params, form: filled(w, { capacity: '1' }) })
    expect(low.body.error.capacity).toEqual(['Местата не могат да бъдат по-малко от вече заетите: 2'])
    expect(low.body.initialValue.capacity).toBe('1')
    await call(edit, '/', { as: w.coordinator, params, form: filled(w, { capacity: '3' }) })
    expect((await call(trainingLoader, '/', { as: w.coordinator, params })).body.counts).toEqual({ approved: 3 })
  })
})
