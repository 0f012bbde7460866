import { attendanceFileWords } from '~/i18n/attendance-file'
import { translator } from '~/i18n/dictionary'
import {
  academicHours,
  calendarDay,
  compareNames,
  formatDateRange,
  formatNumber,
  formatTimeRange,
  fullName,
  type NameParts,
} from '~/i18n/format'
import type { Language } from '~/i18n/language'
import type { Tx } from '~/platform/db.server'
import { tableFile, type FileKind, type TableFile } from '~/platform/table/file.server'
import { ownTable } from '~/platform/table/own-table.server'
import { sheet } from '~/platform/table/table'
import type { AccountActor } from '../policy'
import {
  attendanceColumns,
  courseTitle,
  sumColumns,
  type AttendanceFileKind,
  type FileRow,
  type PersonSum,
  type Shown,
} from './attendance-columns'
import { filedAttendances, type FiledSession, type Narrowing } from './attendance-rows.server'
import { correctionsAfterClosing, type CorrectionAfterClosing } from './corrections.server'

export type AttendanceFile = Narrowing & {
  kind: AttendanceFileKind
  sessions: FiledSession[]
  project?: { name: string; isEuFunded: boolean } | null
  person?: NameParts
  shown: Shown
}

/** File names name no person. */
const ASCII_NAMES: Record<AttendanceFileKind, string> = {
  session: 'prisastvie-zanyatie',
  training: 'prisastvie-obuchenie',
  person: 'prisastvie-litse',
  project: 'prisastvie-proekt',
}

type Sums = { attendances: number; attendedMinutes: number; persons: Map<string, PersonSum> }

/**
 * Attendance as a file, one row a person and session: what an auditor can filter, add up and lay beside the paper. CSV and PDF hold the
 * rows; XLSX and ODS also the sums by person. The sums are counted from the very rows of the file.
 */
export async function attendanceFile(
  tx: Tx,
  actor: AccountActor,
  { format, language }: FileKind,
  file: AttendanceFile,
): Promise<TableFile> {
  const t = translator(attendanceFileWords, language)
  const speech = { language, academicHourMinutes: actor.academicHourMinutes }
  const sums: Sums = { attendances: 0, attendedMinutes: 0, persons: new Map() }
  const { kind, sessions, project, shown } = file
  const corrections = await correctionsOf(tx, sessions)
  const day = sessions[0] ? calendarDay(sessions[0].startsAt, actor.timeZone) : ''
  const rows = counted(withCorrections(filedAttendances(tx, actor, sessions, file), corrections), sums)
  const table = ownTable(actor, language, {
    title: t(`title.${kind}`),
    fileName: { ascii: `${ASCII_NAMES[kind]}-${day}`, full: `${t(`title.${kind}`)} ${day}` },
    isEuFunded: project?.isEuFunded ?? false,
    filters: [file.presentOnly ? t('present') : null],
    facts: () => factsOf(file, sums, actor, language),
    sheets: [
      sheet(t('sheet'), attendanceColumns(kind, shown, speech), rows),
      ...(kind === 'person' || kind === 'session' ? [] : [sheet(t('persons'), sumColumns(shown, speech), ofAll(sums))]),
    ],
  })
  return tableFile(table, format)
}

function factsOf({ kind, sessions, project, person }: AttendanceFile, sums: Sums, actor: AccountActor, language: Language) {
  const t = translator(attendanceFileWords, language)
  const facts: [string, string][] = []
  const [first, last] = [sessions[0], sessions.at(-1)]
  const number = (value: number) => formatNumber(value, language)
  if (person) facts.push([t('name'), fullName(person)])
  if (project) facts.push([t('project'), project.name])
  if (first && (kind === 'session' || kind === 'training'))
    facts.push([t('training'), courseTitle(first, language)], [t('trainer'), first.trainer])
  if (first && kind === 'session')
    facts.push([t('session'), formatTimeRange(first.startsAt, first.endsAt, language, actor.timeZone)], [t('place'), first.place ?? ''])
  if (first && last && kind !== 'session')
    facts.push([t('sessions'), `${number(sessions.length)} (${formatDateRange(first.startsAt, last.startsAt, language, actor.timeZone)})`])
  facts.push([t('closedSheets'), t('ofAll', { some: sessions.filter(({ closedAt }) => closedAt).length, all: sessions.length })])
  if (kind !== 'person') facts.push([t('personsCount'), number([...sums.persons.values()].filter((one) => one.attendances > 0).length)])
  const hours = formatNumber(academicHours(sums.attendedMinutes, actor.academicHourMinutes), language, 1, 1)
  facts.push([t('attendances'), number(sums.attendances)], [t('minutes'), number(sums.attendedMinutes)], [t('hours'), hours])
  facts.push([t('academicHour'), t('minutesOf', { count: actor.academicHourMinutes })], [t('rowIs'), t('onePersonOneSession')])
  return facts
}

type Corrections = Map<string, CorrectionAfterClosing[]>
const keyOf = (sessionId: string, personId: string) => `${sessionId}.${personId}`

async function correctionsOf(tx: Tx, sessions: FiledSession[]): Promise<Corrections> {
  const closed = sessions.filter(({ closedAt }) => closedAt).map(({ id }) => id)
  const found: Corrections = new Map()
  if (closed.length === 0) return found
  for (const one of await correctionsAfterClosing(tx, closed)) {
    if (!one.isChange) continue
    const key = keyOf(one.sessionId, one.personId)
    found.set(key, [...(found.get(key) ?? []), one])
  }
  return found
}

async function* withCorrections(batches: ReturnType<typeof filedAttendances>, corrections: Corrections): AsyncGenerator<FileRow[]> {
  for await (const rows of batches)
    yield rows.map((row) => ({ ...row, corrections: corrections.get(keyOf(row.session.id, row.personId)) ?? [] }))
}

async function* counted(batches: AsyncIterable<FileRow[]>, sums: Sums): AsyncGenerator<FileRow[]> {
  for await (const rows of batches) {
    for (const row of rows) count(row, sums)
    yield rows
  }
}

/** Three numbers that are never one another: persons who were there, attendances, minutes. */
function count({ personId, givenName, middleName, familyName, employeeNumber, mark, attendedMinutes }: FileRow, sums: Sums) {
  const person = sums.persons.get(personId) ?? {
    givenName,
    middleName,
    familyName,
    employeeNumber,
    sessions: 0,
    attendances: 0,
    attendedMinutes: 0,
  }
  const [there, minutes] = mark === 'present' ? [1, attendedMinutes ?? 0] : [0, 0]
  person.sessions += 1
  person.attendances += there
  person.attendedMinutes += minutes
  sums.persons.set(personId, person)
  sums.attendances += there
  sums.attendedMinutes += minutes
}

/** Read when the rows before it are written. */
function* ofAll({ persons }: Sums): Generator<PersonSum[]> {
  yield [...persons.values()].sort(compareNames)
}
