import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { candidatesPage } from '~/domain/enrolment/candidates.server'
import { approveEnrolment, refuseEnrolment, withdrawEnrolment } from '~/domain/enrolment/decide-enrolment.server'
import { stateAfter, type EnrolmentAction, type EnrolmentState, type StateBefore } from '~/domain/enrolment/enrolment'
import { enrolmentPage } from '~/domain/enrolment/enrolment.server'
import { enrolPersons } from '~/domain/enrolment/enrol-persons.server'
import { nominatePersons } from '~/domain/enrolment/nominate-persons.server'
import { requestPlace } from '~/domain/enrolment/request-place.server'
import { editTraining } from '~/domain/training/edit-training.server'
import { atInstant } from '~/platform/clock.server'
import { disconnect, inMunicipality } from '~/platform/db.server'
import { aPerson, aService, aTraining, enrolled, somebody } from '../factories'
import { statements } from '../statements'

afterAll(disconnect)

const BEFORE = new Date('2026-10-01T08:00:00Z')
const AFTER = new Date('2026-12-01T08:00:00Z')

type World = Awaited<ReturnType<typeof aTraining>>
const people = async (w: World, count: number) => {
  const made = []
  for (let i = 0; i < count; i++)
    made.push(await aPerson(w.municipalityId, { service: w.service, familyName: `Редов${String(i).padStart(3, '0')}` }))
  return made
}
const states = (w: World) =>
  inMunicipality(w, async (tx) => {
    const rows = await tx.enrolment.findMany({ where: { trainingId: w.training.id }, select: { personId: true, state: true } })
    return new Map(rows.map((row) => [row.personId, row.state]))
  })
const seats = (w: World) =>
  inMunicipality(w, async (tx) => (await tx.training.findUniqueOrThrow({ where: { id: w.training.id } })).seatsTaken)
const count = (all: Map<string, EnrolmentState>, state: EnrolmentState) => [...all.values()].filter((one) => one === state).length
const enrolmentOf = (w: World, personId: string) =>
  inMunicipality(w, (tx) => tx.enrolment.findUniqueOrThrow({ where: { trainingId_personId: { trainingId: w.training.id, personId } } }))
const enrolInput = (persons: string[], whenFull: 'waiting' | null = null) => ({ persons, everybody: null, whenFull })
const detailsOf = (w: World, capacity: number) => ({
  courseId: w.course.id,
  work: null,
  trainerAccountId: w.trainer.accountId,
  place: 'Зала 1',
  onlineUrl: null,
  capacity,
  note: null,
})

// Every action from every state: what it leads to, or null where it is not possible.
const FROM = ['none', 'requested', 'nominated', 'approved', 'waiting', 'refused', 'withdrawn'] as const
const CASES: Record<EnrolmentAction, (EnrolmentState | null)[]> = {
  request: ['requested', null, null, null, null, null, 'requested'],
  nominate: ['nominated', 'nominated', null, null, null, null, 'nominated'],
  enrol: ['approved', 'approved', 'approved', null, null, 'approved', 'approved'],
  wait: ['waiting', 'waiting', 'waiting', null, null, 'waiting', 'waiting'],
  approve: [null, 'approved', 'approved', null, null, null, null],
  refuse: [null, 'refused', 'refused', null, 'refused', null, null],
  withdraw: [null, 'withdrawn', 'withdrawn', 'withdrawn', 'withdrawn', null, null],
  advance: [null, null, null, null, 'approved', null, null],
}
test.each(
  Object.entries(CASES).flatMap(([action, after]) =>
    FROM.map((before, index) => [action as EnrolmentAction, before as StateBefore, after[index]!] as const),
  ),
)('%s from %s leads to %s', (action, before, after) => expect(stateAfter(action, before)).toBe(after))

test('the coordinator enrols several at once; who is in already is passed over; the event names them', async () => {
  const w = await aTraining({ capacity: 10 })
  const [a, b] = await people(w, 2)
  const result = await enrolPersons(w.coordinator.actor, w.training.id, enrolInput([a!.id, b!.id, w.people[0]!.id]))
  expect(result).toEqual({ approved: 2, waiting: 0, skipped: 1 })
  expect(await seats(w)).toBe(4)
  const events = await inMunicipality(w, (tx) =>
    tx.auditEvent.findMany({ where: { subjectId: w.training.id }, include: { payload: true } }),
  )
  expect(events.map(({ action }) => action)).toEqual(['enrolment.enrolled'])
  expect(JSON.parse(events[0]!.payload!.payload).people).toHaveLength(2)
})

test('more people than seats: nobody is enrolled unless the rest may wait; then by name as long as there are seats', async () => {
  const w = await aTraining({ capacity: 3 })
  const three = await people(w, 3)
  const ids = three.map(({ id }) => id).reverse()
  await expect(enrolPersons(w.coordinator.actor, w.training.id, enrolInput(ids))).rejects.toMatchObject({
    code: 'conflict',
    messageKey: 'enrolment.not_enough_seats',
    values: { free: 1, chosen: 3 },
  })
  expect((await states(w)).size).toBe(2)
  expect(await enrolPersons(w.coordinator.actor, w.training.id, enrolInput(ids, 'waiting'))).toEqual({
    approved: 1,
    waiting: 2,
    skipped: 0,
  })
  const now = await states(w)
  expect(three.map(({ id }) => now.get(id))).toEqual(['approved', 'waiting', 'waiting'])
})

test('the waiting list advances in the order of joining when somebody withdraws and when the capacity rises', async () => {
  const w = await aTraining({ capacity: 2 })
  const waiting = await people(w, 4)
  for (const person of [waiting[2]!, waiting[0]!, waiting[3]!, waiting[1]!])
    await atInstant(BEFORE, () => enrolPersons(w.coordinator.actor, w.training.id, enrolInput([person.id], 'waiting')))
  const first = await enrolmentOf(w, w.people[0]!.id)
  await atInstant(BEFORE, () => withdrawEnrolment(w.employee.actor, w.training.id, first.id, null))
  const order = [waiting[2]!, waiting[0]!, waiting[3]!, waiting[1]!].map(({ id }) => id)
  let now = await states(w)
  expect(order.map((id) => now.get(id))).toEqual(['approved', 'waiting', 'waiting', 'waiting'])
  expect(await atInstant(BEFORE, () => editTraining(w.coordinator.actor, w.training.id, detailsOf(w, 4)))).toBe(2)
  now = await states(w)
  expect(order.map((id) => now.get(id))).toEqual(['approved', 'approved', 'approved', 'waiting'])
  const advanced = await enrolmentOf(w, order[0]!)
  const steps = await inMunicipality(w, (tx) => tx.enrolmentStep.findMany({ where: { enrolmentId: advanced.id }, orderBy: { id: 'asc' } }))
  expect(steps.map(({ state, actorName, reason }) => ({ state, actorName, reason }))).toEqual([
    { state: 'waiting', actorName: w.coordinator.actor.name, reason: null },
    { state: 'approved', actorName: w.employee.actor.name, reason: 'освободено място' },
  ])
})

test('the name of who freed the seat is shown to the coordinator and not to the one who got it', async () => {
  const w = await aTraining({ capacity: 2 })
  const [next] = await people(w, 1)
  const nextEmployee = await somebody(w.municipalityId, 'employee', { personId: next!.id })
  await atInstant(BEFORE, async () => {
    await enrolPersons(w.coordinator.actor, w.training.id, enrolInput([next!.id], 'waiting'))
    await withdrawEnrolment(w.employee.actor, w.training.id, (await enrolmentOf(w, w.people[0]!.id)).id, null)
    const { id } = await enrolmentOf(w, next!.id)
    const own = await enrolmentPage(nextEmployee.actor, w.training.id, id)
    expect(own.state).toBe('approved')
    expect(JSON.stringify(own)).not.toContain(w.employee.actor.name)
    const seen = await enrolmentPage(w.coordinator.actor, w.training.id, id)
    expect(seen.steps.at(-1)).toMatchObject({ isAdvance: true, who: w.employee.actor.name })
  })
})

test('nobody advances into a training that is over', async () => {
  const w = await aTraining({ capacity: 2 })
  const [late] = await people(w, 1)
  await atInstant(AFTER, async () => {
    await enrolPersons(w.coordinator.actor, w.training.id, enrolInput([late!.id], 'waiting'))
    await withdrawEnrolment(w.coordinator.actor, w.training.id, (await enrolmentOf(w, w.people[0]!.id)).id, 'грешка')
  })
  expect((await states(w)).get(late!.id)).toBe('waiting')
})

test('twenty requests approved at the same moment for five seats: five seats, fifteen wait, none is lost', async () => {
  const w = await aTraining({ capacity: 5, people: 0 })
  const twenty = await people(w, 20)
  const asking: Awaited<ReturnType<typeof somebody>>[] = []
  for (const person of twenty) asking.push(await somebody(w.municipalityId, 'employee', { personId: person.id }))
  const paths = await atInstant(BEFORE, () => Promise.all(asking.map(({ actor }) => requestPlace(actor, w.training.id, { reason: null }))))
  const ids = paths.map((path) => path.split('/').at(-1)!)
  expect(new Set(ids).size).toBe(20)
  expect(count(await states(w), 'requested')).toBe(20)
  const results = await atInstant(BEFORE, () =>
    Promise.all(ids.map((id) => approveEnrolment(w.coordinator.actor, w.training.id, id, 'waiting'))),
  )
  expect(results.filter((state) => state === 'approved')).toHaveLength(5)
  const now = await states(w)
  expect([count(now, 'approved'), count(now, 'waiting')]).toEqual([5, 15])
  expect(await seats(w)).toBe(5)
})

test('without a waiting list the sixteen too many are told so and stay requests', async () => {
  const w = await aTraining({ capacity: 4, people: 0 })
  const twenty = await people(w, 20)
  const ids = []
  for (const person of twenty) ids.push((await enrolled(w.municipalityId, w.training.id, person.id, 'requested')).id)
  const results = await Promise.allSettled(ids.map((id) => approveEnrolment(w.coordinator.actor, w.training.id, id, null)))
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(4)
  for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ messageKey: 'enrolment.full' })
  const now = await states(w)
  expect([count(now, 'approved'), count(now, 'requested')]).toEqual([4, 16])
})

test('withdrawals and approvals at the same moment never leave a seat empty while somebody waits, nor one too many', async () => {
  const w = await aTraining({ capacity: 5, people: 5 })
  const six = await people(w, 6)
  const requests: string[] = []
  for (const person of six.slice(0, 3)) requests.push((await enrolled(w.municipalityId, w.training.id, person.id, 'requested')).id)
  for (const person of six.slice(3)) await enrolled(w.municipalityId, w.training.id, person.id, 'waiting')
  const leaving: string[] = []
  for (const person of w.people.slice(0, 4)) leaving.push((await enrolmentOf(w, person.id)).id)
  await atInstant(BEFORE, () =>
    Promise.all([
      ...requests.map((id) => approveEnrolment(w.coordinator.actor, w.training.id, id, 'waiting')),
      ...leaving.map((id) => withdrawEnrolment(w.coordinator.actor, w.training.id, id, null)),
    ]),
  )
  const now = await states(w)
  // five seats; one of five stayed, and of the six others four took the freed seats and two wait
  expect([count(now, 'approved'), count(now, 'waiting'), count(now, 'withdrawn')]).toEqual([5, 2, 4])
  expect(await seats(w)).toBe(5)
})

test('the same request sent twice at once is one enrolment', async () => {
  const w = await aTraining({ people: 0 })
  const [person] = await people(w, 1)
  const { actor } = await somebody(w.municipalityId, 'employee', { personId: person!.id })
  const results = await atInstant(BEFORE, () =>
    Promise.allSettled([1, 2, 3].map(() => requestPlace(actor, w.training.id, { reason: null }))),
  )
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect((await states(w)).get(person!.id)).toBe('requested')
})

test('two hundred people are enrolled with as many statements as two', async () => {
  const w = await aTraining({ capacity: 500, people: 0 })
  const ids = await inMunicipality(w, async (tx) => {
    await tx.person.createMany({
      data: Array.from({ length: 202 }, (_, i) => ({ municipalityId: w.municipalityId, givenName: 'Ана', familyName: `Маса${i}` })),
    })
    return (await tx.person.findMany({ where: { municipalityId: w.municipalityId }, select: { id: true } })).map(({ id }) => id)
  })
  const enrol = (chosen: string[]) => enrolPersons(w.coordinator.actor, w.training.id, enrolInput(chosen))
  const forTwo = await statements(() => enrol(ids.slice(0, 2)))
  const forMany = await statements(() => enrol(ids.slice(2)))
  expect(forMany).toBe(forTwo)
  expect(await seats(w)).toBe(202)
  const list = () => candidatesPage(w.coordinator.actor, w.training.id, 'enrol', {}, 1)
  const few = () => candidatesPage(w.coordinator.actor, w.training.id, 'enrol', { q: 'Маса199' }, 1)
  expect(await statements(list)).toBe(await statements(few))
})

test('a manager nominates his own people only, with a reason; a request becomes a nomination', async () => {
  const w = await aTraining({ people: 0 })
  const [own, asked] = await people(w, 2)
  const stranger = await aPerson(w.municipalityId, { service: await aService(w.municipalityId) })
  await enrolled(w.municipalityId, w.training.id, asked!.id, 'requested')
  await atInstant(BEFORE, async () => {
    await expect(nominatePersons(w.manager.actor, w.training.id, { persons: [own!.id, stranger.id], reason: null })).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect((await states(w)).size).toBe(1)
    expect(await nominatePersons(w.manager.actor, w.training.id, { persons: [own!.id, asked!.id], reason: 'нови в услугата' })).toEqual({
      nominated: 2,
      skipped: 0,
    })
  })
  expect(count(await states(w), 'nominated')).toBe(2)
  await expect(nominatePersons(w.trainer.actor, w.training.id, { persons: [own!.id], reason: null })).rejects.toMatchObject({
    code: 'forbidden',
  })
  await expect(
    atInstant(AFTER, () => nominatePersons(w.manager.actor, w.training.id, { persons: [own!.id], reason: null })),
  ).rejects.toMatchObject({ messageKey: 'enrolment.training_over' })
})

test('somebody who left the service is no longer the manager’s to nominate or withdraw', async () => {
  const w = await aTraining()
  const person = w.people[0]!
  await inMunicipality(w, (tx) => tx.assignment.updateMany({ where: { personId: person.id }, data: { endsOn: new Date('2026-09-30') } }))
  const { id } = await enrolmentOf(w, person.id)
  await atInstant(BEFORE, async () => {
    await expect(withdrawEnrolment(w.manager.actor, w.training.id, id, null)).rejects.toMatchObject({ code: 'not_found' })
    await expect(nominatePersons(w.manager.actor, w.training.id, { persons: [person.id], reason: null })).rejects.toMatchObject({
      code: 'forbidden',
    })
    const { rows } = await candidatesPage(w.manager.actor, w.training.id, 'nominate', {}, 1)
    expect(rows.map(({ id: one }) => one)).toEqual([w.people[1]!.id])
  })
})

test('who may decide what: the refusals by role', async () => {
  const w = await aTraining()
  const [person] = await people(w, 1)
  const { id } = await enrolled(w.municipalityId, w.training.id, person!.id, 'requested')
  await atInstant(BEFORE, async () => {
    await expect(approveEnrolment(w.manager.actor, w.training.id, id, null)).rejects.toMatchObject({ code: 'forbidden' })
    for (const actor of [w.trainer.actor, w.otherTrainer.actor, w.employee.actor, w.admin.actor, w.supervisor.actor]) {
      await expect(approveEnrolment(actor, w.training.id, id, null)).rejects.toMatchObject({ code: 'not_found' })
      await expect(refuseEnrolment(actor, w.training.id, id, 'не')).rejects.toMatchObject({ code: 'not_found' })
      await expect(withdrawEnrolment(actor, w.training.id, id, null)).rejects.toMatchObject({ code: 'not_found' })
    }
    const held = await enrolmentOf(w, w.people[0]!.id)
    await expect(withdrawEnrolment(w.trainer.actor, w.training.id, held.id, null)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(enrolPersons(w.trainer.actor, w.training.id, enrolInput([person!.id]))).rejects.toMatchObject({ code: 'forbidden' })
    expect(await refuseEnrolment(w.coordinator.actor, w.training.id, id, 'няма връзка с длъжността')).toBe('refused')
    await expect(approveEnrolment(w.coordinator.actor, w.training.id, id, null)).rejects.toMatchObject({
      messageKey: 'enrolment.changed_meanwhile',
    })
    const { actor } = await somebody(w.municipalityId, 'employee', { personId: person!.id })
    await expect(requestPlace(actor, w.training.id, { reason: null })).rejects.toMatchObject({
      messageKey: 'enrolment.request_after_refused',
    })
    await expect(requestPlace(w.coordinator.actor, w.training.id, { reason: null })).rejects.toMatchObject({ code: 'forbidden' })
  })
})

test('once attendance is recorded the enrolment stays', async () => {
  const w = await aTraining()
  const person = w.people[0]!
  await inMunicipality(w, async (tx) => {
    const claim = await tx.attendanceClaim.create({
      data: {
        municipalityId: w.municipalityId,
        sessionId: w.sessions[0]!.id,
        personId: person.id,
        kind: 'mark',
        source: 'roster',
        mark: 'absent',
        authorKind: 'import',
        authorName: 'Тест',
        key: crypto.randomUUID(),
      },
    })
    await tx.attendance.create({
      data: {
        municipalityId: w.municipalityId,
        sessionId: w.sessions[0]!.id,
        personId: person.id,
        mark: 'absent',
        attendedMinutes: 0,
        claimId: claim.id,
      },
    })
  })
  const { id } = await enrolmentOf(w, person.id)
  await expect(withdrawEnrolment(w.coordinator.actor, w.training.id, id, null)).rejects.toMatchObject({
    messageKey: 'enrolment.has_attendance',
  })
  expect(await seats(w)).toBe(2)
})

test('people and trainings of another municipality do not exist', async () => {
  const [mine, theirs] = [await aTraining(), await aTraining()]
  const stranger = theirs.people[0]!
  await expect(enrolPersons(mine.coordinator.actor, mine.training.id, enrolInput([stranger.id]))).rejects.toMatchObject({
    code: 'not_found',
  })
  await expect(enrolPersons(mine.coordinator.actor, theirs.training.id, enrolInput([mine.people[0]!.id]))).rejects.toMatchObject({
    code: 'not_found',
  })
  const { id } = await enrolmentOf(theirs, stranger.id)
  await expect(withdrawEnrolment(mine.coordinator.actor, theirs.training.id, id, null)).rejects.toMatchObject({ code: 'not_found' })
  await expect(withdrawEnrolment(mine.coordinator.actor, mine.training.id, id, null)).rejects.toMatchObject({ code: 'not_found' })
})

test('the database itself: the app’s role sets no state and no seats, steps are never altered, seats never exceed the capacity', async () => {
  const w = await aTraining({ capacity: 2 })
  const { id } = await enrolmentOf(w, w.people[0]!.id)
  const [extra] = await people(w, 1)
  const client = new pg.Client(process.env.DATABASE_OWNER_URL)
  await client.connect()
  const attempt = async (sql: string, values: unknown[]) => {
    await client.query('begin')
    await client.query('set local role kapacitet_app')
    await client.query(`select set_config('app.municipalities', $1, true)`, [`{${w.municipalityId}}`])
    const error = await client.query(sql, values).then(
      () => null,
      (refused: { code: string; constraint?: string }) => refused,
    )
    await client.query('rollback')
    return error
  }
  try {
    expect(await attempt(`update "Enrolment" set "state" = 'waiting' where "id" = $1`, [id])).toMatchObject({ code: '42501' })
    expect(await attempt(`update "Training" set "seatsTaken" = 0 where "id" = $1`, [w.training.id])).toMatchObject({ code: '42501' })
    expect(await attempt(`delete from "Enrolment" where "id" = $1`, [id])).toMatchObject({ code: '42501' })
    expect(await attempt(`update "EnrolmentStep" set "reason" = 'x' where "enrolmentId" = $1`, [id])).toMatchObject({ code: '42501' })
    expect(
      await attempt(`insert into "Enrolment" ("municipalityId", "trainingId", "personId", "state") values ($1, $2, $3, 'approved')`, [
        w.municipalityId,
        w.training.id,
        extra!.id,
      ]),
    ).toMatchObject({ code: '42501' })
    expect(
      await attempt(
        `with one as (insert into "Enrolment" ("municipalityId", "trainingId", "personId") values ($1, $2, $3) returning "id") select "id" from one`,
        [w.municipalityId, w.training.id, extra!.id],
      ),
    ).toBeNull()
    const waiting = await enrolled(w.municipalityId, w.training.id, extra!.id, 'waiting')
    expect(
      await attempt(
        `insert into "EnrolmentStep" ("municipalityId", "enrolmentId", "state", "actorKind", "actorName") values ($1, $2, 'approved', 'import', 'x')`,
        [w.municipalityId, waiting.id],
      ),
    ).toMatchObject({ code: '23514', constraint: 'training_capacity_holds' })
    expect(await attempt(`update "Training" set "capacity" = 1 where "id" = $1`, [w.training.id])).toMatchObject({
      constraint: 'training_capacity_holds',
    })
  } finally {
    await client.end()
  }
})

test('people are found by any part of a name however it is typed, apart by service, with their state', async () => {
  const w = await aTraining()
  const other = await aService(w.municipalityId)
  const maria = await aPerson(w.municipalityId, { givenName: 'Мария-Йоана', familyName: 'Ѝванова', service: other })
  const anna = await aPerson(w.municipalityId, { givenName: 'Анна 100%', familyName: '=SUM(A1)', service: other })
  const found = async (q: string, serviceId: string | null = null) => {
    const page = await candidatesPage(w.coordinator.actor, w.training.id, 'enrol', { q, serviceId }, 1)
    return page.rows.map(({ id }) => id)
  }
  for (const q of ['мария', 'МАРИЯ', 'йоана', 'и\u0306оана', 'Йоана Мария', 'иванова', 'и\u0300ванова', 'MАРИЯ', 'рия-йо'])
    expect(await found(q), q).toEqual([maria.id])
  expect(await found('100%')).toEqual([anna.id])
  expect(await found('10_%')).toEqual([])
  expect(await found('=sum(')).toEqual([anna.id])
  expect((await found('', other.id)).sort()).toEqual([maria.id, anna.id].sort())
  const { rows, total } = await candidatesPage(w.coordinator.actor, w.training.id, 'enrol', {}, 99)
  expect(total).toBe(4)
  expect(rows.find(({ id }) => id === w.people[0]!.id)).toMatchObject({
    state: 'approved',
    canBeChosen: false,
    position: 'социален работник',
  })
  // everybody of the service at once
  const filter = { q: '', serviceId: other.id }
  expect(await enrolPersons(w.coordinator.actor, w.training.id, { persons: [], everybody: 'on', whenFull: null }, filter)).toMatchObject({
    approved: 2,
  })
})
