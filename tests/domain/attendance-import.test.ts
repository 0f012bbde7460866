import { describe, expect, test } from 'vitest'
import { importedRows } from '~/domain/attendance/import-form'
import { readMarks } from '~/domain/attendance/import-marks.server'
import { heldIn, marksInFile, type Candidate } from '~/domain/attendance/marks-in-file'
import { packedRead, unpackedRead } from '~/domain/attendance/read-again'
import { action } from '~/routes/_app.trainings.$trainingId.attendance_.import'
import { loader as exported } from '~/routes/_app.trainings.$trainingId.attendance_.export'
import { atInstant } from '~/platform/clock.server'
import { inMunicipality } from '~/platform/db.server'
import { aPerson, aTraining, enrolled } from '../factories'
import { call } from '../http'
import { zipBomb } from '../tables'

const anna: Candidate = { personId: 'a', givenName: 'Анна', middleName: 'Петрова', familyName: 'Иванова', employeeNumber: '007', position: 'психолог', unit: 'Дом 1' } // prettier-ignore
const boris: Candidate = { personId: 'b', givenName: 'Борис', middleName: null, familyName: 'Колев', employeeNumber: null, position: 'медик', unit: 'Дом 1' } // prettier-ignore
const other: Candidate = { ...boris, personId: 'c', position: 'готвач' }
const people = [anna, boris, other]
const START = '2026-11-02 09:00'
const read = (...rows: string[][]) => marksInFile(rows, people, START)!.rows.map(({ line: _line, name: _name, ...row }) => row)
const present = (lateMinutes = 0, leftEarlyMinutes = 0) => ({ mark: 'present', lateMinutes, leftEarlyMinutes })

describe('a row is of', () => {
  test('whoever has its number, else its name in either order, however written', () => {
    expect(
      read(
        ['Служебен номер', 'Име', 'Отметка'],
        ['007', 'Аня', 'да'],
        ['', 'иванова, Анна Петрова', 'П'],
        ['', '  АННА  ПЕТРОВА ИВАНОВА ', 'Присъствал/а'],
        ['', 'Aнна Петрова Иванова', 'присъствала'], // the first letter is a Latin one
      ),
    ).toEqual([{ candidates: ['a'], typed: present(), problem: null }]) // the same mark four times is one
  })

  test('a namesake, told apart by position, or somebody to be chosen', () => {
    expect(read(['Име', 'Длъжност', 'Отметка'], ['Борис Колев', 'готвач', 'не'])).toEqual([
      { candidates: ['c'], typed: { mark: 'absent', lateMinutes: 0, leftEarlyMinutes: 0 }, problem: null },
    ])
    expect(read(['Име', 'Отметка'], ['Борис Колев', 'У'])).toEqual([
      { candidates: ['b', 'c'], typed: { mark: 'excused', lateMinutes: 0, leftEarlyMinutes: 0 }, problem: 'namesakes' },
    ])
  })

  test('nobody of that name who is known under another number', () => {
    const heads = ['Служебен номер', 'Име', 'Отметка']
    expect(read(heads, ['123', 'Анна Петрова Иванова', 'да'])).toEqual([{ candidates: [], typed: present(), problem: 'unknown' }])
    const namesake = { ...anna, personId: 'd', employeeNumber: null }
    const rows = marksInFile([heads, ['123', 'Анна Петрова Иванова', 'да']], [anna, namesake], START)!.rows
    expect(rows).toMatchObject([{ candidates: ['d'], problem: null }])
  })

  test.each([
    ['Борис Колев', ['a', 'b', 'c']],
    ['Мария', ['a']],
    ['Ангел Петров', ['a']],
  ])('somebody to be chosen where the number is Anna’s and the name „%s“', (name, candidates) =>
    expect(read(['Служебен номер', 'Име', 'Отметка'], ['007', name, 'да'])).toEqual([
      { candidates, typed: present(), problem: 'other_name' },
    ]),
  )

  test.each(['', 'Анна', 'А. Иванова', 'Анна Нова-Мъжева', 'ИВАНОВА'])('whose number it is, the name being „%s“', (name) =>
    expect(read(['Служебен номер', 'Име', 'Отметка'], ['007', name, 'да'])).toEqual([
      { candidates: ['a'], typed: present(), problem: null },
    ]),
  )

  test('nobody, where the name is not in the sheet', () => {
    expect(read(['Name', 'Mark'], ['Непознат', 'present'])).toEqual([{ candidates: [], typed: present(), problem: 'unknown' }])
  })
})

describe('a row is left out', () => {
  test.each([
    [['може би', '0', '0'], 'mark'],
    [['да', '-5', '0'], 'minutes'],
    [['да', '1441', '0'], 'minutes'],
    [['да', '1,5', '0'], 'minutes'],
    [['не', '5', '0'], 'minutes'],
  ])('%j: %s', (cells, problem) => {
    expect(read(['Име', 'Отметка', 'Закъснение', 'Напускане по-рано'], ['Анна Петрова Иванова', ...cells])).toMatchObject([{ problem }])
  })

  test('when it is of another session, or the file says two things of one person', () => {
    const heads = ['Име', 'Отметка', 'Начало']
    expect(
      read(heads, ['Анна Петрова Иванова', 'да', '2026-11-03 09:00'], ['Анна Петрова Иванова', 'да', '02.11.2026 г., 09:00']).map(
        (row) => row.problem,
      ),
    ).toEqual(['other_session', null])
    expect(read(['Име', 'Отметка'], ['Анна Петрова Иванова', 'да'], ['Анна Петрова Иванова', 'не']).map((row) => row.problem)).toEqual([
      'repeated',
      'repeated',
    ])
  })

  test('without a mark; and without the two columns nothing is read', () => {
    expect(marksInFile([['Име', 'Отметка'], ['Анна Петрова Иванова', ''], ['Борис Колев', 'неотбелязан/а'], ['', '']], people, START)).toEqual({ rows: [], unmarked: 2, passedOver: [['a'], ['b', 'c']] }) // prettier-ignore
    expect(marksInFile([['Име', 'Град'], ['Анна', 'Елена']], people, START)).toBeNull() // prettier-ignore
    expect(marksInFile([], people, START)).toBeNull()
  })
})

test('a file holds one person for each of its rows: of two namesakes whom one row may mean, the other is missing', () => {
  expect([...heldIn([['a'], ['b', 'c']])]).toEqual(['a', 'b'])
  expect([...heldIn([['b', 'c'], ['b']])]).toEqual(['b', 'c'])
  expect([...heldIn([['b', 'c'], ['b', 'c'], ['b', 'c'], []])]).toEqual(['b', 'c'])
})

test('a person chosen twice is asked about again', () => {
  const form = new FormData()
  const [one, two] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222']
  for (const [name, value] of Object.entries({ [`mark.${one}`]: 'present', 'who.3': one, 'says.3': 'absent|0|0', 'who.4': two, 'says.4': 'present|5|0', 'who.5': '', 'says.5': 'present|0|0' })) form.set(name, value) // prettier-ignore
  expect(importedRows(form)).toEqual({
    rows: [
      { personId: one, typed: { mark: 'present', lateMinutes: 0, leftEarlyMinutes: 0 } },
      { personId: two, typed: { mark: 'present', lateMinutes: 5, leftEarlyMinutes: 0 } },
    ],
    errors: { 'who.3': ['attendance.chosen_twice'] },
  })
})

test.each([
  'present|1441|0',
  'present|9999|0',
  'present|0|9999',
  'absent|30|0',
  'excused|0|1',
  'present|5',
  'present|5|0|0',
  'there|0|0',
  '',
])('a row that says „%s“ is no mark', (says) => {
  const form = new FormData()
  form.set('who.3', '11111111-1111-4111-8111-111111111111')
  form.set('says.3', says)
  expect(importedRows(form)).toEqual({ rows: [], errors: { 'who.3': ['field.choice'] } })
})

test('what was read goes through its hidden field unchanged, as far as it speaks of the sheet', () => {
  const { rows, unmarked } = marksInFile(
    [
      ['Име', 'Отметка', 'Закъснение'],
      ['Анна Петрова Иванова', 'да', '15'],
      ['Борис Колев', 'не', ''],
      ['Непозната | „Жена“', 'у', ''],
      ['Анна Петрова Иванова', 'може би', ''],
      ['Анна Петрова Иванова', '', ''],
    ],
    people,
    START,
  )!
  const text = packedRead({ rows, unmarked, missing: 2 })
  expect(unpackedRead(text, { a: 1, b: 1, c: 1 })).toEqual({ rows, unmarked: 1, missing: 2 })
  expect(unpackedRead(text, { b: 1 })!.rows.map(({ candidates, problem }) => [candidates, problem])).toEqual([
    [[], 'unknown'],
    [['b'], 'namesakes'],
    [[], 'unknown'],
    [[], 'mark'],
  ])
  for (const wrong of [undefined, '', 'null', '{', '[1,2]', '[1,2,[3]]', '{}']) expect(unpackedRead(wrong, {})).toBeNull()
})

describe('through the pages', () => {
  const AFTER = new Date('2026-11-02T15:00:00Z')
  const csv = (text: string) => new File([text], 'отметки.csv')

  test('a file is read, shown and recorded once; what leaves as a file comes back unchanged', async () => {
    const w = await aTraining({ people: 0 })
    const session = w.sessions[0]!
    const ana = await aPerson(w.municipalityId, { service: w.service, givenName: 'Ана', familyName: 'Арабова' })
    const late = await aPerson(w.municipalityId, { service: w.service, givenName: 'Вяра', familyName: 'Бонева' })
    const left = await aPerson(w.municipalityId, { service: w.service, givenName: 'Гина', familyName: 'Вълева' })
    for (const person of [ana, late, left]) await enrolled(w.municipalityId, w.training.id, person.id)
    const path = `/trainings/${w.training.id}/attendance/import?session=${session.id}`
    const params = { trainingId: w.training.id }
    const send = (form: Record<string, string | Blob>) => atInstant(AFTER, () => call(action, path, { as: w.trainer, params, form: form as Record<string, string> })) // prettier-ignore

    const file = csv('Име;Отметка;Закъснение, мин.\r\nАна Арабова;да;\r\nВяра Бонева;да;20\r\nНякой Друг;да;\r\n')
    const read = await send({ intent: 'read', file })
    expect(read.status).toBe(200)
    expect(read.body.preview).toMatchObject({ fileName: 'отметки.csv', missing: [left.id], unmarked: 0 })
    const rows = read.body.preview.rows as { problem: string | null; candidates: string[] }[]
    expect(rows.map(({ problem }) => problem)).toEqual([null, null, 'unknown'])
    const claims = () =>
      inMunicipality(w, (tx) => tx.attendanceClaim.findMany({ where: { sessionId: session.id }, orderBy: { id: 'asc' } }))
    expect(await claims()).toEqual([]) // reading writes nothing

    const form = {
      intent: 'record',
      seen: read.body.preview.seen as string,
      fileName: 'отметки.csv',
      _key: crypto.randomUUID(),
      [`mark.${ana.id}`]: 'present',
      [`mark.${late.id}`]: 'present',
      [`late.${late.id}`]: '20',
    }
    const recorded = await send(form)
    expect(recorded.location).toBe(`/trainings/${w.training.id}/attendance?session=${session.id}`)
    await send(form)
    expect(
      (await claims()).map(({ personId, source, kind, mark, lateMinutes, reason }) => ({
        personId,
        source,
        kind,
        mark,
        lateMinutes,
        reason,
      })),
    ).toEqual(
      [
        [ana.id, 0],
        [late.id, 20],
      ].map(([personId, lateMinutes]) => ({
        personId,
        source: 'import',
        kind: 'mark',
        mark: 'present',
        lateMinutes,
        reason: null,
      })),
    )
    // the name of a file may be that of a person: it stands where it can be erased, and not in the claims
    const [event, ...more] = await inMunicipality(w, (tx) =>
      tx.auditEvent.findMany({ where: { action: 'attendance.recorded' }, include: { payload: true } }),
    )
    expect(more).toEqual([])
    expect(JSON.parse(event!.payload!.payload)).toMatchObject({ rows: 2, file: 'отметки.csv' })

    for (const format of ['csv', 'xlsx', 'ods']) {
      const out: Response = await exported({ request: new Request(`http://app.test/x?session=${session.id}&format=${format}`, { headers: { cookie: w.trainer.cookie } }), params, context: {} } as never) // prettier-ignore
      const bytes = Buffer.from(await out.arrayBuffer())
      const again = await atInstant(AFTER, () => readMarks(w.trainer.actor, w.training.id, session.id, { name: 'x', bytes }))
      expect([again.unmarked, again.missing], format).toEqual([1, []])
      expect(again.rows, format).toMatchObject([
        { candidates: [ana.id], typed: again.people[ana.id]!.now, problem: null },
        { candidates: [late.id], typed: { mark: 'present', lateMinutes: 20, leftEarlyMinutes: 0 }, problem: null },
      ])
    }
  })

  test('namesakes are told apart by the numbers their trainer sees, and nobody else by a number he does not', async () => {
    const w = await aTraining({ people: 0 })
    const session = w.sessions[0]!
    const name = { givenName: 'Мария', middleName: 'Йорданова', familyName: 'Георгиева', service: w.service, position: 'психолог' }
    const first = await aPerson(w.municipalityId, { ...name, employeeNumber: 'Д-009' })
    const second = await aPerson(w.municipalityId, { ...name, employeeNumber: 'Д-018' })
    const other = await aPerson(w.municipalityId, { givenName: 'Ана', middleName: null, familyName: 'Колева', employeeNumber: 'Д-020' })
    for (const person of [first, second, other]) await enrolled(w.municipalityId, w.training.id, person.id)
    const read = (text: string) =>
      atInstant(AFTER, () => readMarks(w.trainer.actor, w.training.id, session.id, { name: 'x.csv', bytes: Buffer.from(text) }))
    const whole = 'Мария Йорданова Георгиева'
    const numbered = await read(`Служебен номер;Име;Отметка\nД-018;${whole};да\nД-009;${whole};не\nД-020;;да`)
    expect(numbered.rows).toMatchObject([
      { candidates: [second.id], typed: { mark: 'present' }, problem: null },
      { candidates: [first.id], typed: { mark: 'absent' }, problem: null },
      { candidates: [], problem: 'unknown' },
    ])
    expect(numbered.missing).toEqual([other.id])
    const once = await read(`Име;Отметка\n${whole};\nАна Колева;да`)
    expect(once.missing).toHaveLength(1)
    expect([first.id, second.id]).toContain(once.missing[0])
  })

  test('from a week after the end the person who reads a file in says why; its name is no reason', async () => {
    const w = await aTraining({ people: 1 })
    const [session, person] = [w.sessions[0]!.id, w.people[0]!.id]
    const fields = { intent: 'record', seen: '0', fileName: 'Ана Колева.csv', [`mark.${person}`]: 'present' }
    const send = (form: Record<string, string>) => atInstant(new Date('2026-11-10T14:00:00Z'), () => call(action, `/trainings/${w.training.id}/attendance/import?session=${session}`, { as: w.trainer, params: { trainingId: w.training.id }, form: { ...form, _key: crypto.randomUUID() } })) // prettier-ignore
    const refused = await send(fields)
    expect([refused.status, refused.body.error.reason]).toEqual([422, ['Посочете защо присъствието се въвежда или променя впоследствие']])
    const claims = () => inMunicipality(w, (tx) => tx.attendanceClaim.findMany({ where: { sessionId: session } }))
    expect(await claims()).toEqual([])
    expect((await send({ ...fields, reason: 'Нямаше връзка в залата.' })).status).toBe(302)
    expect(await claims()).toMatchObject([{ source: 'import', mark: 'present', reason: 'Нямаше връзка в залата.' }])
  })

  test('a wrong file is refused beside the field, and nothing is recorded', async () => {
    const w = await aTraining({ people: 1 })
    const session = w.sessions[0]!
    const send = (file: Blob) => atInstant(AFTER, () => call(action, `/trainings/${w.training.id}/attendance/import?session=${session.id}`, { as: w.trainer, params: { trainingId: w.training.id }, form: { intent: 'read', file } })) // prettier-ignore
    const without = await send(csv('Име;Град\nАна;Елена'))
    expect([without.status, without.body.error.file]).toEqual([
      422,
      ['На първия ред трябва да има колона „Име“ или „Служебен номер“ и колона „Отметка“.'],
    ])
    const large = await send(new File([new Uint8Array(2 * 1024 * 1024 + 1)], 'x.csv'))
    expect([large.status, large.body.error.file]).toEqual([422, ['Файлът е по-голям от 2 MB.']])
    const unfolding = new File([Uint8Array.from(zipBomb(300))], 'x.xlsx')
    const before = process.memoryUsage().rss
    const bomb = await send(unfolding)
    expect([bomb.status, bomb.body.error.file]).toEqual([
      422,
      ['Файлът съдържа много повече данни от списък с хора. Запазете само листа с присъствието и опитайте пак.'],
    ])
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
    expect(await inMunicipality(w, (tx) => tx.attendanceClaim.count({ where: { sessionId: session.id } }))).toBe(0)
  })
})
