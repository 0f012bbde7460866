import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import CalendarDays from 'lucide-react/icons/calendar-days'
import CalendarPlus from 'lucide-react/icons/calendar-plus'
import { hasRole } from '~/domain/policy'
import { TrainingsFilterForm } from '~/domain/training/schema'
import { VIEWS } from '~/domain/training/training'
import { trainingsPage } from '~/domain/training/trainings-list.server'
import { formatPlace } from '~/i18n/format'
import { wordTitle } from '~/i18n/page-title'
import { rowsPerPageOf } from '~/i18n/preferences'
import { trainingWords } from '~/i18n/training'
import { useT } from '~/i18n/use-language'
import { asActor } from '~/platform/handlers.server'
import { LinkButton } from '~/ui/button'
import { DataTable, type Column } from '~/ui/data-table'
import { EXPORT_FORMATS } from '~/ui/export-menu'
import { listAddress } from '~/ui/list-address'
import { ListCount, ListToolbar, Pagination, type Filter } from '~/ui/list-toolbar'
import { PageHeader, Tabs } from '~/ui/page-header'
import { EmptyState } from '~/ui/status'
import { useTitle } from './trainings/title'
import { EnrolmentChip, TrainingChip, TrainingDates } from './trainings/words'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, trainingWords, 'title')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    const params = Object.fromEntries(new URL(args.request.url).searchParams)
    const { course, project, trainer, ...filter } = TrainingsFilterForm.parse(params)
    const found = await trainingsPage(actor, {
      ...filter,
      courseId: course,
      projectId: project,
      trainerAccountId: trainer,
      rowsPerPage: rowsPerPageOf(args.request),
    })
    return {
      ...found,
      view: filter.view,
      isEmployee: actor.personId !== null && hasRole(actor, 'employee'),
      // whoever is a trainer alone sees his own trainings alone
      isOwnOnly: !hasRole(actor, 'coordinator', 'manager', 'employee'),
    }
  })
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>['rows'][number]

export default function TrainingsPage() {
  const { rows, total, page, rowsPerPage, choices, may, view, isEmployee, isOwnOnly } = useLoaderData<typeof loader>()
  const t = useT(trainingWords)
  const [params] = useSearchParams()
  const filters = useFilters(choices)
  const columns = useColumns(isEmployee, isOwnOnly)
  const filtered = ['q', 'course', 'project', 'trainer'].some((name) => params.get(name))
  const plan = may.plan ? (
    <LinkButton variant="primary" to="/trainings/new" icon={CalendarPlus}>
      {t('plan')}
    </LinkButton>
  ) : undefined
  const empty = filtered ? (
    <EmptyState icon={CalendarDays} title={t('emptyFound')}>
      {t('emptyFoundHint')}
    </EmptyState>
  ) : view === 'past' ? (
    <EmptyState icon={CalendarDays} title={t('emptyPast')} />
  ) : (
    <EmptyState icon={CalendarDays} title={t('emptyUpcoming')} action={plan}>
      {may.plan ? t('emptyUpcomingCoordinator') : t('emptyUpcomingOther')}
    </EmptyState>
  )
  return (
    <>
      <PageHeader title={t('title')} crumbs={[]} action={plan} />
      <Tabs
        label={t('views')}
        tabs={VIEWS.map((name) => ({
          to: listAddress(params, { view: name === 'upcoming' ? null : name }),
          label: t(`view.${name}`),
          current: name === view,
        }))}
      />
      <ListToolbar searchLabel={t('searchLabel')} filters={filters} keep={['view']} exportFormats={EXPORT_FORMATS} />
      <ListCount total={total} noun={(count) => t('count', count)} />
      <DataTable
        caption={t('caption')}
        captionHidden
        rows={rows}
        rowKey={({ id }) => id}
        rowTo={({ id }) => `/trainings/${id}`}
        columns={columns}
        empty={empty}
      />
      <Pagination page={page} total={total} rowsPerPage={rowsPerPage} />
    </>
  )
}

function useFilters({ courses, projects, trainers }: ReturnType<typeof useLoaderData<typeof loader>>['choices']): Filter[] {
  const t = useT(trainingWords)
  const titleOf = useTitle()
  const filters = [
    {
      name: 'course',
      label: t('course'),
      empty: t('allCourses'),
      options: courses.map((course) => ({ value: course.id, label: titleOf(course) })),
    },
    {
      name: 'project',
      label: t('project'),
      empty: t('allProjects'),
      options: projects.map(({ id, title, numberAsWritten }) => ({ value: id, label: title ?? numberAsWritten ?? t('noProjectTitle') })),
    },
    {
      name: 'trainer',
      label: t('trainer'),
      empty: t('allTrainers'),
      options: trainers.map(({ accountId, displayName }) => ({ value: accountId, label: displayName })),
    },
  ]
  return filters.filter(({ options }) => options.length > 0)
}

function useColumns(isEmployee: boolean, isOwnOnly: boolean): Column<Row>[] {
  const t = useT(trainingWords)
  const titleOf = useTitle()
  return [
    { key: 'title', header: t('course'), cell: (row) => titleOf(row) },
    { key: 'dates', header: t('dates'), cell: (row) => <TrainingDates {...row} /> },
    { key: 'state', header: t('stateHead'), cell: (row) => <TrainingChip state={row.state} /> },
    {
      key: 'where',
      header: t('where'),
      cell: (row) => (row.place?.startsWith('http') ? t('online') : row.place && formatPlace(row.place)),
    },
    ...(isOwnOnly ? [] : [{ key: 'trainer', header: t('trainer'), cell: (row: Row) => row.trainer }]),
    {
      key: 'seats',
      header: t('seats'),
      cell: (row) => (
        <span className="person">
          <span>{t('seatsTaken', { taken: row.seatsTaken, capacity: row.capacity })}</span>
          {row.pending > 0 ? <small>{t('pendingShort', { count: row.pending })}</small> : null}
          {row.waiting > 0 ? <small>{t('waitingShort', { count: row.waiting })}</small> : null}
        </span>
      ),
    },
    ...(isEmployee
      ? [{ key: 'own', header: t('ownState'), cell: (row: Row) => (row.own ? <EnrolmentChip state={row.own} /> : t('notIn')) }]
      : []),
  ]
}
