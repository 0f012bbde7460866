import { describe, expect, test } from 'vitest'
import { attendanceSheet } from '~/domain/attendance/attendance.server'
import { scheduledMinutes } from '~/domain/attendance/attendance'
import { closeSheet } from '~/domain/attendance/close-sheet.server'
import { correctAttendance } from '~/domain/attendance/correct-attendance.server'
import { exportPersonAttendance, exportProjectAttendance, exportTrainingAttendance } from '~/domain/attendance/export-attendance.server'
import { recordAttendance } from '~/domain/attendance/record-attendance.server'
import { projectNumbers } from '~/domain/project/project-numbers.server'
import { formatTimeRange } from '~/i18n/format'
import { atInstant } from '~/platform/clock.server'
import { inMunicipality } from '~/platform/db.server'
import type { TableFormat } from '~/platform/table/table'
import { aPerson, aProject, aTraining, enrolled } from '../factories'
import { checkPdf, pdfText } from '../pdf-tools'
import { byHeader, csvRows, workbookOf, type ReadCell } from '../tables'

const text = (cell: ReadCell) => String(cell?.value ?? '')
const rowsOf = (bytes: Uint8Array, sheet = 'Присъствие') => byHeader(workbookOf(bytes)[sheet]!, text)
const SPREADSHEETS = ['xlsx', 'ods'] as const
const bulgarian = (format: TableFormat) => ({ format, language: 'bg' as const })

type World = Awaited<ReturnType<typeof aTraining>>
async function mark(
  w: World,
  session: { id: string; endsAt: Date },
  marks: [person: { id: string }, mark: 'present' | 'absent', late?: number][],
) {
  const rows = marks.map(([person, one, late = 0]) => ({
    personId: person.id,
    typed: { mark: one, lateMinutes: late, leftEarlyMinutes: 0 },
  }))
  await atInstant(session.endsAt, () =>
    recordAttendance(w.coordinator.actor, {
      trainingId: w.training.id,
      sessionId: session.id,
      seen: '0',
      key: crypto.randomUUID(),
      rows,
      markRestPresent: false,
    }),
  )
}

describe('across the change of clocks', () => {
  // 29 March: 02:59 is followed by 04:00. 25 October: 03:59 is followed by 03:00.
  const SPRING = { startsAt: '2026-03-28T23:30:00Z', endsAt: '2026-03-29T02:30:00Z' } // 01:30–05:30 on the wall, three hours
  const AUTUMN = { startsAt: '2026-10-24T23:00:00Z', endsAt: '2026-10-25T03:00:00Z' } // 02:00–05:00 on the wall, four hours
  const EXPECTED = [
    { start: '2026-03-29 01:30', end: '2026-03-29 05:30', scheduled: 180, attended: 150, scheduledHours: 4, attendedHours: 3.3 },
    { start: '2026-10-25 02:00', end: '2026-10-25 05:00', scheduled: 240, attended: 210, scheduledHours: 5.3, attendedHours: 4.7 },
  ]

  test('a session has the same minutes on the page, in CSV, XLSX, ODS and PDF', async () => {
    const w = await aTraining({ people: 1, sessions: [SPRING, AUTUMN] })
    for (const session of w.sessions) await mark(w, session, [[w.people[0]!, 'present', 30]])
    const files = Object.fromEntries(
      await Promise.all(
        (['csv', 'xlsx', 'ods', 'pdf'] as const).map(async (format) => [
          format,
          (await exportTrainingAttendance(w.coordinator.actor, w.training.id, null, bulgarian(format))).bytes,
        ]),
      ),
    ) as Record<TableFormat, Buffer>

    for (const [at, expected] of EXPECTED.entries()) {
      const page = await attendanceSheet(w.coordinator.actor, w.training.id, w.sessions[at]!.id)
      expect(scheduledMinutes(page.session!, page.session!.breaks)).toBe(expected.scheduled)
      expect(page.rows[0]!.attendedMinutes).toBe(expected.attended)

      const csv = byHeader(csvRows(files.csv), String)[at]!
      expect([csv['Начало'], csv['Край'], csv['По график, мин.'], csv['Присъствие, мин.']]).toEqual([
        expected.start,
        expected.end,
        String(expected.scheduled),
        String(expected.attended),
      ])
      expect([csv['По график, ак. ч.'], csv['Присъствие, ак. ч.']]).toEqual([
        expected.scheduledHours.toFixed(1).replace('.', ','),
        expected.attendedHours.toFixed(1).replace('.', ','),
      ])

      for (const format of SPREADSHEETS) {
        const row = rowsOf(files[format])[at]!
        expect(row['Начало'], format).toEqual({ type: 'date', value: expected.start })
        expect(row['Край'], format).toEqual({ type: 'date', value: expected.end })
        expect(row['По график, мин.'], format).toEqual({ type: 'number', value: expected.scheduled })
        expect(row['Присъствие, мин.'], format).toEqual({ type: 'number', value: expected.attended })
        expect(row['Закъснение, мин.'], format).toEqual({ type: 'number', value: 30 })
        expect(row['По график, ак. ч.'], format).toEqual({ type: 'number', value: expected.scheduledHours })
        expect(row['Присъствие, ак. ч.'], format).toEqual({ type: 'number', value: expected.attendedHours })
      }
    }
    await checkPdf(files.pdf)
    const paper = await pdfText(files.pdf)
    expect(paper).toContain('29.03.2026 г., 01:30 29.03.2026 г., 05:30 Присъствал/а 30 0 180 150 3,3')
    expect(paper).toContain('25.10.2026 г., 02:00 25.10.2026 г., 05:00 Присъствал/а 30 0 240 210 4,7')
    const range = formatTimeRange(SPRING.startsAt, SPRING.endsAt, 'bg', 'Europe/Sofia').replace(/\s/g, ' ')
    expect(range).toBe('29.03.2026 г., 01:30–05:30')
  })
})

describe('what a file of attendance holds', () => {
  test('of a project: everybody in every session, whose sums are the three numbers of the page', async () => {
    const base = await aTraining({ people: 0 })
    const project = await aProject(base.municipalityId, { title: 'Грижа за хората', numberAsWritten: 'BG05-1', isEuFunded: true })
    const w = await aTraining({ people: 1 })
    expect(base.municipalityId).not.toBe(w.municipalityId)
    await expect(
      exportProjectAttendance(w.coordinator.actor, project.id, { ...bulgarian('csv'), presentOnly: false }),
    ).rejects.toMatchObject({
      code: 'not_found',
    })
    const own = await aProject(w.municipalityId, { title: 'Грижа за хората', isEuFunded: true })
    await inMunicipality(w, (tx) => tx.training.update({ where: { id: w.training.id }, data: { projectId: own.id } }))
    const second = await aPerson(w.municipalityId, { service: w.service })
    const unmarked = await aPerson(w.municipalityId, { service: w.service })
    for (const person of [second, unmarked]) await enrolled(w.municipalityId, w.training.id, person.id)
    await mark(w, w.sessions[0]!, [
      [w.people[0]!, 'present', 45],
      [second, 'absent'],
    ])

    const numbers = await projectNumbers(w.coordinator.actor, own.id)
    expect(numbers).toEqual({ persons: 1, attendances: 1, attendedMinutes: 315 }) // six hours without the pause, less 45
    for (const format of SPREADSHEETS) {
      const { bytes } = await exportProjectAttendance(w.coordinator.actor, own.id, { ...bulgarian(format), presentOnly: false })
      const book = workbookOf(bytes)
      expect(Object.keys(book)).toEqual(['Присъствие', 'По лица', 'За файла'])
      const rows = rowsOf(bytes)
      expect(rows.map((row) => text(row['Отметка']!))).toEqual(['Присъствал/а', 'Отсъствал/а', 'неотбелязан/а'])
      expect(rows[2]!['Присъствие, мин.']).toBeNull()
      const sums = rowsOf(bytes, 'По лица')
      expect(sums.map((row) => [row['Занятия']!.value, row['Присъствия']!.value, row['Присъствие общо, мин.']!.value])).toEqual([
        [1, 1, 315],
        [1, 0, 0],
        [1, 0, 0],
      ])
      const facts = Object.fromEntries(book['За файла']!.slice(1).map(([label, value]) => [text(label!), text(value!)]))
      expect(facts).toMatchObject({
        'Обучени лица': '1',
        Присъствия: '1',
        'Присъствие общо, мин.': '315',
        'Присъствие общо, ак. ч.': '7,0',
      })
    }
    const present = await exportProjectAttendance(w.coordinator.actor, own.id, { ...bulgarian('csv'), presentOnly: true })
    expect(csvRows(present.bytes)).toHaveLength(2)
    const paper = await pdfText(
      (await exportProjectAttendance(w.coordinator.actor, own.id, { ...bulgarian('pdf'), presentOnly: false })).bytes,
    )
    expect(paper).toContain('Съфинансирано от Европейския съюз')
  })

  test('of a person: the own sessions alone, and no word of who marked for oneself', async () => {
    const w = await aTraining({ people: 2 })
    await mark(w, w.sessions[0]!, [
      [w.people[0]!, 'present'],
      [w.people[1]!, 'absent'],
    ])
    const own = csvRows((await exportPersonAttendance(w.employee.actor, w.people[0]!.id, bulgarian('csv'))).bytes)
    expect(own).toHaveLength(2)
    expect(own[0]).not.toContain('Отбелязал/а')
    const whole = csvRows((await exportPersonAttendance(w.coordinator.actor, w.people[0]!.id, bulgarian('csv'))).bytes)
    expect(byHeader(whole, String)[0]!['Отбелязал/а']).toBe(w.coordinator.actor.name)
    await expect(exportPersonAttendance(w.employee.actor, w.people[1]!.id, bulgarian('csv'))).rejects.toMatchObject({ code: 'not_found' })
  })

  test('of a closed sheet: who was corrected afterwards, when, from how many minutes and why, in every format', async () => {
    const w = await aTraining({ people: 2 })
    const [late, other] = [w.people[0]!, w.people[1]!]
    const place = { trainingId: w.training.id, sessionId: w.sessions[0]!.id }
    await mark(w, w.sessions[0]!, [
      [late, 'present'],
      [other, 'present'],
    ])
    await atInstant(new Date('2026-11-02T15:00:00Z'), () => closeSheet(w.trainer.actor, { ...place, statement: 'Така беше.' }))
    const correction = { personId: late.id, seen: '999999999', key: crypto.randomUUID(), reason: '=закъсня с час' }
    await atInstant(new Date('2026-11-04T08:30:00Z'), () =>
      correctAttendance(w.coordinator.actor, {
        ...place,
        ...correction,
        record: { mark: 'present', lateMinutes: 60, leftEarlyMinutes: 0 },
      }),
    )
    const file = (format: TableFormat) =>
      exportTrainingAttendance(w.coordinator.actor, w.training.id, place.sessionId, bulgarian(format)).then(({ bytes }) => bytes)
    const NAMES = ['Списък', 'Приключен на', 'Бележка', 'Коригирано на', 'Преди корекцията, мин.', 'Присъствие, мин.', 'Причина']
    const corrected = ['приключен', '2026-11-02 17:00', 'коригирано след приключване', '2026-11-04 10:30', 360, 300, '=закъсня с час']
    const asClosed = ['приключен', '2026-11-02 17:00', null, null, null, 360, null]
    for (const format of SPREADSHEETS) {
      const rows = rowsOf(await file(format)).map((row) => NAMES.map((name) => row[name]?.value ?? null))
      expect(rows, format).toHaveLength(2)
      expect(rows, format).toEqual(expect.arrayContaining([corrected, asClosed]))
    }
    const lines = byHeader(csvRows(await file('csv')), String).map((row) => NAMES.map((name) => row[name]))
    expect(lines).toContainEqual([...corrected.slice(0, 4), '360', '300', "'=закъсня с час"])
    expect(await pdfText(await file('pdf'))).toContain('коригирано след')
  })

  test('its name says nothing of a person', async () => {
    const w = await aTraining({ people: 1 })
    const { disposition } = await exportPersonAttendance(w.coordinator.actor, w.people[0]!.id, bulgarian('ods'))
    expect(disposition).toBe(
      `attachment; filename="prisastvie-litse-2026-11-02.ods"; filename*=UTF-8''${encodeURIComponent('Присъствие на лице 2026-11-02')}.ods`,
    )
  })

  test('rows come in the order of the alphabet, a thousand at a time and none twice', async () => {
    const w = await aTraining({ people: 0, capacity: 400, sessions: manySessions(6) })
    const people = []
    for (let at = 0; at < 200; at += 1) {
      const person = await aPerson(w.municipalityId, { service: w.service, familyName: `Фамилия${String(at).padStart(3, '0')}` })
      people.push(person)
      await enrolled(w.municipalityId, w.training.id, person.id)
    }
    const { bytes } = await exportTrainingAttendance(w.coordinator.actor, w.training.id, null, bulgarian('csv'))
    const rows = byHeader(csvRows(bytes), String)
    expect(rows).toHaveLength(1200)
    expect(new Set(rows.map((row) => `${row['Начало']} ${row['Име']}`)).size).toBe(1200)
    expect(rows.slice(0, 3).map((row) => row['Име']!.split(' ').at(-1))).toEqual(['Фамилия000', 'Фамилия001', 'Фамилия002'])
    expect(rows.map((row) => row['Начало'])).toEqual(rows.map((row) => row['Начало']).sort())
  })
})

const manySessions = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    startsAt: `2026-11-${String(at + 2).padStart(2, '0')}T07:00:00Z`,
    endsAt: `2026-11-${String(at + 2).padStart(2, '0')}T09:00:00Z`,
  }))
