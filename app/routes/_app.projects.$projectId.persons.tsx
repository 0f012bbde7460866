import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { listName } from '~/domain/person/person'
import { trainedPersons } from '~/domain/project/project-numbers.server'
import { wordTitle } from '~/i18n/page-title'
import { rowsPerPageOf } from '~/i18n/preferences'
import { projectWords } from '~/i18n/project'
import { useFormat, useT } from '~/i18n/use-language'
import { asActor, idOf } from '~/platform/handlers.server'
import { DataTable } from '~/ui/data-table'
import { EXPORT_FORMATS } from '~/ui/export-menu'
import { ListCount, ListToolbar, Pagination } from '~/ui/list-toolbar'
import { PageHeader } from '~/ui/page-header'
import { PersonChip } from '~/ui/status'
import { useProjectName } from './projects/project-text'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, projectWords, 'personsTitle')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    const page = Number(new URL(args.request.url).searchParams.get('page')) || 1
    const { project, ...list } = await trainedPersons(actor, idOf(args.params.projectId), {
      page,
      rowsPerPage: rowsPerPageOf(args.request),
    })
    return { ...list, project: { id: project.id, title: project.title, numberAsWritten: project.numberAsWritten } }
  })
}

export default function TrainedPersonsPage() {
  const { project, numbers, rows, total, page, rowsPerPage } = useLoaderData<typeof loader>()
  const t = useT(projectWords)
  const format = useFormat()
  return (
    <>
      <PageHeader
        title={t('personsTitle')}
        crumbs={[
          { to: '/projects', label: t('title') },
          { to: `/projects/${project.id}`, label: useProjectName()(project) },
        ]}
        status={t('personsLead')}
      />
      <ListToolbar exportFormats={EXPORT_FORMATS} />
      <ListCount total={total} noun={(count) => t('personCount', count)} />
      <DataTable
        caption={t('personsCaption')}
        captionHidden
        rows={rows}
        rowKey={({ personId }) => personId}
        columns={[
          {
            key: 'name',
            header: t('name'),
            cell: (row) => (
              <PersonChip name={listName(row)} position={row.position} service={row.workplace} to={`/staff/${row.personId}`} />
            ),
          },
          { key: 'trainings', header: t('trainingsAttended'), numeric: true, cell: ({ trainings }) => format.number(trainings) },
          { key: 'attendances', header: t('attendancesColumn'), numeric: true, cell: ({ attendances }) => format.number(attendances) },
          { key: 'hours', header: t('hoursColumn'), numeric: true, cell: ({ attendedMinutes }) => format.hours(attendedMinutes) },
        ]}
        totals={{
          name: t('totalAll'),
          attendances: format.number(numbers.attendances),
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
