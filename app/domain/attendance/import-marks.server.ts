import { authorize, can, type AccountActor } from '~/domain/policy'
import { inMunicipality } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { readTable } from '~/platform/table/read.server'
import { wallClock } from '~/platform/table/cells.server'
import type { Record } from './attendance'
import { attendanceSheet, type SheetRow } from './attendance.server'
import { heldIn, marksInFile, type ReadRow } from './marks-in-file'

export type SheetPerson = Pick<SheetRow, 'personId' | 'givenName' | 'middleName' | 'familyName' | 'position' | 'unit' | 'number'> & {
  now: Record | null
}
export type ImportPreview = {
  fileName: string
  /** The last claim the sheet had when the file was read. */
  seen: string
  rows: ReadRow[]
  /** Everybody in the sheet, by id, with the mark there is. */
  people: { [personId: string]: SheetPerson }
  /** Rows of the file without a mark. */
  unmarked: number
  /** Whom of the sheet the file does not hold; of namesakes as many as it has too few rows for. */
  missing: string[]
}

/** The sheet a file may be read into, with everybody in it by id. Throws `not_found`, `forbidden`, and `conflict` where nothing can be marked now. */
export async function importPage(actor: AccountActor, trainingId: string, sessionId: string) {
  const sheet = await attendanceSheet(actor, trainingId, sessionId)
  authorize(actor, 'attendance.record', sheet.training)
  return { ...sheet, session: sheet.session!, people: Object.fromEntries(sheet.rows.map((row) => [row.personId, personOf(row)])) }
}

/**
 * Reads marks of one session from a file without recording anything. Employee numbers are those the actor sees: who sees none but namesakes' has only theirs. Throws
 * as `importPage` does, `conflict` for a sheet in which nothing can be marked, and `invalid` for a file that is none or names no columns.
 */
export async function readMarks(
  actor: AccountActor,
  trainingId: string,
  sessionId: string,
  file: { name: string; bytes: Buffer },
): Promise<ImportPreview> {
  const { session, rows, people: inSheet, seen, canRecord } = await importPage(actor, trainingId, sessionId)
  if (!canRecord) throw new AppError('conflict', session.closure ? 'attendance.closed' : 'attendance.too_early')
  const numbers = can(actor, 'staff.list', null) ? await numbersOf(actor, rows) : new Map<string, string>()
  const table = await readTable(file.bytes)
  const people = rows.map((row) => ({ ...row, employeeNumber: numbers.get(row.personId) ?? row.number }))
  const read = marksInFile(table, people, wallClock(session.startsAt, actor.timeZone).replace('T', ' '))
  if (!read) throw new AppError('invalid', 'table.no_columns', { field: 'file' })
  const held = heldIn([...read.rows.map(({ candidates }) => candidates), ...read.passedOver])
  return {
    fileName: file.name
      .normalize('NFC')
      .replace(/[\p{Cc}\p{Cf}]+/gu, '')
      .slice(-150),
    seen,
    rows: read.rows,
    unmarked: read.unmarked,
    missing: rows.filter(({ personId, isEnrolled }) => isEnrolled && !held.has(personId)).map(({ personId }) => personId),
    people: inSheet,
  }
}

const personOf = ({
  personId,
  givenName,
  middleName,
  familyName,
  position,
  unit,
  number,
  mark,
  lateMinutes,
  leftEarlyMinutes,
}: SheetRow): SheetPerson => ({
  personId,
  givenName,
  middleName,
  familyName,
  position,
  unit,
  number,
  now: mark && { mark, lateMinutes: lateMinutes ?? 0, leftEarlyMinutes: leftEarlyMinutes ?? 0 },
})

function numbersOf(actor: AccountActor, rows: SheetRow[]): Promise<Map<string, string>> {
  return inMunicipality(actor, async (tx) => {
    const people = await tx.person.findMany({
      where: { id: { in: rows.map(({ personId }) => personId) }, employeeNumber: { not: null } },
      select: { id: true, employeeNumber: true },
    })
    return new Map(people.map(({ id, employeeNumber }) => [id, employeeNumber!]))
  })
}
