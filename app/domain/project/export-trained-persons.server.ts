import { attendanceFileWords } from '~/i18n/attendance-file'
import { translator } from '~/i18n/dictionary'
import { academicHours, formatNumber, fullName } from '~/i18n/format'
import { projectWords } from '~/i18n/project'
import { tableFile, type FileKind, type TableFile } from '~/platform/table/file.server'
import { ownTable } from '~/platform/table/own-table.server'
import { allPages, sheet, ROWS_OF_A_FILE, type Column } from '~/platform/table/table'
import type { AccountActor } from '../policy'
import { trainedPersons, type TrainedPerson } from './project-numbers.server'

/** The persons behind a project's first number as a file, with all three numbers. Throws `not_found`. */
export async function exportTrainedPersons(actor: AccountActor, projectId: string, { format, language }: FileKind): Promise<TableFile> {
  const t = translator(projectWords, language)
  const words = translator(attendanceFileWords, language)
  const hours = (minutes: number) => academicHours(minutes, actor.academicHourMinutes)
  const columns: Column<TrainedPerson>[] = [
    { header: t('name'), kind: 'text', width: 32, cell: fullName },
    { header: words('position'), kind: 'text', width: 26, cell: (row) => row.position },
    { header: words('unit'), kind: 'text', width: 36, cell: (row) => row.workplace },
    { header: t('trainingsAttended'), kind: 'integer', width: 12, cell: (row) => row.trainings },
    { header: t('attendancesColumn'), kind: 'integer', width: 12, cell: (row) => row.attendances },
    { header: words('minutes'), kind: 'integer', width: 14, cell: (row) => row.attendedMinutes },
    { header: words('hours'), kind: 'decimal', width: 14, cell: (row) => hours(row.attendedMinutes) },
  ]
  const read = (page: number) => trainedPersons(actor, projectId, { page, rowsPerPage: ROWS_OF_A_FILE })
  const { project, numbers } = await read(1)
  const number = (value: number, decimals = 0) => formatNumber(value, language, decimals)
  const table = ownTable(actor, language, {
    title: t('personsTitle'),
    fileName: { ascii: 'obucheni-litsa', full: t('personsTitle') },
    isEuFunded: project.isEuFunded,
    facts: () => [
      [words('project'), [project.numberAsWritten && `№ ${project.numberAsWritten}`, project.title].filter(Boolean).join(', ')],
      [words('personsCount'), number(numbers.persons)],
      [words('attendances'), number(numbers.attendances)],
      [words('minutes'), number(numbers.attendedMinutes)],
      [words('hours'), number(hours(numbers.attendedMinutes), 1)],
      [words('academicHour'), words('minutesOf', { count: actor.academicHourMinutes })],
    ],
    sheets: [
      sheet(
        t('personsTitle'),
        columns,
        allPages(read, ({ personId }) => personId),
      ),
    ],
  })
  return tableFile(table, format)
}
