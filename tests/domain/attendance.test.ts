import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attendedMinutes, decide, scheduledMinutes, type Record } from '~/domain/attendance/attendance'
import { rosterRows } from '~/domain/attendance/roster-form'

const at = (time: string, day = '2026-11-02') => new Date(`${day}T${time}:00Z`)
const span = (from: string, to: string) => ({ startsAt: at(from), endsAt: at(to) })
const present = (lateMinutes = 0, leftEarlyMinutes = 0): Record => ({ mark: 'present', lateMinutes, leftEarlyMinutes })
const absent: Record = { mark: 'absent', lateMinutes: 0, leftEarlyMinutes: 0 }

describe('minutes', () => {
  const day = span('07:00', '14:00') // seven hours
  const lunch = [span('10:00', '11:00')]

  test.each([
    ['the whole day', present(), 360],
    ['late by 30', present(30), 330],
    ['left 45 early', present(0, 45), 315],
    ['late and early', present(30, 45), 285],
    ['late into the break', present(210), 180], // 10:30–14:00 less the half hour of break that was left
    ['late by exactly the morning and the break', present(240), 180],
    ['left as the break began', present(0, 240), 180],
    ['left in the break', present(0, 210), 180], // the break until 10:30 is no teaching either
    ['only the break', present(180, 180), 0],
    ['late by more than the day', present(500), 0],
    ['late and early meet', present(300, 120), 0],
    ['absent', absent, 0],
    ['excused, whatever minutes are beside it', { mark: 'excused', lateMinutes: 10, leftEarlyMinutes: 0 } as Record, 0],
  ])('%s', (_, record, minutes) => expect(attendedMinutes(day, lunch, record)).toBe(minutes))

  test('the change of clocks on 29 March 2026 takes no teaching away', () => {
    // 01:00 to 05:00 on the clock in Sofia, from 23:00 to 02:00 UTC: three hours
    const night = { startsAt: new Date('2026-03-28T23:00:00Z'), endsAt: new Date('2026-03-29T02:00:00Z') }
    expect(scheduledMinutes(night, [])).toBe(180)
  })
  test('the change of clocks on 25 October 2026 gives one hour more', () => {
    // 01:00 to 05:00 on the clock in Sofia, from 22:00 to 03:00 UTC: five hours
    const night = { startsAt: new Date('2026-10-24T22:00:00Z'), endsAt: new Date('2026-10-25T03:00:00Z') }
    expect(scheduledMinutes(night, [])).toBe(300)
  })

  test('nobody attends more than was taught, and minutes missed only take away', () => {
    const minutes = fc.integer({ min: 0, max: 600 })
    fc.assert(
      fc.property(minutes, minutes, minutes, (late, early, more) => {
        const attended = attendedMinutes(day, lunch, present(late, early))
        expect(attended).toBeGreaterThanOrEqual(0)
        expect(attended).toBeLessThanOrEqual(360)
        expect(attendedMinutes(day, lunch, present(late + more, early))).toBeLessThanOrEqual(attended)
        expect(attendedMinutes(day, lunch, present(late, early + more))).toBeLessThanOrEqual(attended)
      }),
    )
  })
})

describe('what becomes of a row', () => {
  const [P, L] = [present(), present(10)]
  test.each([
    // seen, now, typed
    ['first mark', null, null, P, 'record'],
    ['nothing typed', null, null, null, 'unchanged'],
    ['the same again', P, P, P, 'unchanged'],
    ['a change', P, P, absent, 'record'],
    ['changed by another, untouched here', P, absent, P, 'unchanged'],
    ['changed by another to the same', P, L, L, 'unchanged'],
    ['changed by both, differently', P, L, absent, 'conflict'],
    ['marked by another meanwhile, untouched here', null, P, null, 'unchanged'],
    ['marked by both meanwhile, differently', null, P, absent, 'conflict'],
  ] as const)('%s', (_, seen, now, typed, decision) => expect(decide(seen, now, typed)).toBe(decision))

  test('what nobody typed is never changed, and what is decided to be recorded differs from what is there', () => {
    const record = fc.option(
      fc.record({ mark: fc.constantFrom('present' as const, 'absent' as const), lateMinutes: fc.nat(2), leftEarlyMinutes: fc.nat(2) }),
      { nil: null },
    )
    fc.assert(
      fc.property(record, record, record, (seen, now, typed) => {
        const decision = decide(seen, now, typed)
        if (!typed) expect(decision).toBe('unchanged')
        if (decision === 'record') expect(typed).not.toEqual(now)
        if (decision === 'conflict') expect(seen).not.toEqual(now)
      }),
    )
  })
})

describe('the fields of a roster', () => {
  const id = '11111111-2222-4333-8444-555555555555'
  const form = (fields: { [name: string]: string }) => {
    const data = new FormData()
    for (const [name, value] of Object.entries(fields)) data.append(name, value)
    return rosterRows(data)
  }
  test('a marked row with its minutes', () =>
    expect(form({ [`mark.${id}`]: 'present', [`late.${id}`]: ' 15 ', [`early.${id}`]: '' })).toEqual({
      rows: [{ personId: id, typed: { mark: 'present', lateMinutes: 15, leftEarlyMinutes: 0 } }],
      errors: {},
    }))
  test('a row without a mark is no row, whatever its minutes say', () => expect(form({ [`late.${id}`]: '15' }).rows).toEqual([]))
  test.each(['-1', '1.5', 'десет', '1441', '99999', '0x10', '1e2'])('%s is no number of minutes', (late) =>
    expect(form({ [`mark.${id}`]: 'present', [`late.${id}`]: late }).errors).toEqual({ [`late.${id}`]: ['attendance.minutes'] }),
  )
  test('minutes beside an absence are asked about', () =>
    expect(form({ [`mark.${id}`]: 'absent', [`early.${id}`]: '5' }).errors).toEqual({ [`mark.${id}`]: ['attendance.minutes_of_absent'] }))
  test('a mark that is none, or a person that is none', () =>
    expect(Object.keys(form({ [`mark.${id}`]: 'maybe', 'mark.x': 'present' }).errors)).toEqual([`mark.${id}`, 'mark.x']))
})
