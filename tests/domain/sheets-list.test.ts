import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Record } from '~/domain/attendance/attendance'
import { findSheet, writeClaims } from '~/domain/attendance/claims.server'
import { claimsOf } from '~/domain/attendance/read-claims.server'
import { closeSheet } from '~/domain/attendance/close-sheet.server'
import { correctAttendance } from '~/domain/attendance/correct-attendance.server'
import { exportSheets } from '~/domain/attendance/export-sheets.server'
import { recordAttendance } from '~/domain/attendance/record-attendance.server'
import type { SheetsFilter } from '~/domain/attendance/sheet-schema'
import { sheetsPage } from '~/domain/attendance/sheets-list.server'
import type { AccountActor } from '~/platform/actor'
import { atInstant } from '~/platform/clock.server'
import { disconnect, inMunicipality } from '~/platform/db.server'
import { aSession, aTraining } from '../factories'
import { pdfText } from '../pdf-tools'
import { byHeader, csvRows, workbookOf } from '../tables'

afterAll(disconnect)

/** Sessions of one day each, 09:00–11:00 in Sofia from 2 to 8 November, and one on the 20th. */
const DAYS = ['02', '03', '04', '05', '06', '07', '08', '20']
const END_OF_THE_LAST = new Date('2026-11-08T09:00:00Z')
const PRESENT: Record = { mark: 'present', lateMinutes: 0, leftEarlyMinutes: 0 }
const ABSENT: Record = { mark: 'absent', lateMinutes: 0, leftEarlyMinutes: 0 }

let w: Awaited<ReturnType<typeof aTraining>>
const day = (number: string) => w.sessions[DAYS.indexOf(number)]!.id
const at = (number: string) => new Date(`2026-11-${number}T09:00:00Z`)

beforeAll(async () => {
  const span = (number: string) => ({ startsAt: `2026-11-${number}T07:00:00Z`, endsAt: `2026-11-${number}T09:00:00Z` })
  w = await aTraining({ people: 2, sessions: DAYS.map(span) })
  const ids = w.people.map(({ id }) => id)
  const place = (number: string) => ({ trainingId: w.training.id, sessionId: day(number) })
  const mark = (number: string, people = ids) =>
    atInstant(at(number), () =>
      recordAttendance(w.trainer.actor, {
        ...place(number),
        seen: '0',
        key: randomUUID(),
        rows: people.map((personId) => ({ personId, typed: PRESENT })),
        markRestPresent: false,
      }),
    )
  const unaware = (number: string, kind: 'mark' | 'proposal' | 'check_in', record = ABSENT) =>
    inMunicipality(w.coordinator.actor, async (tx) => {
      const sheet = await findSheet(tx, w.coordinator.actor, day(number), { lock: true })
      const draft = { personId: ids[0]!, key: randomUUID(), ...record, mark: kind === 'check_in' ? null : record.mark, basedOn: [] }
      await writeClaims(tx, w.coordinator.actor, sheet, await claimsOf(tx, day(number)), { kind, source: 'roster', at: at(number) }, [
        draft,
      ])
    })
  const close = (number: string) => atInstant(at(number), () => closeSheet(w.trainer.actor, { ...place(number), statement: 'Така беше.' }))
  const correct = (number: string, record: Record) =>
    correctAttendance(w.trainer.actor, {
      ...place(number),
      personId: ids[0]!,
      record,
      reason: 'сгрешено',
      seen: '999999999',
      key: randomUUID(),
    })

  await mark('02')
  await close('02')
  await mark('03')
  await close('03')
  await atInstant(at('04'), () => correct('03', ABSENT))
  await mark('04')
  await close('04')
  await unaware('04', 'proposal')
  await mark('05', ids.slice(0, 1))
  await mark('06')
  await unaware('06', 'mark')
  await inMunicipality(w.trainer.actor, (tx) => tx.session.update({ where: { id: day('07') }, data: { hasCheckOut: true } }))
  await unaware('07', 'check_in')
})

const page = (over: Partial<SheetsFilter> = {}, now = END_OF_THE_LAST, actor: AccountActor = w.coordinator.actor, rowsPerPage = 50) =>
  atInstant(now, () => sheetsPage(actor, { state: null, q: '', trainer: null, page: 1, ...over }, rowsPerPage))
const days = async (...args: Parameters<typeof page>) =>
  (await page(...args)).rows.map(({ startsAt }) => startsAt.toISOString().slice(8, 10))

test('every session that has begun has a sheet, the latest first, each in its states', async () => {
  const { rows, counts, total } = await page()
  expect(rows.map(({ startsAt }) => startsAt.toISOString().slice(8, 10))).toEqual(['08', '07', '06', '05', '04', '03', '02'])
  expect(total).toBe(7)
  // the 8th has just ended; what ended on the 7th at 11:00 has been over for exactly a day, and is late from the next moment
  expect(counts).toEqual({ open: 4, late: 2, conflict: 1, lacking: 1, proposals: 1, closed: 3, corrected: 1 })
  expect((await page({}, new Date(+END_OF_THE_LAST + 1))).counts.late).toBe(3)
  expect(rows.map(({ marked, present, seatsTaken }) => [marked, present, seatsTaken])).toEqual([
    [0, 0, 2],
    [1, 1, 2],
    [2, 2, 2],
    [1, 1, 2],
    [2, 2, 2],
    [2, 1, 2],
    [2, 2, 2],
  ])
  expect(rows.at(-1)).toMatchObject({ closed: true, open: false, closedByName: w.trainer.actor.name, closedAt: at('02') })
})

test('each state can be asked for alone; the counts stay those of all', async () => {
  expect(await days({ state: 'open' })).toEqual(['08', '07', '06', '05'])
  expect(await days({ state: 'late' })).toEqual(['06', '05'])
  expect(await days({ state: 'conflict' })).toEqual(['06'])
  expect(await days({ state: 'lacking' })).toEqual(['07'])
  expect(await days({ state: 'proposals' })).toEqual(['04'])
  expect(await days({ state: 'closed' })).toEqual(['04', '03', '02'])
  expect(await days({ state: 'corrected' })).toEqual(['03'])
  expect((await page({ state: 'corrected' })).counts.open).toBe(4)
})

test('pages hold so many rows; a page past the end is the last', async () => {
  expect(await days({ page: 2 }, END_OF_THE_LAST, w.coordinator.actor, 3)).toEqual(['05', '04', '03'])
  const last = await page({ page: 99 }, END_OF_THE_LAST, w.coordinator.actor, 3)
  expect([last.page, last.rows.length, last.total]).toEqual([3, 1, 7])
})

test('a session appears when it begins', async () => {
  expect(await days({}, new Date('2026-11-20T06:59:59Z'))).toHaveLength(7)
  expect(await days({}, new Date('2026-11-20T07:00:00Z'))).toHaveLength(8)
})

test('found by course, place or trainer, however they are typed, and by the trainer chosen', async () => {
  const title = w.course.title
  expect(await days({ q: title.toUpperCase() })).toHaveLength(7)
  expect(await days({ q: `${title} ЗАЛА` })).toHaveLength(7)
  expect(await days({ q: 'такова няма' })).toEqual([])
  expect(await days({ trainer: w.trainer.accountId })).toHaveLength(7)
  expect(await days({ trainer: w.otherTrainer.accountId })).toEqual([])
})

test('a trainer sees own sheets and no choice of trainers; who keeps none is refused; cancelled sessions and those nobody sits in have none', async () => {
  expect(await days({}, END_OF_THE_LAST, w.trainer.actor)).toHaveLength(7)
  expect((await page({}, END_OF_THE_LAST, w.trainer.actor)).trainers).toEqual([])
  expect(await days({}, END_OF_THE_LAST, w.otherTrainer.actor)).toEqual([])
  for (const { actor } of [w.manager, w.employee, w.admin, w.supervisor])
    await expect(async () => page({}, END_OF_THE_LAST, actor)).rejects.toMatchObject({ code: 'forbidden' })
  const empty = await inMunicipality(w.coordinator.actor, (tx) =>
    tx.training.create({
      data: {
        municipalityId: w.municipalityId,
        courseId: w.course.id,
        trainerAccountId: w.otherTrainer.accountId,
        place: 'Зала',
        capacity: 3,
      },
    }),
  )
  await aSession(w.municipalityId, empty, { startsAt: '2026-11-02T07:00:00Z', endsAt: '2026-11-02T09:00:00Z' })
  expect(await days({}, END_OF_THE_LAST, w.otherTrainer.actor)).toEqual([])
  await inMunicipality(w.coordinator.actor, (tx) => tx.session.update({ where: { id: day('08') }, data: { cancelledAt: END_OF_THE_LAST } }))
  expect(await days()).toHaveLength(6)
})

test('as a file: all rows of the filter whatever page was open, with their states in words; a trainer’s own', async () => {
  const file = (format: 'csv' | 'xlsx' | 'ods' | 'pdf', over: Partial<SheetsFilter> = {}, actor: AccountActor = w.coordinator.actor) =>
    atInstant(END_OF_THE_LAST, () =>
      exportSheets(actor, { state: null, q: '', trainer: null, page: 3, ...over }, { format, language: 'bg' }).then(({ bytes }) => bytes),
    )
  const rows = byHeader(csvRows(await file('csv')), String)
  expect(rows.map((row) => [row['Начало'], row['Списък'], row['Отбелязани'], row['Присъствали']])).toEqual([
    ['2026-11-07 09:00', 'липсва сканиране; отворен', '1', '1'],
    ['2026-11-06 09:00', 'противоречиви отметки; закъснял', '2', '2'],
    ['2026-11-05 09:00', 'закъснял', '1', '1'],
    ['2026-11-04 09:00', 'чака корекция; приключен', '2', '2'],
    ['2026-11-03 09:00', 'приключен; коригиран', '2', '1'],
    ['2026-11-02 09:00', 'приключен', '2', '2'],
  ])
  for (const format of ['xlsx', 'ods'] as const) {
    const book = workbookOf(await file(format, { state: 'late' }))
    const [head, ...late] = book['Присъствени списъци']!
    const at = head!.findIndex((cell) => cell!.value === 'Начало')
    expect(late.map((row) => row[at])).toEqual([
      { type: 'date', value: '2026-11-06 09:00' },
      { type: 'date', value: '2026-11-05 09:00' },
    ])
    expect(JSON.stringify(book['За файла'])).toContain('Състояние: закъснели')
  }
  expect(await pdfText(await file('pdf', { state: 'corrected' }))).toContain('приключен; коригиран')
  expect(csvRows(await file('csv', {}, w.otherTrainer.actor))).toHaveLength(1)
  await expect(file('csv', {}, w.employee.actor)).rejects.toMatchObject({ code: 'forbidden' })
})
