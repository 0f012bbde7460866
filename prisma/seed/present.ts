import type { Record } from '~/domain/attendance/attendance'
import { daysAfter } from '~/platform/zoned.server'
import { demoId } from './demo-id'
import { accountIdOf, personIdOf, staffOf } from './lay-municipality'
import { PRESENT, type LaidSession, type LaidTraining } from './lay-training'
import type { MunicipalityKey } from './municipalities'

const isWorkday = (day: string) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())

/** The `count`th working day after `day`; before it, for a negative count. */
export function workdaysFrom(day: string, count: number): string {
  let found = day
  for (let left = Math.abs(count); left > 0;) {
    found = daysAfter(found, Math.sign(count))
    if (isWorkday(found)) left--
  }
  return found
}

const long = (day: string): LaidSession => ({ day, from: '09:00', to: '17:00', breaks: [['12:00', '13:00']] })
const short = (day: string): LaidSession => ({ day, from: '10:00', to: '15:00', breaks: [['12:00', '13:00']] })
const evening = (day: string): LaidSession => ({ day, from: '17:30', to: '20:00', breaks: [] })

const ABSENT: Record = { mark: 'absent', lateMinutes: 0, leftEarlyMinutes: 0 }
const EXCUSED: Record = { mark: 'excused', lateMinutes: 0, leftEarlyMinutes: 0 }
/** Mostly present; the third comes late, the fifth and the sixth miss a day and so fall below the share for a certificate. */
const usual = (index: number): Record =>
  index === 2 ? { ...PRESENT, lateMinutes: 15 } : index === 4 ? ABSENT : index === 5 ? EXCUSED : PRESENT

export const trainerOf = (key: MunicipalityKey) => accountIdOf(`trainer@${key}.example`)

/** Who is not the employee's own account comes by order of the list, so that lists differ from training to training. */
function people(key: MunicipalityKey, from: number, count: number): string[] {
  const ids = staffOf(key)
    .map(({ id }) => id)
    .filter((id) => key !== 'elena' || id !== EMPLOYEE)
  return Array.from({ length: Math.min(count, ids.length) }, (_, index) => ids[(from + index) % ids.length]!)
}
export const EMPLOYEE = personIdOf('elena', 'day-care', 1)
const withEmployee = (key: MunicipalityKey, ids: string[]) => (key === 'elena' ? [EMPLOYEE, ...ids] : ids)

type Draft = Omit<LaidTraining, 'id' | 'trainerAccountId' | 'place'> & { place?: string | null; trainerAccountId?: string }
const training = (key: MunicipalityKey, name: string, day: string, draft: Draft): LaidTraining => ({
  id: demoId(key, name, day),
  trainerAccountId: trainerOf(key),
  place: 'Учебна зала, ет. 2',
  ...draft,
})

const TODAY_COURSES = ['standards', 'upgrading-24', 'upgrading-12'] as const

/** The training that has a session on `today`, for a day that has none. */
export function trainingOfToday(key: MunicipalityKey, today: string): LaidTraining {
  const number = Math.floor(Date.parse(today) / 86_400_000)
  return training(key, 'today', today, {
    course: TODAY_COURSES[number % TODAY_COURSES.length]!,
    capacity: 16,
    sessions: [long(today)],
    people: { approved: withEmployee(key, people(key, number, key === 'elena' ? 11 : 8)) },
  })
}

/** What was over before `today`, on the first day: a certified training, one waiting for certificates, and yesterday's without a sheet. */
export function trainingsBefore(key: MunicipalityKey, today: string) {
  const yesterday = daysAfter(today, -1)
  const certified = training(key, 'certified', today, {
    course: 'first-aid',
    capacity: 14,
    sessions: [short(workdaysFrom(yesterday, -7))],
    people: { approved: withEmployee(key, people(key, 9, 7)) },
    marks: () => PRESENT,
  })
  const finished = training(key, 'finished', today, {
    course: 'communication',
    capacity: 14,
    sessions: [short(workdaysFrom(yesterday, -4)), short(workdaysFrom(yesterday, -3))],
    people: { approved: people(key, 4, key === 'elena' ? 10 : 7) },
    marks: usual,
  })
  const unfilled = training(key, 'yesterday', today, {
    course: 'protection',
    capacity: 12,
    sessions: [short(yesterday)],
    people: { approved: people(key, 14, key === 'elena' ? 9 : 6) },
  })
  return { certified, finished, unfilled }
}

/** The coming weeks as seen on `today`: free seats, a full one with people waiting, one to be decided on, one far off. */
export function trainingsAfter(key: MunicipalityKey, today: string) {
  const on = (count: number) => workdaysFrom(today, count)
  const free = training(key, 'free', today, {
    course: 'first-aid',
    capacity: 15,
    sessions: [short(on(2))],
    people: { approved: people(key, 20, 5) },
  })
  const full = training(key, 'full', today, {
    course: 'ageing',
    capacity: 6,
    sessions: [short(on(4))],
    people: { approved: withEmployee(key, people(key, 2, key === 'elena' ? 5 : 6)), waiting: people(key, 8, 3) },
  })
  const open = training(key, 'open', today, {
    course: 'communication',
    capacity: 18,
    sessions: [long(on(6)), short(on(7))],
    people: { approved: people(key, 11, 3), requested: people(key, 1, 2), nominated: people(key, 3, 2) },
  })
  const online = training(key, 'online', today, {
    course: 'management',
    place: null,
    onlineUrl: 'https://sreshta.example/rakovoditeli',
    capacity: 30,
    // the trainer of Елена also teaches in Черноочене: in the evening, when he teaches nowhere else
    ...(key === 'chernoochene' ? { trainerAccountId: trainerOf('elena') } : {}),
    sessions: [evening(on(key === 'elena' ? 5 : 3))],
    people: { approved: people(key, 0, 4) },
  })
  const later = training(key, 'later', today, {
    course: 'introductory',
    capacity: 12,
    sessions: [10, 11, 12, 13].map((count) => long(on(count))),
    people: { approved: people(key, 25, 4) },
  })
  return { free, full, open, online, later }
}
