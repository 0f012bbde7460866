import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { listName } from '~/domain/person/person'
import { projectAttendances } from '~/domain/project/project-numbers.server'
import { common } from '~/i18n/common'
import { wordTitle } from '~/i18n/page-title'
import { rowsPerPageOf } from '~/i18n/preferences'
import { projectWords } from '~/i18n/project'
import { useFormat, useLanguage, useT } from '~/i18n/use-language'
import { asActor, idOf } from '~/platform/handlers.server'
import { DataTable } from '~/ui/data-table'
import { EXPORT_FORMATS } from '~/ui/export-menu'
import { ListCount, ListToolbar, Pagination } from '~/ui/list-toolbar'
import { PageHeader } from '~/ui/page-header'
import { PersonChip } from '~/ui/status'
import { useProjectName } from './projects/project-text'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, projectWords, 'attendancesTitle')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    const page = Number(new URL(args.request.url).searchParams.get('page')) || 1
    const rowsPerPage = rowsPerPageOf(args.request)
    const { project, ...list } = await projectAttendances(actor, idOf(args.params.projectId), { page, rowsPerPage })
    return { ...list, project: { id: project.id, title: project.title, numberAsWritten: project.numberAsWritten } }
  })
}

export default function ProjectAttendancesPage() {
  const { project, numbers, rows, total, page, rowsPerPage } = useLoaderData<typeof loader>()
  const t = useT(projectWords)
  const words = useT(common)
  const format = useFormat()
  const english = useLanguage() === 'en'
  return (
    <>
      <PageHeader
        title={t('attendancesTitle')}
        crumbs={[
          { to: '/projects', label: t('title') },
          { to: `/projects/${project.id}`, label: useProjectName()(project) },
        ]}
        status={t('attendancesLead')}
      />
      <ListToolbar exportFormats={EXPORT_FORMATS} />
      <ListCount total={total} noun={(count) => t('attendanceCount', count)} />
      <DataTable
        caption={t('attendancesCaption')}
        captionHidden
        rows={rows}
        rowKey={({ sessionId, personId }) => sessionId + personId}
        columns={[
          {
            key: 'name',
            header: t('name'),
            cell: (row) => (
              <PersonChip name={listName(row)} position={row.position} service={row.workplace} to={`/staff/${row.personId}`} />
            ),
          },
          {
            key: 'training',
            header: t('training'),
            cell: ({ trainingId, sessionId, title, titleEn }) => (
              <Link to={`/trainings/${trainingId}/attendance?session=${sessionId}`}>{(english && titleEn) || title}</Link>
            ),
          },
          { key: 'session', header: t('session'), cell: ({ startsAt, endsAt }) => format.timeRange(startsAt, endsAt) },
          { key: 'hours', header: t('hoursColumn'), numeric: true, cell: ({ attendedMinutes }) => format.hours(attendedMinutes) },
        ]}
        totals={{
          name: t('totalOf', { attendances: words('attendances', { count: numbers.attendances }) }),
          hours: format.hours(numbers.attendedMinutes),
        }}
        empty={<p>{t('noneTrained')}</p>}
      />
      {rows.length === total && !format.hoursAddUp(rows.map(({ attendedMinutes }) => attendedMinutes)) ? (
        <p className="field-hint">{t('roundedNote')}</p>
      ) : null}
      <Pagination page={page} total={total} rowsPerPage={rowsPerPage} />
    </>
  )
}
