import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { addSession } from '~/domain/session/add-session.server'
import { cancelSession } from '~/domain/session/cancel-session.server'
import { moveSession } from '~/domain/session/move-session.server'
import { plannedSession } from '~/domain/session/session-times.server'
import { cancelTraining } from '~/domain/training/cancel-training.server'
import { editTraining } from '~/domain/training/edit-training.server'
import { planTraining } from '~/domain/training/plan-training.server'
import { outsideTerm, trainingState } from '~/domain/training/training'
import { trainingPage } from '~/domain/training/training-page.server'
import { trainingsPage } from '~/domain/training/trainings-list.server'
import { atInstant } from '~/platform/clock.server'
import { disconnect, inMunicipality, type Tx } from '~/platform/db.server'
import { aMunicipality, aPerson, aProject, aSession, aTraining, enrolled, somebody } from '../factories'
import { statements } from '../statements'

afterAll(disconnect)

const SOFIA = 'Europe/Sofia'
const BEFORE = new Date('2026-10-01T08:00:00Z')
type World = Awaited<ReturnType<typeof aTraining>>
type Break = { from: string; to: string; index: number }
const typed = (date: string, from: string, to: string, breaks: Break[] = [], field = 'sessions[0].') => ({ date, from, to, breaks, field })
const one = (date: string, from: string, to: string, breaks: Break[] = []) => ({
  ...typed(date, from, to, breaks, ''),
  place: null,
  onlineUrl: null,
})
const newTraining = (w: World, sessions: ReturnType<typeof typed>[], over = {}) => ({
  courseId: w.course.id,
  work: null,
  trainerAccountId: w.trainer.accountId,
  place: 'Читалище, с. Константин',
  onlineUrl: null,
  capacity: 22,
  note: null,
  sessions,
  ...over,
})
const read = <T>(w: { municipalityId: string }, run: (tx: Tx) => Promise<T>) => inMunicipality(w, run)
const iso = (span: { startsAt: Date; endsAt: Date }) => [span.startsAt.toISOString(), span.endsAt.toISOString()]

describe('times of a session', () => {
  test('winter, summer and the two days on which the clocks change', () => {
    // Sofia: +2 h in winter, +3 h in summer; 29.03.2026 03:00→04:00, 25.10.2026 04:00→03:00
    expect(iso(plannedSession(typed('2026-02-10', '09:00', '16:00'), SOFIA))).toEqual([
      '2026-02-10T07:00:00.000Z',
      '2026-02-10T14:00:00.000Z',
    ])
    expect(iso(plannedSession(typed('2026-07-10', '09:00', '16:00'), SOFIA))).toEqual([
      '2026-07-10T06:00:00.000Z',
      '2026-07-10T13:00:00.000Z',
    ])
    expect(iso(plannedSession(typed('2026-03-29', '02:00', '05:00'), SOFIA))).toEqual([
      '2026-03-29T00:00:00.000Z',
      '2026-03-29T02:00:00.000Z',
    ])
    expect(iso(plannedSession(typed('2026-10-25', '02:00', '05:00'), SOFIA))).toEqual([
      '2026-10-24T23:00:00.000Z',
      '2026-10-25T03:00:00.000Z',
    ])
  })
  test('an end at 00:00 is the end of the day; the 25 hours of an October day are too long', () => {
    expect(iso(plannedSession(typed('2026-02-10', '22:00', '00:00'), SOFIA))).toEqual([
      '2026-02-10T20:00:00.000Z',
      '2026-02-10T22:00:00.000Z',
    ])
    expect(() => plannedSession(typed('2026-10-25', '00:00', '00:00'), SOFIA)).toThrow(
      expect.objectContaining({ messageKey: 'session.too_long' }),
    )
  })
  test.each([
    ['a skipped time', typed('2026-03-29', '03:30', '05:00'), 'field.time_skipped', 'sessions[0].from'],
    ['a skipped end', typed('2026-03-29', '02:00', '03:30'), 'field.time_skipped', 'sessions[0].to'],
    ['an end before the start', typed('2026-02-10', '16:00', '09:00'), 'session.ends_before', 'sessions[0].to'],
    ['no length', typed('2026-02-10', '09:00', '09:00'), 'session.ends_before', 'sessions[0].to'],
    [
      'a break outside',
      typed('2026-02-10', '09:00', '12:00', [{ from: '12:00', to: '13:00', index: 0 }]),
      'session.break_outside',
      'sessions[0].breaks[0].from',
    ],
    [
      'a break that ends before it starts',
      typed('2026-02-10', '09:00', '16:00', [{ from: '13:00', to: '12:00', index: 1 }]),
      'session.break_ends_before',
      'sessions[0].breaks[1].to',
    ],
    [
      'breaks on each other',
      typed('2026-02-10', '09:00', '16:00', [
        { from: '12:00', to: '13:00', index: 0 },
        { from: '12:30', to: '13:30', index: 1 },
      ]),
      'session.breaks_overlap',
      'sessions[0].breaks[1].from',
    ],
  ])('%s is refused beside its field', (_, times, messageKey, field) =>
    expect(() => plannedSession(times, SOFIA)).toThrow(expect.objectContaining({ messageKey, field })),
  )
})

test('the state of a training follows the clock', () => {
  const times = { startsAt: new Date('2026-11-02T07:00:00Z'), endsAt: new Date('2026-11-03T14:00:00Z'), cancelledAt: null }
  expect(trainingState(times, new Date('2026-11-02T06:59:59Z'))).toBe('upcoming')
  expect(trainingState(times, new Date('2026-11-02T07:00:00Z'))).toBe('running')
  expect(trainingState(times, new Date('2026-11-03T14:00:00Z'))).toBe('past')
  expect(trainingState({ ...times, startsAt: null, endsAt: null }, BEFORE)).toBe('unscheduled')
  expect(trainingState({ ...times, cancelledAt: BEFORE }, BEFORE)).toBe('cancelled')
})

test('the term of a project: inside, before, after, unknown', () => {
  const days = { first: '2024-04-13', last: '2024-04-14' }
  expect(outsideTerm(days, { startsOn: '2023-04-13', endsOn: '2024-04-14' })).toEqual([])
  expect(outsideTerm(days, { startsOn: '2023-04-13', endsOn: '2024-04-13' })).toEqual(['after'])
  expect(outsideTerm(days, { startsOn: '2024-04-14', endsOn: null })).toEqual(['before'])
  expect(outsideTerm(days, { startsOn: null, endsOn: null })).toEqual([])
})

test('a training is planned with sessions and breaks at once; the same submission twice is one training', async () => {
  const w = await aTraining()
  const input = newTraining(w, [
    typed('2026-12-01', '09:00', '16:00', [{ from: '12:00', to: '13:00', index: 0 }]),
    typed('2026-12-02', '09:00', '12:00', [], 'sessions[1].'),
  ])
  const key = crypto.randomUUID()
  const paths = await Promise.all([planTraining(w.coordinator.actor, input, key), planTraining(w.coordinator.actor, input, key)])
  expect(paths[0]).toBe(paths[1])
  const id = paths[0]!.split('/').at(-1)!
  expect(await read(w, (tx) => tx.training.count())).toBe(2)
  const page = await atInstant(BEFORE, () => trainingPage(w.coordinator.actor, id))
  expect(page.training).toMatchObject({
    startsAt: '2026-12-01T07:00:00.000Z',
    endsAt: '2026-12-02T10:00:00.000Z',
    state: 'upcoming',
    capacity: 22,
  })
  expect(page.sessions.map(({ minutes }) => minutes)).toEqual([360, 180])
  const events = await read(w, (tx) => tx.auditEvent.findMany({ where: { subjectId: id } }))
  expect(events.map(({ action }) => action)).toEqual(['training.planned'])
})

test('when one session cannot be, nothing of the training is left', async () => {
  const w = await aTraining()
  // the trainer's own training stands on 2 November, 09:00–16:00
  await expect(
    planTraining(
      w.coordinator.actor,
      newTraining(w, [typed('2026-12-01', '09:00', '12:00'), typed('2026-11-02', '15:00', '17:00', [], 'sessions[1].')]),
      null,
    ),
  ).rejects.toMatchObject({
    messageKey: 'session.trainer_busy_with',
    field: 'sessions[1].from',
    values: { title: w.course.title, date: '02.11.2026', from: '09:00', to: '16:00' },
  })
  await expect(
    planTraining(
      w.coordinator.actor,
      newTraining(w, [typed('2026-12-01', '09:00', '12:00'), typed('2026-12-01', '11:00', '13:00', [], 'sessions[1].')]),
      null,
    ),
  ).rejects.toMatchObject({ messageKey: 'session.overlaps', field: 'sessions[1].from' })
  expect(await read(w, (tx) => tx.training.count())).toBe(1)
  expect(await read(w, (tx) => tx.session.count())).toBe(1)
  // one after the other without a pause is no overlap
  await planTraining(w.coordinator.actor, newTraining(w, [typed('2026-11-02', '16:00', '17:00')]), null)
})

test('a trainer taken in another municipality: the time is named, what he does there is not', async () => {
  const [here, there] = [await aTraining(), await aTraining({ sessions: [] })]
  await somebody(there.municipalityId, 'trainer', { accountId: here.trainer.accountId })
  const attempt = planTraining(
    there.coordinator.actor,
    newTraining(there, [typed('2026-11-02', '10:00', '11:00')], { trainerAccountId: here.trainer.accountId }),
    null,
  )
  await expect(attempt).rejects.toMatchObject({
    messageKey: 'session.trainer_busy',
    field: 'sessions[0].from',
    values: { date: '02.11.2026', from: '10:00', to: '11:00' },
  })
  await expect(attempt).rejects.not.toMatchObject({ values: { title: expect.anything() } })
  expect(await read(there, (tx) => tx.training.count())).toBe(1)
})

test('two coordinators put the same trainer at the same time: one of them succeeds', async () => {
  const w = await aTraining()
  const attempts = [1, 2, 3, 4].map(() => planTraining(w.coordinator.actor, newTraining(w, [typed('2026-12-03', '09:00', '12:00')]), null))
  const results = await Promise.allSettled(attempts)
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const result of results)
    if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'conflict', field: 'sessions[0].from' })
})

test('sessions added to one training at the same moment do not overlap', async () => {
  const w = await aTraining()
  const results = await Promise.allSettled(
    ['09:00', '09:30', '10:00'].map((from) => addSession(w.coordinator.actor, w.training.id, one('2026-11-05', from, '11:00'), null)),
  )
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await read(w, (tx) => tx.session.count())).toBe(2)
})

test('only what the form offers can be chosen', async () => {
  const [w, other] = [await aTraining(), await aTraining()]
  const sessions = [typed('2026-12-01', '09:00', '12:00')]
  const project = await aProject(other.municipalityId)
  for (const [over, field] of [
    [{ courseId: other.course.id }, 'courseId'],
    [{ trainerAccountId: other.trainer.accountId }, 'trainerAccountId'],
    [{ trainerAccountId: w.manager.accountId }, 'trainerAccountId'],
    [{ work: { projectId: project.id, activityId: null } }, 'work'],
  ] as const)
    await expect(planTraining(w.coordinator.actor, newTraining(w, sessions, over), null)).rejects.toMatchObject({ code: 'invalid', field })
  for (const who of [w.trainer, w.manager, w.employee, w.admin, w.supervisor])
    await expect(planTraining(who.actor, newTraining(w, sessions), null)).rejects.toMatchObject({ code: 'forbidden' })
})

async function mark(w: World, personId: string, lateMinutes: number, attendedMinutes: number) {
  await read(w, async (tx) => {
    const data = { municipalityId: w.municipalityId, sessionId: w.sessions[0]!.id, personId, mark: 'present' as const, lateMinutes }
    const claim = await tx.attendanceClaim.create({
      data: { ...data, kind: 'mark', source: 'roster', authorKind: 'import', authorName: 'Тест', key: crypto.randomUUID() },
    })
    await tx.attendance.create({ data: { ...data, attendedMinutes, claimId: claim.id } })
  })
}

test('moving a session counts the minutes already marked anew and raises its sequence', async () => {
  const w = await aTraining()
  const session = w.sessions[0]!
  // 09:00–16:00 with an hour's break are 360 minutes; 20 late are 340
  await mark(w, w.people[0]!.id, 0, 360)
  await mark(w, w.people[1]!.id, 20, 340)
  const changed = await moveSession(
    w.coordinator.actor,
    w.training.id,
    session.id,
    one('2026-11-03', '09:00', '13:00', [{ from: '10:30', to: '10:45', index: 0 }]),
  )
  expect(changed).toBe(2)
  const rows = await read(w, (tx) => tx.attendance.findMany({ where: { sessionId: session.id }, orderBy: { lateMinutes: 'asc' } }))
  // 09:00–13:00 less 15 minutes are 225; 20 late are 205
  expect(rows.map(({ attendedMinutes }) => attendedMinutes)).toEqual([225, 205])
  const after = await read(w, (tx) => tx.session.findUniqueOrThrow({ where: { id: session.id }, include: { breaks: true } }))
  expect(after).toMatchObject({ sequence: 1, place: 'Зала 1', startsAt: new Date('2026-11-03T07:00:00Z') })
  expect(after.breaks).toHaveLength(1)
  const training = await read(w, (tx) => tx.training.findUniqueOrThrow({ where: { id: w.training.id } }))
  expect(iso(training as never)).toEqual(['2026-11-03T07:00:00.000Z', '2026-11-03T11:00:00.000Z'])
})

test('what was marked is neither cancelled with its session nor with its training', async () => {
  const w = await aTraining()
  await mark(w, w.people[0]!.id, 0, 360)
  await expect(cancelSession(w.coordinator.actor, w.training.id, w.sessions[0]!.id, 'болест')).rejects.toMatchObject({
    messageKey: 'session.has_attendance',
  })
  await expect(cancelTraining(w.coordinator.actor, w.training.id, 'болест')).rejects.toMatchObject({
    messageKey: 'training.has_attendance',
  })
})

test('a cancelled session frees the trainer, a cancelled training frees all its times and takes nobody', async () => {
  const w = await aTraining()
  await cancelSession(w.coordinator.actor, w.training.id, w.sessions[0]!.id, 'болест')
  await expect(cancelSession(w.coordinator.actor, w.training.id, w.sessions[0]!.id, 'пак')).rejects.toMatchObject({
    messageKey: 'session.cancelled',
  })
  await expect(
    moveSession(w.coordinator.actor, w.training.id, w.sessions[0]!.id, one('2026-11-04', '09:00', '10:00')),
  ).rejects.toMatchObject({
    messageKey: 'session.cancelled',
  })
  const path = await planTraining(w.coordinator.actor, newTraining(w, [typed('2026-11-02', '09:00', '12:00')]), null)
  const id = path.split('/').at(-1)!
  await cancelTraining(w.coordinator.actor, id, 'отпадна')
  await expect(cancelTraining(w.coordinator.actor, id, 'отпадна')).rejects.toMatchObject({ messageKey: 'training.cancelled' })
  await expect(addSession(w.coordinator.actor, id, one('2026-11-02', '09:00', '12:00'), null)).rejects.toMatchObject({
    messageKey: 'training.cancelled',
  })
  await planTraining(w.coordinator.actor, newTraining(w, [typed('2026-11-02', '09:00', '12:00')]), null)
})

test('the capacity cannot go below the taken seats; a new trainer leads the sessions, unless he is taken', async () => {
  const w = await aTraining()
  const details = { ...newTraining(w, []), place: 'Зала 2' }
  await expect(editTraining(w.coordinator.actor, w.training.id, { ...details, capacity: 1 })).rejects.toMatchObject({
    messageKey: 'training.capacity_below',
    field: 'capacity',
    values: { taken: 2 },
  })
  await editTraining(w.coordinator.actor, w.training.id, { ...details, trainerAccountId: w.otherTrainer.accountId })
  const session = await read(w, (tx) => tx.session.findUniqueOrThrow({ where: { id: w.sessions[0]!.id } }))
  expect(session).toMatchObject({ leaderAccountId: w.otherTrainer.accountId, place: 'Зала 2' })
  await planTraining(w.coordinator.actor, newTraining(w, [typed('2026-11-02', '10:00', '11:00')]), null)
  await expect(editTraining(w.coordinator.actor, w.training.id, details)).rejects.toMatchObject({
    messageKey: 'session.trainer_busy_with',
    field: 'trainerAccountId',
  })
})

test('the database refuses overlapping sessions, a leader in two places and breaks outside, whoever asks', async () => {
  const w = await aTraining()
  const client = new pg.Client(process.env.DATABASE_OWNER_URL)
  await client.connect()
  const attempt = (sql: string, values: unknown[]) =>
    client.query(sql, values).then(
      () => null,
      (refused: { constraint?: string }) => refused.constraint,
    )
  try {
    const insert = `insert into "Session" ("municipalityId", "kind", "leaderAccountId", "startsAt", "endsAt") values ($1, 'training', $2, $3, $4)`
    expect(await attempt(insert, [w.municipalityId, w.trainer.accountId, '2026-11-02T13:59:00Z', '2026-11-02T15:00:00Z'])).toBe(
      'session_leader_is_free',
    )
    expect(await attempt(insert, [w.municipalityId, w.trainer.accountId, '2026-12-02T15:00:00Z', '2026-12-02T15:00:00Z'])).toBe(
      'session_ends_after',
    )
    const { rows } = await client.query(`${insert} returning "id"`, [
      w.municipalityId,
      w.otherTrainer.accountId,
      '2026-11-02T13:59:00Z',
      '2026-11-02T15:00:00Z',
    ])
    expect(
      await attempt(`insert into "TrainingSession" ("sessionId", "municipalityId", "trainingId") values ($1, $2, $3)`, [
        rows[0].id,
        w.municipalityId,
        w.training.id,
      ]),
    ).toBe('training_sessions_apart')
    expect(
      await attempt(`insert into "SessionBreak" ("municipalityId", "sessionId", "startsAt", "endsAt") values ($1, $2, $3, $4)`, [
        w.municipalityId,
        w.sessions[0]!.id,
        '2026-11-02T06:00:00Z',
        '2026-11-02T07:30:00Z',
      ]),
    ).toBe('session_break_within')
  } finally {
    await client.end()
  }
})

test('who sees which trainings', async () => {
  const w = await aTraining()
  const theirs = await aTraining()
  const coming = (who: { actor: World['employee']['actor'] }, view: 'upcoming' | 'all' = 'upcoming', now = BEFORE) =>
    atInstant(now, async () => (await trainingsPage(who.actor, { view })).rows.map(({ id }) => id))
  const outsider = await somebody(w.municipalityId, 'employee', { personId: (await aPerson(w.municipalityId)).id })
  for (const who of [w.coordinator, w.trainer, w.manager, w.employee, outsider]) expect(await coming(who)).toEqual([w.training.id])
  expect(await coming(w.otherTrainer)).toEqual([])
  expect(await coming(theirs.coordinator)).toEqual([theirs.training.id])
  const later = new Date('2026-12-24T08:00:00Z')
  // once it is over: those who were enrolled still see it, other employees do not
  expect(await coming(w.employee, 'all', later)).toEqual([w.training.id])
  expect(await coming(outsider, 'all', later)).toEqual([])
  for (const who of [w.admin, w.supervisor]) {
    await expect(coming(who)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(trainingPage(who.actor, w.training.id)).rejects.toMatchObject({ code: 'not_found' })
  }
  await cancelTraining(w.coordinator.actor, w.training.id, 'отпадна')
  expect(await coming(w.manager, 'all')).toEqual([])
  expect(await coming(w.employee, 'all')).toEqual([w.training.id])
  await expect(trainingPage(theirs.coordinator.actor, w.training.id)).rejects.toMatchObject({ code: 'not_found' })
  // an employee who is also a trainer sees what either sees
  const both = await somebody(w.municipalityId, ['trainer', 'employee'])
  expect(await coming(both, 'all')).toEqual([])
})

test('whose names the page shows', async () => {
  const w = await aTraining()
  const waiting = await aPerson(w.municipalityId, { givenName: 'Чакаща', familyName: 'Чужда' })
  await enrolled(w.municipalityId, w.training.id, waiting.id, 'waiting')
  const names = async (who: { actor: World['employee']['actor'] }) =>
    (await atInstant(BEFORE, () => trainingPage(who.actor, w.training.id))).people?.rows.map(({ name }) => name) ?? null
  const own = w.people.map(({ givenName, familyName }) => `${givenName} ${familyName}`)
  expect(await names(w.coordinator)).toEqual(
    ['Чакаща Чужда', ...own].sort((a, b) => a.split(' ')[1]!.localeCompare(b.split(' ')[1]!, 'bg', { numeric: false })),
  )
  expect((await names(w.trainer))!.sort()).toEqual([...own].sort())
  expect((await names(w.manager))!.sort()).toEqual([...own].sort())
  expect(await names(w.employee)).toBeNull()
  const page = await atInstant(BEFORE, () => trainingPage(w.employee.actor, w.training.id))
  expect(page.own).toMatchObject({ state: 'approved' })
  expect(JSON.stringify(page)).not.toContain(w.people[1]!.familyName)
})

test('the list is searched by course, place and trainer, whatever the case; signs of the pattern are signs', async () => {
  const w = await aTraining()
  await planTraining(
    w.coordinator.actor,
    newTraining(w, [typed('2026-12-01', '09:00', '12:00')], { place: 'Читалище „Напредък“ 100%' }),
    null,
  )
  const found = (q: string) => atInstant(BEFORE, async () => (await trainingsPage(w.coordinator.actor, { view: 'all', q })).total)
  expect(await found('НАПРЕДЪК')).toBe(1)
  expect(await found('100%')).toBe(1)
  expect(await found('_00%')).toBe(0)
  expect(await found(w.course.title.toLowerCase())).toBe(2)
  expect(await found(`${w.course.title} напредък`)).toBe(1)
  expect(await found(w.trainer.actor.name)).toBe(2)
  expect(await found('\'; drop table "Training"; --')).toBe(0)
})

test('the number of queries of list and page is the same for one training and for fifty, for one person and for many', async () => {
  const w = await aTraining({ people: 1 })
  const list = () => atInstant(BEFORE, () => trainingsPage(w.coordinator.actor, { view: 'all' }))
  const page = () => atInstant(BEFORE, () => trainingPage(w.coordinator.actor, w.training.id))
  const before = [await statements(list), await statements(page)]
  expect(Math.min(...before)).toBeGreaterThan(3)
  const times = Array.from({ length: 12 }, (_, i) => ({ startsAt: `2026-12-${10 + i}T07:00:00Z`, endsAt: `2026-12-${10 + i}T09:00:00Z` }))
  for (const one of times) await aSession(w.municipalityId, w.training, one)
  for (let i = 0; i < 12; i++) await enrolled(w.municipalityId, w.training.id, (await aPerson(w.municipalityId)).id)
  await read(w, (tx) =>
    tx.training.createMany({
      data: times.map(() => ({
        municipalityId: w.municipalityId,
        courseId: w.course.id,
        trainerAccountId: w.trainer.accountId,
        place: 'X',
        capacity: 3,
      })),
    }),
  )
  expect([await statements(list), await statements(page)]).toEqual(before)
})

test('a municipality in another zone plans in its own', async () => {
  const { id } = await aMunicipality({ timeZone: 'Europe/London' })
  const trainer = await somebody(id, 'trainer')
  expect(iso(plannedSession(typed('2026-07-10', '09:00', '10:00'), trainer.actor.timeZone))[0]).toBe('2026-07-10T08:00:00.000Z')
})
