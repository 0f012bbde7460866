import { expect, test } from 'vitest'
import { createPerson } from '~/domain/person/create-person.server'
import { addPost, updatePost } from '~/domain/person/keep-post.server'
import { personRecord } from '~/domain/person/person-record.server'
import { findPerson, searchPersons } from '~/domain/person/person.server'
import type { NewPerson } from '~/domain/person/schema'
import { updatePerson } from '~/domain/person/update-person.server'
import { atInstant } from '~/platform/clock.server'
import { inMunicipality, outsideMunicipalities } from '~/platform/db.server'
import { violated } from '~/platform/db-errors.server'
import { aMunicipality, aPerson, aService, aTraining, somebody } from '../factories'
import { attended } from './project-factories'

const named = (names: Partial<NewPerson> & { givenName: string }): NewPerson => ({
  middleName: null,
  familyName: null,
  latinName: null,
  employeeNumber: null,
  sex: null,
  firstInSocialSystemOn: null,
  namesake: false,
  workplace: null,
  position: null,
  category: null,
  startsOn: null,
  ...names,
})
const KEY = () => crypto.randomUUID()
const idIn = (path: string) => path.split('/')[2]!

test.each([
  ['ИВАНОВ', 'Иванов'],
  ['anov', 'Ivanov'],
  ['Ивaнoв', 'Иванов'], // Latin a and o
  ['МAРИЯ', 'Мария'], // Latin A
  ['BЕPА', 'Вера'], // Latin B and P
  ['maria', 'Maria'],
  ['MARIA', 'Maria'],
  ['николаи\u0306', 'Николай'], // decomposed й typed
  ['николай', 'Николаи\u0306'], // decomposed й stored
  ['Марийка', 'Марийка'],
  ['мариика', 'Мариѝка'], // ѝ is found as и
  ['мариѝка', 'Мариика'],
  ['мариика', 'Мариѝка'], // decomposed ѝ stored
  ['Петрова-Илиева', 'Петрова Илиева'],
  ['петрова илиева', 'Петрова-Илиева'],
  ['Петрова‑Илиева', 'Петрова-Илиева'], // non-breaking hyphen
  ['илиева', 'Петрова – Илиева'],
  ['Ива́нова', 'Иванова'], // stress mark
  ['ива\u00adнова', 'Иванова'], // soft hyphen
  ["д'артанян", 'Д’Артанян'],
  ['  иванов  ', 'Иванов'],
  ['öztürk', 'Öztürk'],
])('the fold makes „%s“ find „%s“', async (typed, stored) => {
  const [row] = await outsideMunicipalities(
    (db) => db.$queryRaw<{ found: boolean }[]>`select fold_for_search(${stored}) like '%' || fold_for_search(${typed}) || '%' as found`,
  )
  expect(row!.found).toBe(true)
})

test.each([
  ['и', 'Йордан'], // й is a letter of its own
  ['шт', 'Щерев'],
])('the fold keeps „%s“ apart from „%s“', async (typed, stored) => {
  const [row] = await outsideMunicipalities(
    (db) => db.$queryRaw<{ found: boolean }[]>`select fold_for_search(${stored}) like '%' || fold_for_search(${typed}) || '%' as found`,
  )
  expect(row!.found).toBe(false)
})

test('people are found by every word in any order, by Latin form and by number, and listed by family name in Bulgarian order', async () => {
  const { id: municipalityId } = await aMunicipality()
  const { actor } = await somebody(municipalityId, 'coordinator')
  for (const [givenName, middleName, familyName] of [
    ['Юлия', null, 'Ямакова'],
    ['Иван', 'Петров', 'Ъглев'],
    ['Иван', 'Стоянов', 'Щерев'],
    ['Ана-Мария', 'Иванова', 'Йовчева'],
    ['Айше', null, null],
  ] as const)
    await createPerson(actor, named({ givenName, middleName, familyName, employeeNumber: givenName === 'Юлия' ? 'СЛ-17' : null }), null)
  const find = async (q: string) =>
    (await searchPersons(actor, q)).rows.map(({ givenName, familyName }) => `${givenName} ${familyName ?? ''}`.trim())
  expect(await find('')).toEqual(['Айше', 'Ана-Мария Йовчева', 'Иван Щерев', 'Иван Ъглев', 'Юлия Ямакова'])
  expect(await find('щерев иван')).toEqual(['Иван Щерев'])
  expect(await find('иван')).toEqual(['Ана-Мария Йовчева', 'Иван Щерев', 'Иван Ъглев'])
  expect(await find('yamakova')).toEqual(['Юлия Ямакова'])
  expect(await find('сл-17')).toEqual(['Юлия Ямакова'])
  expect(await find('%')).toEqual([])
  expect(await find('_')).toEqual([])
  expect(await find('\\')).toEqual([])
})

test('a page past the end is the last one, and rows are not repeated', async () => {
  const { id: municipalityId } = await aMunicipality()
  const { actor } = await somebody(municipalityId, 'coordinator')
  for (let i = 0; i < 5; i++) await aPerson(municipalityId, { givenName: 'Иван', familyName: 'Иванов' })
  const pages = await Promise.all([1, 2, 3, 99].map((page) => searchPersons(actor, 'иванов', { page, rowsPerPage: 2 })))
  expect(pages.map(({ page, total, rows }) => [page, total, rows.length])).toEqual([
    [1, 5, 2],
    [2, 5, 2],
    [3, 5, 1],
    [3, 5, 1],
  ])
  expect(new Set(pages.slice(0, 3).flatMap(({ rows }) => rows.map(({ id }) => id))).size).toBe(5)
})

test('each role sees its own people and nobody of another municipality', async () => {
  const w = await aTraining()
  const elsewhere = await aTraining()
  const outsider = await aPerson(w.municipalityId, { givenName: 'Друг' })
  const seen = async (who: { actor: Parameters<typeof searchPersons>[0] }) =>
    (await searchPersons(who.actor, '')).rows.map(({ id }) => id).sort()
  const enrolled = w.people.map(({ id }) => id)
  const everybody = [...enrolled, outsider.id].sort()
  expect(await seen(w.coordinator)).toEqual(everybody)
  expect(await seen(w.admin)).toEqual(everybody)
  expect(await seen(w.manager)).toEqual([...enrolled].sort())
  expect(await seen(w.trainer)).toEqual([...enrolled].sort())
  expect(await seen(w.otherTrainer)).toEqual([])
  expect(await seen(w.employee)).toEqual([w.people[0]!.id])
  expect(await seen(w.supervisor)).toEqual([])
  const both = await somebody(w.municipalityId, ['trainer', 'employee'], { personId: outsider.id })
  expect(await seen(both)).toEqual([outsider.id])
  await expect(findPerson(w.coordinator.actor, elsewhere.people[0]!.id)).rejects.toMatchObject({ code: 'not_found' })
  await expect(findPerson(w.otherTrainer.actor, w.people[0]!.id)).rejects.toMatchObject({ code: 'not_found' })
})

test('a manager sees only whose post in his service is held today', async () => {
  const { id: municipalityId } = await aMunicipality()
  const service = await aService(municipalityId)
  const coordinator = await somebody(municipalityId, 'coordinator')
  const manager = await somebody(municipalityId, 'manager', { serviceId: service.id })
  const person = await aPerson(municipalityId, { service })
  const [post] = (await findPerson(coordinator.actor, person.id)).posts
  const facts = {
    workplace: `service.${service.id}`,
    position: 'психолог',
    category: 'core',
    startsOn: '2023-01-01',
    endsOn: '2024-05-31',
  } as const
  await updatePost(coordinator.actor, person.id, post!.id, facts)
  const seenOn = (day: string) => atInstant(new Date(`${day}T12:00:00Z`), async () => (await searchPersons(manager.actor, '')).total)
  expect(await seenOn('2024-05-31')).toBe(1)
  expect(await seenOn('2024-06-01')).toBe(0)
})

test('filters by service, category and training', async () => {
  const w = await aTraining()
  const free = await aPerson(w.municipalityId, { service: { id: w.service.id, employerId: w.service.employerId } })
  const clerk = await aPerson(w.municipalityId, { position: 'деловодител' })
  const total = async (filter: Parameters<typeof searchPersons>[2]) =>
    (await searchPersons(w.coordinator.actor, '', filter)).rows.map(({ id }) => id)
  expect(await total({ serviceId: w.service.id })).toHaveLength(3)
  expect(await total({ category: 'core' })).toHaveLength(4)
  expect(await total({ category: 'support' })).toEqual([])
  expect((await total({ exceptTraining: w.training.id })).sort()).toEqual([free.id, clerk.id].sort())
})

test('the Latin form follows the law unless it was corrected', async () => {
  const { id: municipalityId } = await aMunicipality()
  const { actor } = await somebody(municipalityId, 'coordinator')
  const latinOf = async (id: string) => (await findPerson(actor, id)).latinName
  const id = idIn(await createPerson(actor, named({ givenName: 'Юлия', familyName: 'Илиева' }), null))
  expect(await latinOf(id)).toBe('Yulia Ilieva')
  await updatePerson(actor, id, named({ givenName: 'Юлия', familyName: 'Щерева', latinName: 'Yulia Ilieva' }))
  expect(await latinOf(id)).toBe('Yulia Shtereva')
  await updatePerson(actor, id, named({ givenName: 'Юлия', familyName: 'Щерева', latinName: 'Julia Shtereva' }))
  expect(await latinOf(id)).toBe('Julia Shtereva')
  await updatePerson(actor, id, named({ givenName: 'Юлия', familyName: 'Цанева', latinName: 'Julia Shtereva' }))
  expect(await latinOf(id)).toBe('Julia Shtereva')
  await updatePerson(actor, id, named({ givenName: 'Юлия', familyName: 'Цанева' }))
  expect(await latinOf(id)).toBe('Yulia Tsaneva')
})

test('a namesake is asked about once; two namesakes may stand side by side', async () => {
  const { id: municipalityId } = await aMunicipality()
  const { actor } = await somebody(municipalityId, 'coordinator')
  const ivan = named({ givenName: 'Иван', familyName: 'Иванов' })
  await createPerson(actor, ivan, null)
  await expect(createPerson(actor, ivan, null)).rejects.toMatchObject({
    code: 'conflict',
    messageKey: 'person.namesake',
    field: 'namesake',
  })
  await createPerson(actor, { ...ivan, namesake: true }, null)
  expect((await searchPersons(actor, 'иванов')).total).toBe(2)
})

test('a taken employee number is refused beside its field; ten digits by the database itself', async () => {
  const { id: municipalityId } = await aMunicipality()
  const other = await aMunicipality()
  const { actor } = await somebody(municipalityId, 'coordinator')
  const elsewhere = await somebody(other.id, 'coordinator')
  await createPerson(actor, named({ givenName: 'Ана', employeeNumber: 'А-1' }), null)
  await createPerson(elsewhere.actor, named({ givenName: 'Ана', employeeNumber: 'А-1' }), null)
  await expect(createPerson(actor, named({ givenName: 'Ива', employeeNumber: 'А-1' }), null)).rejects.toMatchObject({
    code: 'conflict',
    messageKey: 'person.number_taken',
    field: 'employeeNumber',
  })
  const raw = inMunicipality({ municipalityId }, (tx) =>
    tx.person.create({ data: { municipalityId, givenName: 'Ана', employeeNumber: '8501011234' } }),
  )
  await expect(raw.catch((error: unknown) => violated(error, 'person_number_is_no_personal_number'))).resolves.toBe(true)
})

test('the same submission twice, also at once, is one person', async () => {
  const { id: municipalityId } = await aMunicipality()
  const { actor } = await somebody(municipalityId, 'coordinator')
  const key = KEY()
  const paths = await Promise.all([1, 2, 3].map(() => createPerson(actor, named({ givenName: 'Ана' }), key)))
  expect(new Set(paths).size).toBe(1)
  expect((await searchPersons(actor, '')).total).toBe(1)
})

test('the history of posts is kept and audited', async () => {
  const { id: municipalityId } = await aMunicipality()
  const service = await aService(municipalityId)
  const { actor } = await somebody(municipalityId, 'coordinator')
  const first = { workplace: `service.${service.id}`, position: 'психолог', category: 'core', startsOn: '2023-01-01' } as const
  const id = idIn(await createPerson(actor, named({ givenName: 'Ана', ...first }), null))
  const [post] = (await findPerson(actor, id)).posts
  await updatePost(actor, id, post!.id, { ...first, endsOn: '2024-01-31' })
  await addPost(
    actor,
    id,
    {
      ...first,
      workplace: `employer.${service.employerId}`,
      position: 'ръководител',
      category: 'manager',
      startsOn: '2024-02-01',
      endsOn: null,
    },
    KEY(),
  )
  const { posts } = await findPerson(actor, id)
  expect(posts.map(({ position, startsOn, endsOn, service: where }) => [position, startsOn, endsOn, where?.id ?? null])).toEqual([
    ['ръководител', '2024-02-01', null, null],
    ['психолог', '2023-01-01', '2024-01-31', service.id],
  ])
  const events = await inMunicipality(actor, (tx) =>
    tx.auditEvent.findMany({ where: { subjectId: id }, orderBy: { seq: 'asc' }, select: { action: true } }),
  )
  expect(events.map(({ action }) => action)).toEqual(['person.created', 'post.ended', 'post.added'])
})

test('a workplace of another municipality is refused, by us and by the database', async () => {
  const [here, there] = [await aMunicipality(), await aMunicipality()]
  const foreign = await aService(there.id)
  const { actor } = await somebody(here.id, 'coordinator')
  const person = await aPerson(here.id)
  const post = { position: 'психолог', category: 'core', startsOn: '2024-01-01', endsOn: null } as const
  for (const workplace of [`service.${foreign.id}`, `employer.${foreign.employerId}`])
    await expect(addPost(actor, person.id, { ...post, workplace }, null)).rejects.toMatchObject({ code: 'invalid', field: 'workplace' })
  const raw = inMunicipality(actor, (tx) =>
    tx.assignment.create({
      data: {
        municipalityId: here.id,
        personId: person.id,
        employerId: foreign.employerId,
        position: 'х',
        category: 'core',
        startsOn: new Date('2024-01-01'),
      },
    }),
  )
  await expect(raw.catch((error: unknown) => violated(error, '23503', 'P2003'))).resolves.toBe(true)
})

test.each(['admin', 'manager', 'trainer', 'employee'] as const)('a %s who sees a person may not change the record', async (role) => {
  const w = await aTraining()
  const person = w.people[0]!
  await expect(updatePerson(w[role].actor, person.id, named({ givenName: 'Друго' }))).rejects.toMatchObject({ code: 'forbidden' })
  await expect(createPerson(w[role].actor, named({ givenName: 'Ново' }), null)).rejects.toMatchObject({ code: 'forbidden' })
})

test('the record holds trainings with attended minutes: all for the coordinator, the own ones for a trainer, none for an administrator', async () => {
  const w = await aTraining()
  const person = w.people[0]!
  await attended(w.municipalityId, w.sessions[0]!.id, person.id, 300)
  const recordFor = async (who: typeof w.coordinator) => personRecord(who.actor, await findPerson(who.actor, person.id))
  const whole = {
    trainings: [{ trainingId: w.training.id, state: 'approved', sessions: 1, present: 1, attendedMinutes: 300 }],
    certificates: [],
  }
  for (const who of [w.coordinator, w.manager, w.employee, w.trainer]) expect(await recordFor(who)).toMatchObject(whole)
  expect(await recordFor(w.admin)).toBeNull()
  const service = { id: w.service.id, employerId: w.service.employerId }
  const trainer = await somebody(w.municipalityId, 'trainer')
  const other = await inMunicipality(w, (tx) =>
    tx.training.create({
      data: { municipalityId: w.municipalityId, courseId: w.course.id, trainerAccountId: trainer.accountId, place: 'х', capacity: 5 },
    }),
  )
  const { enrolled } = await import('../factories')
  await enrolled(w.municipalityId, other.id, person.id)
  expect((await recordFor(trainer))!.trainings.map(({ trainingId }) => trainingId)).toEqual([other.id])
  expect((await recordFor(w.coordinator))!.trainings).toHaveLength(2)
  const stranger = await aPerson(w.municipalityId, { service })
  await expect(findPerson(trainer.actor, stranger.id)).rejects.toMatchObject({ code: 'not_found' })
})
