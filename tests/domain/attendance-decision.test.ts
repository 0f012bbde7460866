import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Record } from '~/domain/attendance/attendance'
import {
  basisIn,
  hasRoom,
  isLateEntry,
  neededOf,
  nextScan,
  stateOf,
  verdictOn,
  type Attempt,
  type Claim,
  type Meeting,
  type Presence,
  type State,
} from '~/domain/attendance/decision'

const at = (time: string) => new Date(`2026-11-02T${time.length === 5 ? `${time}:00` : time}Z`)
/** 07:00 to 14:00 with a break from 10:00 to 11:00; check-in opens at 06:30. Six hours of teaching. */
const day: Meeting = {
  startsAt: at('07:00'),
  endsAt: at('14:00'),
  breaks: [{ startsAt: at('10:00'), endsAt: at('11:00') }],
  checkInOpensMinutes: 30,
  hasCheckOut: false,
}
const withExit: Meeting = { ...day, hasCheckOut: true }
const present = (lateMinutes = 0, leftEarlyMinutes = 0): Record => ({ mark: 'present', lateMinutes, leftEarlyMinutes })
const absent: Record = { mark: 'absent', lateMinutes: 0, leftEarlyMinutes: 0 }
const excused: Record = { mark: 'excused', lateMinutes: 0, leftEarlyMinutes: 0 }

const word = (id: string, time: string, record: Record, basedOn: string[] = [], kind: Claim['kind'] = 'mark'): Claim => ({
  id,
  key: `key-${id}`,
  kind,
  ...record,
  at: at(time),
  basedOn,
})
const scan = (id: string, kind: 'check_in' | 'check_out', time: string): Claim => ({
  ...word(id, time, present()),
  kind,
  mark: null,
})
const entry = (id: string, time: string) => scan(id, 'check_in', time)
const exit = (id: string, time: string) => scan(id, 'check_out', time)

type Row = [name: string, meeting: Meeting, claims: Claim[], record: Record | null, minutes: number, conflict: string[]]

/** The case table of the rule: what follows from these claims. Minutes are worked out by hand. */
const CASES: Row[] = [
  ['nothing', day, [], null, 0, []],
  ['a mark', day, [word('1', '07:05', present())], present(), 360, []],
  ['absent', day, [word('1', '07:05', absent)], absent, 0, []],
  ['late and early', day, [word('1', '07:05', present(30, 45))], present(30, 45), 285, []],
  ['a mark replaced', day, [word('1', '07:05', present()), word('2', '08:00', absent, ['1'])], absent, 0, []],
  [
    'replaced twice',
    day,
    [word('1', '07:05', present()), word('2', '08:00', absent, ['1']), word('3', '09:00', excused, ['2'])],
    excused,
    0,
    [],
  ],
  ['two words that agree', day, [word('1', '07:05', present()), word('2', '08:00', present())], present(), 360, []],
  [
    'two words that differ: the first made holds',
    day,
    [word('1', '07:05', present()), word('2', '08:00', absent)],
    present(),
    360,
    ['1', '2'],
  ],
  ['the same, numbered the other way', day, [word('2', '07:05', present()), word('1', '08:00', absent)], present(), 360, ['2', '1']],
  [
    'different minutes are a conflict',
    day,
    [word('1', '07:05', present(10)), word('2', '08:00', present(20))],
    present(10),
    350,
    ['1', '2'],
  ],
  [
    'a conflict settled',
    day,
    [word('1', '07:05', present()), word('2', '08:00', absent), word('3', '09:00', absent, ['1', '2'])],
    absent,
    0,
    [],
  ],
  [
    'only one side replaced',
    day,
    [word('1', '07:05', present()), word('2', '08:00', absent), word('3', '09:00', excused, ['2'])],
    present(),
    360,
    ['1', '3'],
  ],
  ['a correction holds', day, [word('1', '07:05', present()), word('2', '15:00', absent, ['1'], 'correction')], absent, 0, []],
  ['a proposal does not count', day, [word('1', '07:05', present()), word('2', '15:00', absent, ['1'], 'proposal')], present(), 360, []],
  ['a proposal alone does not count', day, [word('2', '15:00', absent, [], 'proposal')], null, 0, []],

  ['a scan before the start', day, [entry('1', '06:40')], present(), 360, []],
  ['a scan on the minute of the start', day, [entry('1', '07:00:59')], present(), 360, []],
  ['a late scan', day, [entry('1', '07:20:30')], present(20), 340, []],
  ['late into the break', day, [entry('1', '10:30')], present(210), 180, []],
  ['an early scan counts from the opening', day, [entry('1', '05:45')], present(), 360, []],
  ['scanned twice: the first counts', day, [entry('1', '06:50'), entry('2', '08:00')], present(), 360, []],
  ['with exit, both scans', withExit, [entry('1', '06:50'), exit('2', '14:10')], present(), 360, []],
  ['with exit, left early', withExit, [entry('1', '07:30'), exit('2', '13:00')], present(30, 60), 270, []],
  ['with exit, left within the break', withExit, [entry('1', '07:00'), exit('2', '10:20')], present(0, 220), 180, []],
  ['with exit, within the break alone', withExit, [entry('1', '10:10'), exit('2', '10:50')], present(190, 190), 0, []],
  ['with exit, seconds do not add up to minutes', withExit, [entry('1', '07:00:40'), exit('2', '13:59:10')], present(0, 1), 359, []],
  [
    'with exit, out and in again and out',
    withExit,
    [entry('1', '07:00'), exit('2', '10:00'), entry('3', '11:00'), exit('4', '14:00')],
    present(),
    360,
    [],
  ],
  ['without exit, a way out says nothing', day, [entry('1', '07:00'), exit('2', '09:00')], present(), 360, []],

  ['the word knew of the scan', day, [entry('1', '07:20'), word('2', '08:00', present(5), ['1'])], present(5), 355, []],
  ['absent, and then a scan nobody knew of', day, [word('1', '07:10', absent), entry('2', '07:20')], absent, 0, ['1', '2']],
  ['excused, and then a scan', day, [word('1', '06:30', excused), entry('2', '06:50')], excused, 0, ['1', '2']],
  ['present, and then a scan: both say present', day, [word('1', '06:30', present()), entry('2', '07:20')], present(), 360, []],
  [
    'with exit: fewer minutes by the scans are a conflict',
    withExit,
    [word('1', '07:05', present()), entry('2', '07:00'), exit('3', '12:00')],
    present(),
    360,
    ['1', '2', '3'],
  ],
  ['with exit: one scan alone contradicts nothing', withExit, [word('1', '07:05', present()), entry('2', '07:30')], present(), 360, []],
  [
    'with exit: an exit after a word that knew the entry',
    withExit,
    [entry('1', '07:00'), word('2', '08:00', present(), ['1']), exit('3', '12:00')],
    present(),
    360,
    ['2', '3'],
  ],
]

/** Scans at moments of other days: 29 March has no hour from 03:00 in Sofia, 25 October has it twice. */
const NIGHTS: [name: string, from: string, to: string, inAt: string, outAt: string, record: Record, minutes: number][] = [
  // 01:30–05:30 on the wall are three hours; in at 02:10, out at 05:00
  ['29 March', '2026-03-28T23:30Z', '2026-03-29T02:30Z', '2026-03-29T00:10Z', '2026-03-29T02:00Z', present(40, 30), 110],
  // 02:00–05:00 on the wall are four hours; in at the first 03:30, out at the second 03:45
  ['25 October', '2026-10-24T23:00Z', '2026-10-25T03:00Z', '2026-10-25T00:30Z', '2026-10-25T01:45Z', present(90, 75), 75],
]

describe('what the claims about a person amount to', () => {
  test.each(NIGHTS)('by both scans the minutes that passed, on %s too', (_, from, to, inAt, outAt, record, minutes) => {
    const night: Meeting = { startsAt: new Date(from), endsAt: new Date(to), breaks: [], checkInOpensMinutes: 30, hasCheckOut: true }
    const claims = [
      { ...entry('1', '00:00'), at: new Date(inAt) },
      { ...exit('2', '00:00'), at: new Date(outAt) },
    ]
    expect(stateOf(night, claims)).toMatchObject({ record, attendedMinutes: minutes, conflict: [] })
  })

  test.each(CASES)('%s', (_, meeting, claims, record, minutes, conflict) => {
    const state = stateOf(meeting, claims)
    expect(state.record).toEqual(record)
    expect(state.attendedMinutes).toBe(minutes)
    expect(state.conflict.map(({ id }) => id)).toEqual(conflict)
    expect(state.lacksScan).toBe(false)
  })

  test.each([
    ['no way out yet', [entry('1', '07:00')]],
    ['in again and no second way out', [entry('1', '07:00'), exit('2', '10:00'), entry('3', '11:00')]],
    ['only a way out', [exit('1', '14:00')]],
  ])('with check-out: %s counts no minutes and is shown as lacking a scan', (_, claims) => {
    expect(stateOf(withExit, claims)).toMatchObject({ record: { mark: 'present' }, lacksScan: true, attendedMinutes: 0 })
  })

  test('a proposal waits until a word is based on it', () => {
    const [mark, proposed] = [word('1', '07:05', present()), word('2', '15:00', absent, ['1'], 'proposal')]
    expect(stateOf(day, [mark, proposed]).proposals).toEqual([proposed])
    expect(stateOf(day, [mark, proposed, word('3', '16:00', absent, ['1', '2'], 'correction')]).proposals).toEqual([])
  })

  test('a proposal based on another takes its place, whichever is read first; two that did not know of each other both wait', () => {
    const mark = word('1', '07:05', present())
    const [first, second, third] = [
      word('2', '15:00', absent, ['1'], 'proposal'),
      word('3', '15:10', excused, ['1', '2'], 'proposal'),
      word('4', '15:20', present(10), ['1'], 'proposal'),
    ]
    expect(stateOf(day, [mark, first, second]).proposals).toEqual([second])
    expect(stateOf(day, [second, first, mark]).proposals).toEqual([second])
    expect(stateOf(day, [mark, first, second, third]).proposals).toEqual([second, third])
    expect(stateOf(day, [mark, first, second]).record).toEqual(present())
    expect(stateOf(day, [mark, first, second, word('5', '16:00', present(), ['1', '2', '3'], 'correction')]).proposals).toEqual([])
  })

  test('the arrival and the leaving are read to the minute', () =>
    expect(stateOf(withExit, [entry('1', '07:20:59'), exit('2', '13:00:59')])).toMatchObject({
      arrivedAt: at('07:20'),
      leftAt: at('13:00'),
    }))

  // claims as devices and people make them: each may be based on any made before it
  const claims = fc
    .array(
      fc.record({
        kind: fc.constantFrom<Claim['kind']>('mark', 'mark', 'correction', 'proposal', 'check_in', 'check_out'),
        record: fc.constantFrom(present(), present(15), present(0, 30), absent, excused),
        minute: fc.integer({ min: -60, max: 480 }),
        knows: fc.array(fc.nat(8), { maxLength: 3 }),
      }),
      { maxLength: 8 },
    )
    .map((made) =>
      made.map(({ kind, record, minute, knows }, index): Claim => {
        const isScan = kind === 'check_in' || kind === 'check_out'
        return {
          ...word(
            String(index + 1),
            '07:00',
            isScan ? present() : record,
            isScan ? [] : knows.filter((n) => n < index).map((n) => String(n + 1)),
            kind,
          ),
          ...(isScan ? { mark: null } : {}),
          at: new Date(+at('07:00') + minute * 60_000),
        }
      }),
    )

  test('any order and repetition of the same claims gives the same state', () => {
    fc.assert(
      fc.property(claims, fc.boolean(), fc.infiniteStream(fc.nat()), (all, hasCheckOut, numbers) => {
        const meeting = { ...day, hasCheckOut }
        const repeated = [...all, ...all.filter((_, index) => index % 2 === 0)]
        const shuffled = repeated.map((claim) => ({ claim, by: numbers.next().value as number })).sort((a, b) => a.by - b.by)
        expect(
          stateOf(
            meeting,
            shuffled.map(({ claim }) => claim),
          ),
        ).toEqual(stateOf(meeting, all))
      }),
      { numRuns: 2000 },
    )
  })

  // claims as the commands make them: each word is based on what its author knew, which is all up to some number
  const told = claims.map((all) =>
    all.reduce<Claim[]>((made, claim) => {
      const seen = Math.max(0, ...claim.basedOn.map(Number))
      const basedOn = claim.mark ? basisIn(made.filter(({ id }) => Number(id) <= seen)) : []
      return [...made, { ...claim, basedOn }]
    }, []),
  )

  test('the claims that are needed come to the same state, now and after any further claim', () => {
    fc.assert(
      fc.property(told, fc.boolean(), fc.constantFrom(present(), absent), fc.nat(9), (all, hasCheckOut, record, seen) => {
        const meeting = { ...day, hasCheckOut }
        const needed = neededOf(all)
        expect(stateOf(meeting, needed)).toEqual(stateOf(meeting, all))
        const known = (of: Claim[]) => of.filter(({ id }) => Number(id) <= seen)
        const next = (of: Claim[]) => word('99', '20:00', record, basisIn(known(of)))
        const summary = ({ conflict, decidedBy, ...rest }: State) => ({
          ...rest,
          by: decidedBy?.id,
          conflict: conflict.map(({ id }) => id),
        })
        expect(summary(stateOf(meeting, [...needed, next(needed)]))).toEqual(summary(stateOf(meeting, [...all, next(all)])))
        expect(stateOf(meeting, [...needed, exit('98', '13:00')])).toEqual(stateOf(meeting, [...all, exit('98', '13:00')]))
      }),
      { numRuns: 3000 },
    )
  })

  test('a sheet saved a thousand times needs no more claims than one saved once', () => {
    let all: Claim[] = [entry('1', '07:00')]
    for (let n = 2; n <= 1001; n++) all = [...all, word(String(n), '08:00', n % 2 ? present() : absent, basisIn(neededOf(all)))]
    expect(neededOf(all).map(({ id }) => id)).toEqual(['1', '1001'])
    expect(stateOf(day, neededOf(all))).toEqual(stateOf(day, all))
  })

  test('a word that knows all there is holds, whatever was claimed before', () => {
    fc.assert(
      fc.property(claims, fc.constantFrom(present(), present(10), absent, excused), (all, record) => {
        const last = word(
          '99',
          '20:00',
          record,
          all.map(({ id }) => id!),
        )
        expect(stateOf(day, [...all, last])).toMatchObject({ record, conflict: [], proposals: [], decidedBy: last })
      }),
    )
  })

  test('nobody attends more than was taught, and nothing is claimed out of nothing', () => {
    fc.assert(
      fc.property(claims, fc.boolean(), (all, hasCheckOut) => {
        const state = stateOf({ ...day, hasCheckOut }, all)
        expect(state.attendedMinutes).toBeGreaterThanOrEqual(0)
        expect(state.attendedMinutes).toBeLessThanOrEqual(360)
        expect(state.record === null).toBe(all.every(({ kind }) => kind === 'proposal'))
        if (state.record?.mark !== 'present') expect(state.attendedMinutes).toBe(0)
      }),
    )
  })
})

describe('whether a claim may be taken', () => {
  const open = { ...withExit, isCancelled: false, closedAt: null }
  const closed = { ...open, closedAt: at('15:00') }
  const attempt = (kind: Attempt['kind'], time: string, more: Partial<Attempt> = {}): Attempt => ({
    kind,
    at: at(time),
    receivedAt: at(time),
    isEnrolled: true,
    hasReason: false,
    ...more,
  })
  test.each([
    ['a mark an hour before', open, attempt('mark', '06:00'), { take: 'mark' }],
    ['a mark earlier than that', open, attempt('mark', '05:59:59'), { refuse: 'too_early' }],
    ['a mark the day after', open, attempt('mark', '23:59'), { take: 'mark' }],
    [
      'a mark eight days after, without a reason',
      open,
      attempt('mark', '07:00', { at: new Date('2026-11-10T07:00:00Z') }),
      { refuse: 'needs_reason' },
    ],
    ['the same with a reason', open, attempt('mark', '07:00', { at: new Date('2026-11-10T07:00:00Z'), hasReason: true }), { take: 'mark' }],
    ['somebody not enrolled', open, attempt('check_in', '07:00', { isEnrolled: false }), { refuse: 'not_enrolled' }],
    ['a cancelled session', { ...open, isCancelled: true }, attempt('mark', '07:00'), { refuse: 'cancelled' }],
    ['a scan an hour before the opening', open, attempt('check_in', '05:30'), { take: 'check_in' }],
    ['a scan earlier than that', open, attempt('check_in', '05:29:59'), { refuse: 'too_early' }],
    ['a scan at the end', open, attempt('check_in', '14:00'), { take: 'check_in' }],
    ['a scan after the end', open, attempt('check_in', '14:00:01'), { refuse: 'over' }],
    ['a way out half an hour after the end', open, attempt('check_out', '14:30'), { take: 'check_out' }],
    ['a way out later than that', open, attempt('check_out', '14:30:01'), { refuse: 'over' }],
    ['a way out before the start', open, attempt('check_out', '06:59'), { refuse: 'too_early' }],
    ['a way out where there is no check-out', { ...open, hasCheckOut: false }, attempt('check_out', '13:00'), { refuse: 'over' }],
    ['a mark in a closed sheet', closed, attempt('mark', '16:00'), { refuse: 'closed' }],
    ['a scan in a closed sheet', closed, attempt('check_in', '13:00'), { refuse: 'closed' }],
    ['a mark made earlier on a device', closed, attempt('mark', '10:00', { receivedAt: at('16:00') }), { take: 'proposal' }],
    ['a correction with a reason', closed, attempt('correction', '16:00', { hasReason: true }), { take: 'correction' }],
    ['a correction without', closed, attempt('correction', '16:00'), { refuse: 'needs_reason' }],
  ] as const)('%s', (_, meeting, tried, verdict) => expect(verdictOn(meeting, tried)).toEqual(verdict))

  test('a week after the end is still in time', () => {
    expect(isLateEntry(day, new Date('2026-11-09T14:00:00Z'))).toBe(false)
    expect(isLateEntry(day, new Date('2026-11-09T14:00:01Z'))).toBe(true)
  })
})

describe('the scan a person has still to make', () => {
  const nothing: Presence = { mark: null, hasScannedIn: false, hasScannedOut: false }
  const came: Presence = { mark: 'present', hasScannedIn: true, hasScannedOut: false }
  const left: Presence = { ...came, hasScannedOut: true }
  // a scan in from an hour before the opening at 06:30 to the end at 14:00; out from the start at 07:00 to half an hour after the end
  test.each([
    ['nothing is taken yet', day, nothing, '05:29:59', null],
    ['the first moment', day, nothing, '05:30', 'check_in'],
    ['the end', day, nothing, '14:00', 'check_in'],
    ['over', day, nothing, '14:00:01', null],
    ['in, and there is no check-out', day, came, '10:00', null],
    ['in, and there was no check-out when he left', day, left, '10:00', null],
    ['with check-out: not in yet', withExit, nothing, '14:00', 'check_in'],
    ['with check-out: never in, after the end', withExit, nothing, '14:00:01', null],
    ['in before the start: nobody leaves yet', withExit, came, '06:59:59', null],
    ['in at the start', withExit, came, '07:00', 'check_out'],
    ['in half an hour after the end', withExit, came, '14:30', 'check_out'],
    ['in, later than that', withExit, came, '14:30:01', null],
    ['left', withExit, left, '13:00', null],
    ['marked present by the trainer', day, { ...nothing, mark: 'present' }, '10:00', null],
    ['marked present by the trainer, with check-out', withExit, { ...nothing, mark: 'present' }, '10:00', null],
    ['marked absent, and comes', day, { ...nothing, mark: 'absent' }, '10:00', 'check_in'],
    ['marked excused, and comes', day, { ...nothing, mark: 'excused' }, '10:00', 'check_in'],
    ['came and was marked absent', day, { ...came, mark: 'absent' }, '10:00', null],
    ['came, was marked absent, and leaves', withExit, { ...came, mark: 'absent' }, '10:00', 'check_out'],
  ] as const)('%s', (_, meeting, presence, time, scan) => expect(nextScan(meeting, presence, at(time))).toBe(scan))

  test.each([
    ['Зала 1', null, true],
    ['Зала 1', 'https://meet.example/x', true],
    [null, 'https://meet.example/x', false],
    [null, null, true],
  ])('a place %o and an address %o: a room to scan in is %o', (place, onlineUrl, room) => expect(hasRoom({ place, onlineUrl })).toBe(room))
})
