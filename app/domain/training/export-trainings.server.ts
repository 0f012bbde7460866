import { translator } from '~/i18n/dictionary'
import { enrolmentWords } from '~/i18n/enrolment'
import { tableWords } from '~/i18n/table'
import { trainingFileWords } from '~/i18n/training-file'
import { trainingWords } from '~/i18n/training'
import { tableFile, type FileKind, type TableFile } from '~/platform/table/file.server'
import { ownTable } from '~/platform/table/own-table.server'
import { allPages, sheet, ROWS_OF_A_FILE, type Column } from '~/platform/table/table'
import type { AccountActor } from '../policy'
import { trainingsPage, type TrainingsFilter } from './trainings-list.server'

type Page = Awaited<ReturnType<typeof trainingsPage>>
type Row = Page['rows'][number]

/** The list of trainings with its filters as a file. Throws `forbidden` for who may not see the list. */
export async function exportTrainings(actor: AccountActor, filter: TrainingsFilter, { format, language }: FileKind): Promise<TableFile> {
  const t = translator(trainingWords, language)
  const words = translator(trainingFileWords, language)
  const states = translator(enrolmentWords, language)
  const read = (page: number) => trainingsPage(actor, { ...filter, page, rowsPerPage: ROWS_OF_A_FILE })
  const { choices } = await trainingsPage(actor, { ...filter, page: 1, rowsPerPage: 1 })
  const titleOf = ({ title, titleEn }: { title: string; titleEn: string | null }) => (language === 'en' && titleEn) || title
  const instant = (text: string | null) => (text ? new Date(text) : null)
  const columns: Column<Row>[] = [
    { header: t('course'), kind: 'text', width: 40, cell: titleOf },
    { header: words('startsAt'), kind: 'instant', width: 17, cell: (row) => instant(row.startsAt) },
    { header: words('endsAt'), kind: 'instant', width: 17, cell: (row) => instant(row.endsAt) },
    { header: t('stateHead'), kind: 'text', width: 18, cell: (row) => t(`state.${row.state}`) },
    { header: t('where'), kind: 'text', width: 28, cell: (row) => row.place },
    { header: t('trainer'), kind: 'text', width: 24, cell: (row) => row.trainer },
    { header: words('taken'), kind: 'integer', width: 9, cell: (row) => row.seatsTaken },
    { header: t('seats'), kind: 'integer', width: 9, cell: (row) => row.capacity },
  ]
  if (choices.projects.length > 0)
    columns.push({ header: t('project'), kind: 'text', width: 30, notOnPaper: true, cell: (row) => row.project })
  if (actor.roles.includes('coordinator'))
    columns.push(
      { header: words('pending'), kind: 'integer', width: 10, notOnPaper: true, cell: (row) => row.pending },
      { header: words('waiting'), kind: 'integer', width: 10, notOnPaper: true, cell: (row) => row.waiting },
    )
  if (actor.personId && actor.roles.includes('employee'))
    columns.push({ header: t('ownState'), kind: 'text', width: 18, cell: (row) => row.own && states(`state.${row.own}`) })
  const project = choices.projects.find(({ id }) => id === filter.projectId)
  const course = choices.courses.find(({ id }) => id === filter.courseId)
  const table = ownTable(actor, language, {
    title: t('title'),
    fileName: { ascii: 'obucheniya', full: t('title') },
    filters: [
      t(`view.${filter.view}`),
      filter.q && translator(tableWords, language)('search', { text: filter.q }),
      course && `${t('course')}: ${titleOf(course)}`,
      project && `${t('project')}: ${project.title ?? project.numberAsWritten ?? t('noProjectTitle')}`,
      choices.trainers.find(({ accountId }) => accountId === filter.trainerAccountId)?.displayName,
    ],
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
