import { expect, test } from 'vitest'
import { distinctions, signedParts, type SheetPerson } from '~/domain/attendance/sheet-facts'

const someone = (over: Partial<SheetPerson> = {}): SheetPerson => ({
  givenName: 'Иван',
  middleName: null,
  familyName: 'Иванов',
  position: 'психолог',
  unit: 'Дневен център',
  employeeNumber: null,
  ...over,
})

test('only namesakes are told apart, and only by what has no column of its own', () => {
  const people = [someone(), someone({ position: 'юрист' }), someone({ familyName: 'Петров' })]
  expect(distinctions(people, ['name', 'signature'])).toEqual(['психолог, Дневен център', 'юрист, Дневен център', null])
  expect(distinctions(people, ['name', 'unit', 'signature'])).toEqual(['психолог', 'юрист', null])
  expect(distinctions(people, ['name', 'position', 'signature'])).toEqual([null, null, null])
})

test('namesakes of one post are told apart by employee number, where there is one', () => {
  const people = [
    someone({ employeeNumber: '17' }),
    someone({ employeeNumber: '18' }),
    someone({ position: 'юрист', employeeNumber: '19' }),
  ]
  expect(distinctions(people, ['name', 'position', 'unit', 'signature'])).toEqual(['служебен № 17', 'служебен № 18', null])
  expect(distinctions(people, ['name', 'employee_number', 'signature'])).toEqual([null, null, null])
  expect(distinctions(people, ['name', 'signature'])[0]).toBe('психолог, Дневен център, служебен № 17')
  expect(distinctions([someone(), someone()], ['name', 'position', 'unit', 'signature'])).toEqual([null, null])
})

test('what reads the same on paper is the same name, however it is kept', () => {
  const people = [someone({ givenName: 'Иван Петров', position: 'юрист' }), someone({ middleName: 'Петров' })]
  expect(distinctions(people, ['name', 'signature'])).toEqual(['юрист, Дневен център', 'психолог, Дневен център'])
})

const at = (time: string) => new Date(`2026-11-02T${time}:00Z`)
const span = (from: string, to: string) => ({ startsAt: at(from), endsAt: at(to) })
const NOON = at('12:00')

test.each([
  [
    'at the break that holds midday',
    span('09:00', '16:30'),
    [span('10:30', '10:45'), span('12:00', '13:00')],
    ['09:00–12:00', '13:00–16:30'],
  ],
  [
    'at the break nearest to midday',
    span('09:00', '16:30'),
    [span('10:00', '10:15'), span('13:00', '13:30')],
    ['09:00–13:00', '13:30–16:30'],
  ],
  [
    'before midday when that is nearer',
    span('09:00', '16:30'),
    [span('11:00', '11:30'), span('13:00', '13:30')],
    ['09:00–11:00', '11:30–16:30'],
  ],
  ['at midday itself without a break', span('09:00', '15:00'), [], ['09:00–12:00', '12:00–15:00']],
  ['not in the morning alone', span('09:00', '12:00'), [span('10:30', '10:45')], ['09:00–12:00']],
  ['not in the afternoon alone', span('12:00', '17:00'), [span('14:30', '14:45')], ['12:00–17:00']],
])('a session is signed for in halves %s', (_, session, breaks, parts) => {
  const time = (moment: Date) => moment.toISOString().slice(11, 16)
  expect(signedParts({ ...session, breaks }, NOON).map((part) => `${time(part.startsAt)}–${time(part.endsAt)}`)).toEqual(parts)
})
