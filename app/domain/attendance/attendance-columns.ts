import { attendanceWords } from '~/i18n/attendance'
import { attendanceFileWords } from '~/i18n/attendance-file'
import { translator } from '~/i18n/dictionary'
import { academicHours, fullName, type NameParts } from '~/i18n/format'
import type { Language } from '~/i18n/language'
import type { Column } from '~/platform/table/table'
import type { FiledAttendance, FiledSession } from './attendance-rows.server'
import type { CorrectionAfterClosing } from './corrections.server'

export type AttendanceFileKind = 'session' | 'training' | 'person' | 'project'

/** A row of the file with the changes made after its sheet was closed, oldest first. */
export type FileRow = FiledAttendance & { corrections: CorrectionAfterClosing[] }
export type PersonSum = NameParts & { employeeNumber: string | null; sessions: number; attendances: number; attendedMinutes: number }

/** What not every reader may know: who marked and why; the employee number. */
export type Shown = { withAuthors: boolean; withNumbers: boolean }
type Guarded<Row> = Column<Row> & { only?: keyof Shown }

type Speech = { language: Language; academicHourMinutes: number }

export const courseTitle = ({ course }: Pick<FiledSession, 'course'>, language: Language): string =>
  (language === 'en' && course.titleEn) || course.title

/** What is to be known of a row besides its figures. */
function remarkOn(row: FileRow, language: Language): string {
  const t = translator(attendanceFileWords, language)
  return [
    row.corrections.length > 0 && t('corrected'),
    row.isConflicting && t('conflicting'),
    row.lacksScan && t('lacksScan'),
    !row.isEnrolled && t('withdrawn'),
    row.session.isCancelled && t('cancelled'),
  ]
    .filter(Boolean)
    .join('; ')
}

/** The columns of attendance by person and session. On paper stands what the page says of a person; the files hold all. */
export function attendanceColumns(kind: AttendanceFileKind, shown: Shown, { language, academicHourMinutes }: Speech): Column<FileRow>[] {
  const t = translator(attendanceFileWords, language)
  const words = translator(attendanceWords, language)
  const hours = (minutes: number | null) => (minutes === null ? null : academicHours(minutes, academicHourMinutes))
  const ofOnePerson = kind === 'person'
  const ofOneSession = kind === 'session'
  const ofOneTraining = ofOneSession || kind === 'training'
  const columns: Guarded<FileRow>[] = [
    { header: t('number'), kind: 'text', width: 12, notOnPaper: true, only: 'withNumbers', cell: (row) => row.employeeNumber },
    { header: t('name'), kind: 'text', width: 28, isKey: true, notOnPaper: ofOnePerson, cell: fullName },
    { header: t('position'), kind: 'text', width: 22, notOnPaper: ofOnePerson, cell: (row) => row.position },
    { header: t('unit'), kind: 'text', width: 30, notOnPaper: !ofOneSession, cell: (row) => row.unit },
    { header: t('training'), kind: 'text', width: 36, notOnPaper: ofOneTraining, cell: (row) => courseTitle(row.session, language) },
    { header: t('startsAt'), kind: 'instant', width: 19, notOnPaper: ofOneSession, cell: (row) => row.session.startsAt },
    { header: t('endsAt'), kind: 'instant', width: 19, notOnPaper: ofOneSession, cell: (row) => row.session.endsAt },
    { header: t('place'), kind: 'text', width: 24, notOnPaper: true, cell: (row) => row.session.place },
    { header: t('trainer'), kind: 'text', width: 24, notOnPaper: true, cell: (row) => row.session.trainer },
    { header: t('mark'), kind: 'text', width: 21, cell: (row) => (row.mark ? words(`mark.${row.mark}`) : t('unmarked')) },
    { header: t('late'), kind: 'integer', width: 15, cell: (row) => row.lateMinutes },
    { header: t('early'), kind: 'integer', width: 15, cell: (row) => row.leftEarlyMinutes },
    { header: t('arrivedAt'), kind: 'instant', width: 17, notOnPaper: true, cell: (row) => row.arrivedAt },
    { header: t('leftAt'), kind: 'instant', width: 17, notOnPaper: true, cell: (row) => row.leftAt },
    { header: t('scheduledMinutes'), kind: 'integer', width: 13, cell: (row) => row.session.scheduledMinutes },
    { header: t('attendedMinutes'), kind: 'integer', width: 15, cell: (row) => row.attendedMinutes },
    { header: t('scheduledHours'), kind: 'decimal', width: 13, notOnPaper: true, cell: (row) => hours(row.session.scheduledMinutes) },
    { header: t('attendedHours'), kind: 'decimal', width: 15, cell: (row) => hours(row.attendedMinutes) },
    { header: t('source'), kind: 'text', width: 18, cell: (row) => row.source && words(`source.${row.source}`) },
    { header: t('markedAt'), kind: 'instant', width: 17, notOnPaper: true, cell: (row) => row.markedAt },
    { header: t('author'), kind: 'text', width: 24, notOnPaper: true, only: 'withAuthors', cell: (row) => row.authorName },
    { header: t('sheetState'), kind: 'text', width: 15, cell: (row) => t(row.session.closedAt ? 'closed' : 'open') },
    { header: t('closedAt'), kind: 'instant', width: 17, notOnPaper: true, cell: (row) => row.session.closedAt },
    { header: t('remark'), kind: 'text', width: 18, cell: (row) => remarkOn(row, language) },
    { header: t('correctedAt'), kind: 'instant', width: 17, notOnPaper: true, cell: (row) => row.corrections.at(-1)?.at ?? null },
    { header: t('minutesBefore'), kind: 'integer', width: 12, notOnPaper: true, cell: (row) => row.corrections[0]?.minutesBefore ?? null },
    { header: t('reason'), kind: 'text', width: 52, notOnPaper: true, only: 'withAuthors', cell: (row) => row.reason },
  ]
  return columns.filter(({ only }) => !only || shown[only])
}

/** The columns of the sums by person. */
export function sumColumns(shown: Shown, { language, academicHourMinutes }: Speech): Column<PersonSum>[] {
  const t = translator(attendanceFileWords, language)
  const columns: Guarded<PersonSum>[] = [
    { header: t('number'), kind: 'text', width: 12, only: 'withNumbers', cell: (row) => row.employeeNumber },
    { header: t('name'), kind: 'text', width: 30, cell: fullName },
    { header: t('sessions'), kind: 'integer', width: 11, cell: (row) => row.sessions },
    { header: t('attendances'), kind: 'integer', width: 12, cell: (row) => row.attendances },
    { header: t('minutes'), kind: 'integer', width: 14, cell: (row) => row.attendedMinutes },
    { header: t('hours'), kind: 'decimal', width: 14, cell: (row) => academicHours(row.attendedMinutes, academicHourMinutes) },
  ]
  return columns.filter(({ only }) => !only || shown[only])
}
