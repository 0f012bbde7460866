import { fullName } from '~/i18n/format'
import type { SheetColumn } from '../funder/funder'
import type { Mark, Record, Span } from './attendance'

export type SheetPerson = {
  givenName: string
  middleName: string | null
  familyName: string | null
  position: string | null
  unit: string | null
  employeeNumber: string | null
}

/** How a sheet looks for whoever pays: by the version of the funder's profile, or as usual. */
export type SheetForm = {
  showsEuBlock: boolean
  statement: string | null
  columns: readonly SheetColumn[]
  /** PNG. */
  logo: Uint8Array | null
}

/** Everything printed on a sheet for signing by hand. */
export type SheetFacts = Span & {
  sessionId: string
  municipality: string
  /** Of a demonstration, or a sample of a funder's version: said on every page. */
  worthless: 'demo' | 'sample' | null
  project: { number: string | null; title: string | null } | null
  course: string
  breaks: Span[]
  timeZone: string
  academicHourMinutes: number
  /** Null where it is not stated. */
  place: string | null
  trainer: string
  people: SheetPerson[]
  form: SheetForm
  /** The moment of making: the creation date of the file. */
  madeAt: Date
}

/** Somebody in a closed sheet, as it stands now. */
export type FilledRow = SheetPerson & {
  mark: Mark | null
  lateMinutes: number
  leftEarlyMinutes: number
  /** By the scans, where these decide. */
  arrivedAt: Date | null
  leftAt: Date | null
  attendedMinutes: number
}

/** A change after the closing; `from` is null for somebody who was not in the sheet. */
export type SheetCorrection = { person: string; from: Record | null; to: Record; reason: string | null; by: string; at: Date }

/** A closed sheet with what was corrected in it since. */
export type FilledFacts = Omit<SheetFacts, 'people'> & {
  rows: FilledRow[]
  closure: { statement: string; by: string; at: Date }
  corrections: SheetCorrection[]
}

/**
 * What tells each person from namesakes on a sheet with these columns, in the order of `people`: position, service and, where these are
 * alike too, employee number, as far as they have no column of their own. Null for who has no namesake, or is told apart by the columns.
 */
export function distinctions(people: readonly SheetPerson[], columns: readonly SheetColumn[]): (string | null)[] {
  const byName = new Map<string, SheetPerson[]>()
  for (const person of people) byName.set(fullName(person), [...(byName.get(fullName(person)) ?? []), person])
  const differ = (a: SheetPerson, b: SheetPerson, facts: readonly Distinction[]) => facts.some((fact) => a[fact] !== b[fact])
  const shown = DISTINCTIONS.filter((fact) => columns.includes(COLUMN_OF[fact]))
  return people.map((person) => {
    const namesakes = (byName.get(fullName(person)) ?? []).filter((other) => other !== person)
    if (namesakes.every((other) => differ(person, other, shown))) return null
    const byPost = namesakes.every((other) => differ(person, other, ['position', 'unit']))
    const told = DISTINCTIONS.filter((fact) => !shown.includes(fact) && !(byPost && fact === 'employeeNumber') && person[fact])
    return told.map((fact) => (fact === 'employeeNumber' ? `служебен № ${person[fact]}` : person[fact])).join(', ') || null
  })
}

const DISTINCTIONS = ['position', 'unit', 'employeeNumber'] as const
type Distinction = (typeof DISTINCTIONS)[number]
const COLUMN_OF = { position: 'position', unit: 'unit', employeeNumber: 'employee_number' } as const

/**
 * The parts of a session that are signed for one by one: the whole, or its two halves where it lies on both sides of midday. They meet
 * at the break nearest to midday, or at midday itself where there is no break.
 */
export function signedParts(session: Span & { breaks: readonly Span[] }, midday: Date): Span[] {
  const whole = { startsAt: session.startsAt, endsAt: session.endsAt }
  if (+session.startsAt >= +midday || +session.endsAt <= +midday) return [whole]
  const away = ({ startsAt, endsAt }: Span) => Math.max(0, +startsAt - +midday, +midday - +endsAt)
  const [pause] = [...session.breaks].sort((a, b) => away(a) - away(b) || +a.startsAt - +b.startsAt)
  const { startsAt, endsAt } = pause ?? { startsAt: midday, endsAt: midday }
  return [
    { startsAt: session.startsAt, endsAt: startsAt },
    { startsAt: endsAt, endsAt: session.endsAt },
  ].filter((part) => part.startsAt < part.endsAt)
}
