import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { changedRows, keyOfForm, overlayOf, type ShownRow } from '~/device/saving'
import { madeAt, type DeviceSave } from '~/domain/attendance/device-marks'
import { sealedPage } from '~/domain/attendance/drawn-page.server'
import { atInstant } from '~/platform/clock.server'
import { action as saveRoster } from '~/routes/_app.trainings.$trainingId.attendance'
import { action as sendMarks } from '~/routes/sessions.$sessionId.marks'
import { aTraining } from '../factories'
import { call } from '../http'

const at = (time: string) => Date.parse(`2026-11-02T${time}:00Z`)
const meeting = { startsAt: new Date(at('07:00')), endsAt: new Date(at('14:00')), breaks: [], checkInOpensMinutes: 30, hasCheckOut: false }
const present = { mark: 'present', lateMinutes: 0, leftEarlyMinutes: 0 } as const
const absent = { mark: 'absent', lateMinutes: 0, leftEarlyMinutes: 0 } as const
const form = (fields: Record<string, string>) => {
  const made = new FormData()
  for (const [name, value] of Object.entries(fields)) made.set(name, value)
  return made
}

describe('what a form says that the page does not', () => {
  const rows: ShownRow[] = [
    { id: 'a', name: '', mark: 'present', late: 10 },
    { id: 'b', name: '', mark: 'absent' },
    { id: 'c', name: '' },
  ]
  test.each<[string, Record<string, string>, unknown]>([
    ['nothing', { 'mark.a': 'present', 'late.a': '10', 'mark.b': 'absent' }, []],
    ['a mark', { 'mark.c': 'excused' }, [{ personId: 'c', mark: 'excused', lateMinutes: 0, leftEarlyMinutes: 0 }]],
    ['minutes', { 'mark.a': 'present', 'late.a': '25' }, [{ personId: 'a', mark: 'present', lateMinutes: 25, leftEarlyMinutes: 0 }]],
    [
      'minutes of somebody absent count for nothing',
      { 'mark.a': 'absent', 'late.a': '10' },
      [{ personId: 'a', mark: 'absent', lateMinutes: 0, leftEarlyMinutes: 0 }],
    ],
    ['somebody the page does not show', { 'mark.x': 'present' }, []],
  ])('%s', (_, fields, expected) => expect(changedRows(form(fields), rows, new Map())).toEqual(expected))

  test('compared with what waits, not with what the server had said', () => {
    const overlay = new Map([['c', absent]])
    expect(changedRows(form({ 'mark.c': 'absent' }), rows, overlay)).toEqual([])
    expect(changedRows(form({ 'mark.c': 'present' }), rows, overlay)).toEqual([{ personId: 'c', ...present }])
  })
})

describe('what the page shows with what waits', () => {
  const page = {
    meeting,
    seen: '7',
    drawnAt: at('07:30'),
    rows: [
      { id: 'a', name: '', mark: 'absent' },
      { id: 'b', name: '' },
    ] satisfies ShownRow[],
  }
  const save = (key: string, time: string, over: Partial<DeviceSave>): DeviceSave => ({
    key,
    at: at(time),
    seen: '7',
    after: [],
    drawn: '',
    reason: null,
    rows: [],
    ...over,
  })
  test('the last word of the device, in whatever order they are read', () => {
    const saves = [
      save('1', '08:00', { rows: [{ personId: 'a', ...present }] }),
      save('2', '08:05', { after: ['1'], rows: [{ personId: 'a', ...absent }] }),
      save('3', '08:10', { after: ['1', '2'], rows: [{ personId: 'a', ...present, lateMinutes: 5 }] }),
    ]
    for (const order of [saves, [...saves].reverse()]) expect(overlayOf(page, order).get('a')).toEqual({ ...present, lateMinutes: 5 })
    expect(overlayOf(page, saves).has('b')).toBe(false)
  })
  test('a mark that did not know of a newer one on the page: the one made first holds', () => {
    const old = save('1', '07:10', { seen: '3', rows: [{ personId: 'a', ...present }] })
    expect(overlayOf(page, [old]).get('a')).toEqual(present)
    expect(overlayOf(page, [{ ...old, at: at('07:40') }]).get('a')).toEqual(absent)
  })
})

test.each([
  ['as long before it was received as the device says', '08:00', '12:00', '07:30', '12:00:00.000', '08:00:00.000'],
  ['not before its page was drawn', '05:00', '12:00', '07:30', '12:00:00.000', '07:30:00.000'],
  ['not after it was received', '13:00', '12:00', '07:30', '12:00:00.000', '11:59:59.999'],
  ['not after it was received, though the page says it was drawn later', '08:00', '12:00', '13:00', '12:00:00.000', '11:59:59.999'],
])('a mark was made %s', (_, marked, now, drawn, received, expected) => {
  const save = { at: at(marked), drawnAt: at(drawn) }
  expect(madeAt(save, at(now), new Date(`2026-11-02T${received}Z`))).toEqual(new Date(`2026-11-02T${expected}Z`))
})

test('a form that arrived though its answer did not, and the marks kept of it, are one row', async () => {
  const w = await aTraining()
  const [person, session] = [w.people[0]!.id, w.sessions[0]!.id]
  const fields = {
    _for: `${w.municipalityId}.${w.trainer.accountId}`,
    _key: randomUUID(),
    sessionId: session,
    seen: '0',
    intent: 'save',
    reason: 'Кирилица\r\nна два реда',
    [`mark.${person}`]: 'present',
  }
  const now = new Date(at('12:00'))
  const sent = await atInstant(now, () =>
    call(saveRoster, `/trainings/${w.training.id}/attendance`, { as: w.trainer, params: { trainingId: w.training.id }, form: fields }),
  )
  expect(sent.status).toBe(302)
  const saves = [
    {
      key: await keyOfForm(form(fields)),
      at: +now,
      seen: '0',
      after: [],
      drawn: sealedPage(w.trainer.actor, session, { at: at('06:30'), seen: '0' }),
      reason: null,
      rows: [{ personId: person, ...present }],
    },
  ]
  const answer = await atInstant(now, () =>
    call(sendMarks, `/sessions/${session}/marks`, {
      as: w.trainer,
      params: { sessionId: session },
      form: { _for: fields._for, deviceNow: String(+now), saves: JSON.stringify(saves) },
    }),
  )
  expect(answer.body.answers).toEqual([{ key: saves[0]!.key, personId: person, outcome: 'known' }])
})
