import { fullName, listName, type NameParts } from '~/i18n/format'
import { mendLookAlikes } from '../person/person'
import type { Mark, Record } from './attendance'

/** Somebody of the sheet, as a row of a file may name them. */
export type Candidate = NameParts & { personId: string; employeeNumber: string | null; position: string | null; unit: string | null }

/** `other_name`: the number is of one person and the name of quite another. */
export type RowProblem = 'unknown' | 'namesakes' | 'other_name' | 'mark' | 'minutes' | 'repeated' | 'other_session'
export type ReadRow = {
  /** Its number in the file, the heads being 1. */
  line: number
  /** As the file names the person. */
  name: string
  typed: Record | null
  /** Whom it is about; several for namesakes nothing tells apart. */
  candidates: string[]
  problem: RowProblem | null
}
export type ReadMarks = {
  rows: ReadRow[]
  /** Rows without a mark. */ unmarked: number
  /** Whom each of those of this session names, one or several. */ passedOver: string[][]
}

/** Heads of our own files in both languages, and what people write by hand. */
const HEADS = {
  name: ['име', 'имена', 'трите имена', 'име и фамилия', 'служител', 'участник', 'name', 'full name'],
  number: ['служебен номер', 'служебен №', 'employee number'],
  mark: ['отметка', 'присъствие', 'присъствал', 'mark', 'attendance'],
  late: ['закъснение, мин.', 'закъснение', 'закъснял/а, мин.', 'late, min', 'late'],
  early: ['напускане по-рано, мин.', 'напускане по-рано', 'напуснал/а по-рано, мин.', 'left early, min', 'left early'],
  start: ['начало', 'start'],
  position: ['длъжност', 'position'],
  unit: ['услуга или работодател', 'услуга', 'service or employer', 'service'],
} as const
type Head = keyof typeof HEADS

const MARK_WORDS: [RegExp, Mark][] = [
  [/^(присъств|present|да$|yes$|п$|p$)/, 'present'],
  [/^(отсъств|absent|не$|no$|о$|a$)/, 'absent'],
  [/^(по уважителна|уважителн|excused|у$|e$)/, 'excused'],
]
const NO_MARK = /^(|[–-]|неотбелязан.*|not marked)$/

const folded = (text: string | null) =>
  mendLookAlikes((text ?? '').normalize('NFC'))
    .toLocaleLowerCase('bg')
    .replace(/[‐‑–]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()

const minutesOf = (text: string): number | null => (text === '' ? 0 : /^\d{1,4}$/.test(text) && Number(text) <= 1440 ? Number(text) : null)

/** `29.03.2026 г., 01:30`, `29.03.2026 01:30` and `2026-03-29T01:30:00` as `2026-03-29 01:30`. */
const momentOf = (text: string): string => {
  const day = text.replace(
    /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:\s*г\.)?,?/,
    (_, d: string, m: string, y: string) => `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`,
  )
  return day.replace('T', ' ').replace(/\s+/g, ' ').trim().slice(0, 16)
}

/** Places of the columns, or null where the two that are needed are missing. */
function columnsOf(heads: string[]): { [H in Head]?: number } | null {
  const known = heads.map(folded)
  const places = Object.fromEntries(
    Object.entries(HEADS).flatMap(([head, names]) => {
      const at = known.findIndex((one) => (names as readonly string[]).includes(one))
      return at < 0 ? [] : [[head, at]]
    }),
  ) as { [H in Head]?: number }
  return places.mark !== undefined && (places.name !== undefined || places.number !== undefined) ? places : null
}

/**
 * What the rows of a file say of the people of one sheet. `startsAt` is the session's start by the wall clock (`2026-03-29 01:30`): in a
 * file of several sessions rows of others are left aside. A person is found by employee number, else by the whole name, unless known
 * under another number; of namesakes by position and service. Null where the first row does not name the columns.
 */
export function marksInFile([heads = [], ...body]: string[][], people: Candidate[], startsAt: string): ReadMarks | null {
  const places = columnsOf(heads)
  if (!places) return null
  const rows: ReadRow[] = []
  const unmarked: string[][] = []
  body.forEach((cells, index) => {
    const at = (head: Head) => (places[head] === undefined ? '' : (cells[places[head]!] ?? '').trim())
    const start = momentOf(at('start'))
    const isOther = start !== '' && start !== startsAt
    if (NO_MARK.test(folded(at('mark'))))
      return void (at('name') || at('number') ? unmarked.push(isOther ? [] : found(at, people).candidates) : null)
    const row = { line: index + 2, name: at('name') || at('number') }
    if (isOther) return void rows.push({ ...row, typed: null, candidates: [], problem: 'other_session' })
    rows.push({ ...row, ...marked(at), ...found(at, people) })
  })
  return {
    rows: withoutRepeated(
      rows.map(({ markProblem, ...row }: ReadRow & { markProblem?: RowProblem | null }) => ({
        ...row,
        problem: markProblem ?? row.problem,
      })),
    ),
    unmarked: unmarked.length,
    passedOver: unmarked.filter((candidates) => candidates.length > 0),
  }
}

/**
 * Whom the rows of a file are about, given the candidates of each: whoever a row names alone, and of several candidates one whom no other
 * row is about, for a row is about one person.
 */
export function heldIn(rows: string[][]): Set<string> {
  const held = new Set(rows.flatMap((candidates) => (candidates.length === 1 ? candidates : [])))
  for (const candidates of rows) {
    const one = candidates.length > 1 && candidates.find((id) => !held.has(id))
    if (one) held.add(one)
  }
  return held
}

function marked(at: (head: Head) => string): { typed: Record | null; markProblem: RowProblem | null } {
  const mark = MARK_WORDS.find(([words]) => words.test(folded(at('mark'))))?.[1]
  const [lateMinutes, leftEarlyMinutes] = [minutesOf(at('late')), minutesOf(at('early'))]
  if (!mark) return { typed: null, markProblem: 'mark' }
  if (lateMinutes === null || leftEarlyMinutes === null || (mark !== 'present' && lateMinutes + leftEarlyMinutes > 0))
    return { typed: null, markProblem: 'minutes' }
  return { typed: { mark, lateMinutes, leftEarlyMinutes }, markProblem: null }
}

function found(at: (head: Head) => string, people: Candidate[]): Pick<ReadRow, 'candidates' | 'problem'> {
  const [number, name] = [at('number'), folded(at('name')).replace(/,/g, ', ').replace(/\s+/g, ' ')]
  const byNumber = number ? people.filter((one) => one.employeeNumber === number) : []
  const named = people.filter(
    (one) =>
      name &&
      [fullName(one), listName(one)].some((written) => folded(written) === name) &&
      !(number && one.employeeNumber && one.employeeNumber !== number),
  )
  const ids = (of: Candidate[]) => [...new Set(of.map(({ personId }) => personId))]
  if (byNumber.some((one) => !isLikeName(name, one))) return { candidates: ids([...byNumber, ...named]), problem: 'other_name' }
  const apart = named.filter(
    (one) =>
      (!at('position') || folded(one.position) === folded(at('position'))) && (!at('unit') || folded(one.unit) === folded(at('unit'))),
  )
  const best = ids(byNumber.length > 0 ? byNumber : apart.length === 1 ? apart : named)
  return { candidates: best, problem: best.length === 0 ? 'unknown' : best.length > 1 ? 'namesakes' : null }
}

const wordsOf = (name: string) => folded(name).split(/[\s,-]+/)

/** Whether a name beside a number may be meant for its owner: no name, one name of theirs, or a short form of the first one. */
function isLikeName(name: string, one: Candidate): boolean {
  const [own, said] = [wordsOf(fullName(one)), wordsOf(name)]
  const isShortForm = said.length === 1 && said[0]!.slice(0, 2) === folded(one.givenName).slice(0, 2)
  return !name || isShortForm || said.some((word) => own.includes(word))
}

/** A person twice with different marks is nobody's mark; twice with the same one is once. */
function withoutRepeated(rows: ReadRow[]): ReadRow[] {
  const first = new Map<string, ReadRow>()
  const differing = new Set<string>()
  const kept = rows.filter((row) => {
    if (row.problem || row.candidates.length !== 1) return true
    const known = first.get(row.candidates[0]!)
    if (!known) return first.set(row.candidates[0]!, row)
    if (JSON.stringify(known.typed) === JSON.stringify(row.typed)) return false
    differing.add(row.candidates[0]!)
    return true
  })
  return kept.map((row) => (!row.problem && differing.has(row.candidates[0]!) ? { ...row, problem: 'repeated' as const } : row))
}
