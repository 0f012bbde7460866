import { courseWords } from '~/i18n/course'
import { translator } from '~/i18n/dictionary'
import { academicHours } from '~/i18n/format'
import { tableWords } from '~/i18n/table'
import { tableFile, type FileKind, type TableFile } from '~/platform/table/file.server'
import { ownTable } from '~/platform/table/own-table.server'
import { allPages, sheet, ROWS_OF_A_FILE, type Column } from '~/platform/table/table'
import { authorize, type AccountActor } from '../policy'
import { courseList, type CourseFilter } from './course.server'

type Row = Awaited<ReturnType<typeof courseList>>['rows'][number]

/** The courses the actor sees, narrowed as the list is, as a file. Throws `forbidden` for who may not see the list. */
export function exportCourses(actor: AccountActor, filter: CourseFilter, { format, language }: FileKind): Promise<TableFile> {
  authorize(actor, 'course.list', null)
  const t = translator(courseWords, language)
  const columns: Column<Row>[] = [
    { header: t('courseTitle'), kind: 'text', width: 50, cell: (row) => row.title },
    { header: t('titleEn'), kind: 'text', width: 50, cell: (row) => row.titleEn },
    { header: t('kind'), kind: 'text', width: 18, cell: (row) => t(`kinds.${row.kind}`) },
    { header: t('durationMinutes'), kind: 'integer', width: 14, cell: (row) => row.durationMinutes },
    { header: t('hours'), kind: 'decimal', width: 14, cell: (row) => academicHours(row.durationMinutes, actor.academicHourMinutes) },
    { header: t('trainings'), kind: 'integer', width: 12, cell: (row) => row.trainings },
  ]
  const read = (page: number) => courseList(actor, { ...filter, page, rowsPerPage: ROWS_OF_A_FILE })
  const table = ownTable(actor, language, {
    title: t('title'),
    fileName: { ascii: 'kursove', full: t('title') },
    filters: [
      filter.archived && t('archivedTab'),
      filter.q && translator(tableWords, language)('search', { text: filter.q }),
      filter.kind && t(`kinds.${filter.kind}`),
    ].map((text) => text || null),
    sheets: [
      sheet(
        t('title'),
        columns,
        allPages(read, ({ id }) => id),
      ),
    ],
  })
  return tableFile(table, format)
}
