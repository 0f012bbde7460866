import { expect, test } from 'vitest'
import { addActivity } from '~/domain/project/add-activity.server'
import { createProject, updateProject } from '~/domain/project/keep-project.server'
import { projectAttendances, projectNumbers, trainedPersons } from '~/domain/project/project-numbers.server'
import { findProject, projectCard, projectList } from '~/domain/project/project.server'
import { newProjectSchema, projectSchema, type ProjectFacts } from '~/domain/project/schema'
import { violated } from '~/platform/db-errors.server'
import { inMunicipality } from '~/platform/db.server'
import { aCourse, aMunicipality, aPerson, aProject, aSession, somebody } from '../factories'
import { attended } from './project-factories'

const facts = (given: Record<string, string>): ProjectFacts => projectSchema.parse(given)
const fresh = (given: object) => newProjectSchema.parse(given)
const idIn = (path: string) => path.split('/')[2]!

async function aPlace() {
  const { id: municipalityId } = await aMunicipality()
  const coordinator = await somebody(municipalityId, 'coordinator')
  return { municipalityId, coordinator, actor: coordinator.actor }
}

test('what is not stated is kept as unknown; the amount stays as signed', async () => {
  const { actor } = await aPlace()
  const path = await createProject(actor, fresh({ title: 'Укрепване', amountBgn: '230 942,88', amountKind: 'total' }), null)
  expect(await findProject(actor, idIn(path))).toMatchObject({
    title: 'Укрепване',
    numberAsWritten: null,
    amountBgn: '230942.88',
    amountKind: 'total',
    startsOn: null,
    endsOn: null,
    termMonths: null,
    isEuFunded: false,
  })
})

test('warnings are stored with the project and follow every correction; those given as data stay', async () => {
  const { actor, municipalityId } = await aPlace()
  const id = idIn(
    await createProject(
      actor,
      fresh({ numberAsWritten: 'BG05SFRP002-2.002-0012-C01', startsOn: '2023-04-01', endsOn: '2025-04-01' }),
      null,
    ),
  )
  await inMunicipality(actor, (tx) =>
    tx.projectWarning.create({
      data: { municipalityId, projectId: id, code: 'counts_mixed', isByRule: false, detail: { bg: 'Смесени числа.', en: 'Mixed.' } },
    }),
  )
  const warnings = async () => (await projectCard(actor, id)).warnings.map(({ code, detail }) => ({ code, detail }))
  expect(await warnings()).toEqual([
    { code: 'programme_misspelt', detail: { written: 'BG05SFRP002', right: 'BG05SFPR002' } },
    { code: 'term_uneven', detail: { startsOn: '2023-04-01', endsOn: '2025-04-01', months: 24, days: 1 } },
    { code: 'counts_mixed', detail: { bg: 'Смесени числа.', en: 'Mixed.' } },
  ])
  await updateProject(actor, id, facts({ numberAsWritten: 'BG05SFPR002-2.002-0012-C01', startsOn: '2023-04-01', endsOn: '2025-04-02' }))
  expect(await warnings()).toEqual([
    { code: 'term_uneven', detail: { startsOn: '2023-04-01', endsOn: '2025-04-02', months: 24, days: 2 } },
    { code: 'counts_mixed', detail: { bg: 'Смесени числа.', en: 'Mixed.' } },
  ])
  expect((await projectList(actor)).rows[0]).toMatchObject({ id, warnings: 2, trainings: 0 })
  const events = await inMunicipality(actor, (tx) =>
    tx.auditEvent.findMany({ where: { subjectId: id }, orderBy: { seq: 'asc' }, include: { payload: true } }),
  )
  expect(events.map(({ action }) => action)).toEqual(['project.created', 'project.updated'])
  expect(JSON.parse(events[1]!.payload!.payload)).toMatchObject({ endsOn: { from: '2025-04-01', to: '2025-04-02' } })
})

test('an edit that changes nothing leaves no event', async () => {
  const { actor } = await aPlace()
  const same = { title: 'Проект', amountBgn: '100', amountKind: 'grant', startsOn: '2024-01-01' }
  const id = idIn(await createProject(actor, fresh(same), null))
  await updateProject(actor, id, facts(same))
  expect(await inMunicipality(actor, (tx) => tx.auditEvent.count({ where: { subjectId: id } }))).toBe(1)
})

/**
 * Two namesakes (А, Б) and В; three trainings of the project with four sessions, and one training outside it.
 *   training 1: session 1 А 90, Б 90, В absent; session 2 А 45
 *   training 2: session 3 А 60, В 0 (present, but late by the whole of it)
 *   training 3: session 4 А 30
 *   outside:    session 5 Б 500
 * Persons: А, Б, В = 3. Attendances: 2 + 1 + 2 + 1 = 6. Minutes: 90 + 90 + 45 + 60 + 0 + 30 = 315 = 7,0 academic hours.
 */
async function aTrainedPlace() {
  const place = await aPlace()
  const { municipalityId } = place
  const project = await aProject(municipalityId)
  const trainer = await somebody(municipalityId, 'trainer')
  const course = await aCourse(municipalityId)
  const [a, b, c] = [
    await aPerson(municipalityId, { givenName: 'Иван', familyName: 'Иванов', position: 'психолог' }),
    await aPerson(municipalityId, { givenName: 'Иван', familyName: 'Иванов', position: 'юрист' }),
    await aPerson(municipalityId, { givenName: 'Вяра', familyName: 'Боева', position: 'счетоводител' }),
  ]
  const training = (projectId: string | null) =>
    inMunicipality(place.actor, (tx) =>
      tx.training.create({
        data: { municipalityId, courseId: course.id, projectId, trainerAccountId: trainer.accountId, place: 'Зала', capacity: 9 },
      }),
    )
  const trainings = [await training(project.id), await training(project.id), await training(project.id), await training(null)]
  const day = async (one: number, date: string) =>
    (await aSession(municipalityId, trainings[one]!, { startsAt: `${date}T07:00:00Z`, endsAt: `${date}T09:00:00Z` })).id
  const [s1, s2, s3, s4, s5] = [
    await day(0, '2023-05-01'),
    await day(0, '2023-05-02'),
    await day(1, '2023-05-03'),
    await day(2, '2023-05-04'),
    await day(3, '2023-05-05'),
  ]
  const mark = (session: string, person: { id: string }, minutes: number) => attended(municipalityId, session, person.id, minutes)
  await mark(s1!, a!, 90)
  await mark(s1!, b!, 90)
  await attended(municipalityId, s1!, c!.id, 0, 'absent')
  await mark(s2!, a!, 45)
  await mark(s3!, a!, 60)
  await mark(s3!, c!, 0)
  await mark(s4!, a!, 30)
  await mark(s5!, b!, 500)
  return { ...place, project, a: a!, b: b!, c: c!, trainer }
}

test('persons, attendances and hours are three numbers; a person at three trainings is one', async () => {
  const { actor, project } = await aTrainedPlace()
  expect(await projectNumbers(actor, project.id)).toEqual({ persons: 3, attendances: 6, attendedMinutes: 315 })
})

test('the list behind each number adds up to it, page by page, and tells namesakes apart', async () => {
  const { actor, project, a, b, c } = await aTrainedPlace()
  const { rows, total } = await trainedPersons(actor, project.id)
  expect(total).toBe(3)
  const shown = rows.map(({ personId, position, workplace, trainings, attendances, attendedMinutes }) => [
    personId,
    position,
    workplace,
    trainings,
    attendances,
    attendedMinutes,
  ])
  expect(shown[0]).toEqual([c.id, 'счетоводител', 'Общинска администрация', 1, 1, 0])
  expect(shown.slice(1)).toEqual(
    expect.arrayContaining([
      [a.id, 'психолог', 'Общинска администрация', 3, 4, 225],
      [b.id, 'юрист', 'Общинска администрация', 1, 1, 90],
    ]),
  )
  const pages = await Promise.all([1, 2, 3].map((page) => projectAttendances(actor, project.id, { page, rowsPerPage: 2 })))
  const all = pages.flatMap((page) => page.rows)
  expect(all).toHaveLength(6)
  expect(new Set(all.map(({ sessionId, personId }) => sessionId + personId)).size).toBe(6)
  expect(all.map(({ attendedMinutes }) => attendedMinutes)).toEqual([90, 90, 45, 0, 60, 30])
  expect(all.reduce((sum, row) => sum + row.attendedMinutes, 0)).toBe(315)
})

test('a project without trainings has three zeros', async () => {
  const { actor, municipalityId } = await aPlace()
  const project = await aProject(municipalityId)
  expect(await projectNumbers(actor, project.id)).toEqual({ persons: 0, attendances: 0, attendedMinutes: 0 })
  expect((await trainedPersons(actor, project.id, { page: 7 })).rows).toEqual([])
})

test.each(['admin', 'manager', 'trainer', 'employee', 'supervisor'] as const)('for a %s there are no projects', async (role) => {
  const { municipalityId } = await aPlace()
  const project = await aProject(municipalityId)
  const person = await aPerson(municipalityId)
  const serviceId = role === 'manager' ? (await (await import('../factories')).aService(municipalityId)).id : undefined
  const { actor } = await somebody(municipalityId, role, { personId: person.id, serviceId })
  for (const look of [findProject, projectCard, projectNumbers, trainedPersons, projectAttendances])
    await expect(look(actor, project.id)).rejects.toMatchObject({ code: 'not_found' })
  expect((await projectList(actor)).total).toBe(0)
  await expect(createProject(actor, fresh({ title: 'Нов' }), null)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(addActivity(actor, project.id, 'Дейност', null)).rejects.toMatchObject({ code: 'not_found' })
})

test('another municipality’s project does not exist', async () => {
  const [here, there] = [await aPlace(), await aPlace()]
  const project = await aProject(there.municipalityId)
  for (const look of [findProject, projectCard, projectNumbers, trainedPersons, projectAttendances])
    await expect(look(here.actor, project.id)).rejects.toMatchObject({ code: 'not_found' })
  await expect(updateProject(here.actor, project.id, facts({ title: 'Мой' }))).rejects.toMatchObject({ code: 'not_found' })
})

test('activities added at once take different numbers, and the same submission twice is one', async () => {
  const { actor, municipalityId } = await aPlace()
  const project = await aProject(municipalityId)
  const key = crypto.randomUUID()
  await Promise.all([
    addActivity(actor, project.id, 'Обучение', key),
    addActivity(actor, project.id, 'Обучение', key),
    ...['Супервизия', 'Кампания', 'Анализ'].map((title) => addActivity(actor, project.id, title, crypto.randomUUID())),
  ])
  const { activities } = await projectCard(actor, project.id)
  expect(activities.map(({ ordinal }) => ordinal)).toEqual([1, 2, 3, 4])
  expect(activities.filter(({ title }) => title === 'Обучение')).toHaveLength(1)
})

test.each([
  ['project_amount_has_kind', { amountBgn: '10' }],
  ['project_amount_positive', { amountBgn: '-1', amountKind: 'total' }],
  ['project_ends_after', { startsOn: new Date('2024-01-02'), endsOn: new Date('2024-01-01') }],
  ['project_term_positive', { termMonths: 0 }],
  ['project_text_length', { title: '' }],
] as const)('the database itself holds %s', async (constraint, data) => {
  const { municipalityId } = await aPlace()
  const broken = inMunicipality({ municipalityId }, (tx) => tx.project.create({ data: { municipalityId, ...data } }))
  await expect(broken.catch((error: unknown) => violated(error, constraint))).resolves.toBe(true)
})

test('searches by title, number and programme, whatever the case', async () => {
  const { actor } = await aPlace()
  await createProject(actor, fresh({ title: 'Укрепване на капацитета', numberAsWritten: 'BG05SFPR002-2.002-0164' }), null)
  await createProject(actor, fresh({ funding: 'Европейски социален фонд' }), null)
  const found = async (q: string) => (await projectList(actor, { q })).total
  expect([await found(''), await found('УКРЕПВАНЕ'), await found('0164 капацитет'), await found('социален'), await found('100%')]).toEqual([
    2, 1, 1, 1, 0,
  ])
})

const NUMBER = 'BG05SFPR002-2.002-0012-C01'
const KNOWN = { title: 'Укрепване на капацитета', startsOn: '2023-04-01', numberAsWritten: NUMBER }
test.each([
  ['the number, whatever else differs', KNOWN, { numberAsWritten: NUMBER, title: 'Друго', startsOn: '2024-01-01' }, 'same_number'],
  ['the number in small letters', KNOWN, { numberAsWritten: 'bg05sfpr002-2.002-0012-c01' }, 'same_number'],
  ['title and start, the second without a number', KNOWN, { title: 'УКРЕПВАНЕ на капацитета', startsOn: '2023-04-01' }, 'same_facts'],
  ['title and start, the first without a number', { title: 'А', startsOn: '2023-04-01' }, { ...KNOWN, title: 'А' }, 'same_facts'],
  ['a title without any start', { title: 'А' }, { title: 'А' }, 'same_facts'],
  [
    'programme and funding where nothing else is known',
    { programme: 'РЧР', funding: 'ЕСФ+' },
    { programme: 'РЧР', funding: 'ЕСФ+' },
    'same_facts',
  ],
  ['title and start under two numbers', KNOWN, { ...KNOWN, numberAsWritten: 'BG05SFPR002-2.002-0013-C01' }, null],
  ['a title with another start', { title: 'А', startsOn: '2023-04-01' }, { title: 'А', startsOn: '2023-04-02' }, null],
  ['a title with and without a start', { title: 'А', startsOn: '2023-04-01' }, { title: 'А' }, null],
  ['a programme with another funding', { programme: 'РЧР', funding: 'ЕСФ+' }, { programme: 'РЧР' }, null],
])('a second project of the same %s', async (_, first, second, asked) => {
  const { actor } = await aPlace()
  const path = await createProject(actor, fresh(first), crypto.randomUUID())
  const add = (over: object) => createProject(actor, fresh({ ...second, ...over }), crypto.randomUUID())
  if (asked)
    await expect(add({})).rejects.toMatchObject({ code: 'conflict', messageKey: `project.${asked}`, field: 'another', values: { path } })
  await add({ another: true })
  expect((await projectList(actor)).total).toBe(2)
  if (!asked) await expect(add({})).rejects.toMatchObject({ code: 'conflict' })
})

test('a project of another municipality is in nobody’s way', async () => {
  const [here, elsewhere] = [await aPlace(), await aPlace()]
  await createProject(elsewhere.actor, fresh(KNOWN), null)
  await createProject(here.actor, fresh(KNOWN), null)
  expect((await projectList(here.actor)).total).toBe(1)
})

test('an activity is added once to a project, and by the same words to another', async () => {
  const { actor, municipalityId } = await aPlace()
  const [first, second] = [await aProject(municipalityId), await aProject(municipalityId)]
  await addActivity(actor, first.id, 'Обучения на екипа', crypto.randomUUID())
  await expect(addActivity(actor, first.id, 'обучения  на екипа', crypto.randomUUID())).rejects.toMatchObject({
    code: 'conflict',
    field: 'title',
    values: { ordinal: 1 },
  })
  await addActivity(actor, second.id, 'Обучения на екипа', crypto.randomUUID())
  expect((await projectCard(actor, first.id)).activities).toHaveLength(1)
})
