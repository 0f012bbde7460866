import { expect, test } from 'vitest'
import { topicsOf } from '~/domain/course/course'
import { courseChoices, courseList, findCourse } from '~/domain/course/course.server'
import { archiveCourse, createCourse, updateCourse } from '~/domain/course/keep-course.server'
import { courseSchema, newCourseSchema } from '~/domain/course/schema'
import { violated } from '~/platform/db-errors.server'
import { inMunicipality } from '~/platform/db.server'
import { aCourse, aMunicipality, aTraining, somebody } from '../factories'

const quality = {
  kind: 'introductory',
  title: 'Стандарти за качество',
  topics: ' Закон \r\n\r\nНаредба',
  durationMinutes: '360',
  requiredSharePercent: '80',
}
const idIn = (path: string) => path.split('/')[2]!

test('topics stand one a line; empty lines fall away', () => expect(topicsOf('Закон\n\n  Наредба \n')).toEqual(['Закон', 'Наредба']))

test('a course is kept as typed and only what is needed is asked for', async () => {
  const { id } = await aMunicipality()
  const { actor } = await somebody(id, 'coordinator')
  const courseId = idIn(await createCourse(actor, newCourseSchema.parse(quality), null))
  expect(await findCourse(actor, courseId)).toMatchObject({
    title: 'Стандарти за качество',
    titleEn: null,
    topics: 'Закон \n\nНаредба',
    durationMinutes: 360,
    requiredSharePercent: 80,
    legalBasis: null,
    materials: null,
  })
})

const issuesOf = (input: object) =>
  Object.fromEntries((courseSchema.safeParse(input).error?.issues ?? []).map((issue) => [issue.path.join('.'), issue.message]))
test('bad input is refused beside its field', () => {
  expect(issuesOf({ ...quality, kind: 'x', title: '', durationMinutes: '0', requiredSharePercent: '101' })).toEqual({
    kind: 'course.kind',
    title: 'course.title',
    durationMinutes: 'field.range|min=1|max=60000',
    requiredSharePercent: 'field.range|min=1|max=100',
  })
  expect(issuesOf({ ...quality, title: 'х'.repeat(10_000), durationMinutes: '6,5', materials: 'х'.repeat(20_001) })).toEqual({
    title: 'field.too_long|max=300',
    durationMinutes: 'field.whole',
    materials: 'field.too_long|max=20000',
  })
})

test('an archived course is seen by the coordinator alone and not offered; it comes back', async () => {
  const w = await aTraining()
  await archiveCourse(w.coordinator.actor, w.course.id, 'archive')
  await archiveCourse(w.coordinator.actor, w.course.id, 'archive')
  for (const who of [w.trainer, w.manager, w.employee, w.supervisor]) {
    await expect(findCourse(who.actor, w.course.id)).rejects.toMatchObject({ code: 'not_found' })
    expect((await courseList(who.actor, { archived: true })).total).toBe(0)
  }
  expect((await courseList(w.coordinator.actor)).total).toBe(0)
  expect((await courseList(w.coordinator.actor, { archived: true })).total).toBe(1)
  expect(await courseChoices(w.coordinator.actor)).toEqual([])
  await archiveCourse(w.coordinator.actor, w.course.id, 'restore')
  expect((await findCourse(w.employee.actor, w.course.id)).archivedAt).toBeNull()
  const events = await inMunicipality(w.coordinator.actor, (tx) =>
    tx.auditEvent.findMany({ where: { subjectId: w.course.id }, orderBy: { seq: 'asc' }, select: { action: true } }),
  )
  expect(events.map(({ action }) => action)).toEqual(['course.archived', 'course.restored'])
})

test('materials are for who teaches, keeps or has a place', async () => {
  const w = await aTraining()
  await updateCourse(w.coordinator.actor, w.course.id, courseSchema.parse({ ...quality, materials: 'Прочетете глава 2' }))
  for (const who of [w.coordinator, w.trainer, w.employee])
    expect(await findCourse(who.actor, w.course.id)).toMatchObject({ materials: 'Прочетете глава 2', mayReadMaterials: true })
  for (const who of [w.manager, w.supervisor])
    expect(await findCourse(who.actor, w.course.id)).toMatchObject({ materials: null, mayReadMaterials: false })
})

test('an administrator sees no course; only the coordinator changes one; another municipality has none', async () => {
  const [w, elsewhere] = [await aTraining(), await aTraining()]
  expect((await courseList(w.admin.actor)).total).toBe(0)
  await expect(findCourse(w.admin.actor, w.course.id)).rejects.toMatchObject({ code: 'not_found' })
  for (const who of [w.trainer, w.manager, w.employee]) {
    await expect(updateCourse(who.actor, w.course.id, courseSchema.parse(quality))).rejects.toMatchObject({ code: 'forbidden' })
    await expect(archiveCourse(who.actor, w.course.id, 'archive')).rejects.toMatchObject({ code: 'forbidden' })
    await expect(createCourse(who.actor, newCourseSchema.parse(quality), null)).rejects.toMatchObject({ code: 'forbidden' })
  }
  await expect(findCourse(w.coordinator.actor, elsewhere.course.id)).rejects.toMatchObject({ code: 'not_found' })
})

test('the catalogue is searched by both titles and filtered by kind', async () => {
  const { id } = await aMunicipality()
  const { actor } = await somebody(id, 'employee')
  await aCourse(id, { title: 'Първа помощ', titleEn: 'First aid', kind: 'specialised' })
  await aCourse(id, { title: 'Управление на екип', kind: 'management' })
  const total = async (filter: Parameters<typeof courseList>[1]) => (await courseList(actor, filter)).total
  expect([
    await total({ q: 'ПОМОЩ първа' }),
    await total({ q: 'first' }),
    await total({ q: '_' }),
    await total({ kind: 'management' }),
  ]).toEqual([1, 1, 0, 1])
})

test('the same submission at once is one course', async () => {
  const { id } = await aMunicipality()
  const { actor } = await somebody(id, 'coordinator')
  const key = crypto.randomUUID()
  const paths = await Promise.all([1, 2, 3].map(() => createCourse(actor, newCourseSchema.parse(quality), key)))
  expect(new Set(paths).size).toBe(1)
  expect((await courseList(actor)).total).toBe(1)
})

test.each([
  ['course_duration', { durationMinutes: 0 }],
  ['course_required_share', { requiredSharePercent: 101 }],
  ['course_title_length', { title: '' }],
] as const)('the database itself holds %s', async (constraint, over) => {
  const { id } = await aMunicipality()
  await expect(aCourse(id, over).catch((error: unknown) => violated(error, constraint))).resolves.toBe(true)
})

test('a second course of the same title and kind is asked about, however the title is typed, and added when it is another one', async () => {
  const { id } = await aMunicipality()
  const { actor } = await somebody(id, 'coordinator')
  const add = (over: object) => createCourse(actor, newCourseSchema.parse({ ...quality, ...over }), crypto.randomUUID())
  const first = await add({})
  for (const title of ['Стандарти за качество', ' стандарти  ЗА качество ', 'Cтaндарти за качество'])
    await expect(add({ title, durationMinutes: '90' })).rejects.toMatchObject({
      code: 'conflict',
      messageKey: 'course.same',
      field: 'another',
      values: { title: 'Стандарти за качество', path: first },
    })
  await add({ kind: 'upgrading' })
  await add({ title: 'Стандарти за качество 2' })
  await add({ another: true })
  expect((await courseList(actor)).total).toBe(4)
})

test('neither an archived course nor one of another municipality is in the way of a new one', async () => {
  const [here, elsewhere] = [await aMunicipality(), await aMunicipality()]
  const [{ actor }, stranger] = [await somebody(here.id, 'coordinator'), await somebody(elsewhere.id, 'coordinator')]
  await createCourse(stranger.actor, newCourseSchema.parse(quality), null)
  const first = idIn(await createCourse(actor, newCourseSchema.parse(quality), null))
  await archiveCourse(actor, first, 'archive')
  expect(idIn(await createCourse(actor, newCourseSchema.parse(quality), null))).not.toBe(first)
})
