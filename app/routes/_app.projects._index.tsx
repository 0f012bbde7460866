import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import FolderKanban from 'lucide-react/icons/folder-kanban'
import Plus from 'lucide-react/icons/plus'
import { authorize } from '~/domain/policy'
import { projectList } from '~/domain/project/project.server'
import { wordTitle } from '~/i18n/page-title'
import { rowsPerPageOf } from '~/i18n/preferences'
import { funderWords } from '~/i18n/funder'
import { projectWords } from '~/i18n/project'
import { useFormat, useT } from '~/i18n/use-language'
import { asActor } from '~/platform/handlers.server'
import { LinkButton } from '~/ui/button'
import { DataTable } from '~/ui/data-table'
import { ListCount, ListToolbar, Pagination } from '~/ui/list-toolbar'
import { PageHeader } from '~/ui/page-header'
import { EmptyState, NotGiven, StatusChip } from '~/ui/status'
import { Amount, Term, useProjectName } from './projects/project-text'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, projectWords, 'title')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    authorize(actor, 'project.list', null)
    const params = new URL(args.request.url).searchParams
    const q = (params.get('q') ?? '').slice(0, 200)
    return { projects: await projectList(actor, { q, page: Number(params.get('page')) || 1, rowsPerPage: rowsPerPageOf(args.request) }) }
  })
}

export default function ProjectsPage() {
  const { projects } = useLoaderData<typeof loader>()
  const t = useT(projectWords)
  const funders = useT(funderWords)
  const format = useFormat()
  const nameOf = useProjectName()
  const [params] = useSearchParams()
  const add = (
    <LinkButton variant="primary" to="/projects/new" icon={Plus}>
      {t('add')}
    </LinkButton>
  )
  return (
    <>
      <PageHeader title={t('title')} crumbs={[]} action={add} />
      <ListToolbar searchLabel={t('searchLabel')} />
      <ListCount total={projects.total} noun={(count) => t('count', count)} />
      <DataTable
        caption={t('caption')}
        captionHidden
        rows={projects.rows}
        rowKey={({ id }) => id}
        rowTo={({ id }) => `/projects/${id}`}
        columns={[
          {
            key: 'project',
            header: t('project'),
            cell: (project) => (
              <span className="person">
                <span>{nameOf(project)}</span>
                {project.title ? (
                  <small>
                    {t('number')}: {project.numberAsWritten ?? <NotGiven gender="m" />}
                  </small>
                ) : null}
              </span>
            ),
          },
          { key: 'term', header: t('term'), cell: (project) => <Term {...project} /> },
          {
            key: 'amount',
            header: t('amount'),
            cell: ({ amountBgn, amountKind }) =>
              amountBgn && amountKind ? <Amount amountBgn={amountBgn} amountKind={amountKind} /> : <NotGiven gender="f" />,
          },
          { key: 'trainings', header: t('trainings'), numeric: true, cell: ({ trainings }) => format.number(trainings) },
          {
            key: 'warnings',
            header: t('warningsColumn'),
            cell: ({ warnings }) => (warnings > 0 ? <StatusChip tone="warn">{t('warningsCount', { count: warnings })}</StatusChip> : null),
          },
        ]}
        empty={
          params.get('q') ? (
            <EmptyState icon={FolderKanban} title={t('noneTitle')}>
              {t('noneText')}
            </EmptyState>
          ) : (
            <EmptyState icon={FolderKanban} title={t('emptyTitle')} action={add}>
              {t('emptyText')}
            </EmptyState>
          )
        }
      />
      <p className="no-print mt-4">
        <Link to="/funder-profiles">{funders('title')}</Link>
      </p>
      <Pagination page={projects.page} total={projects.total} rowsPerPage={projects.rowsPerPage} />
    </>
  )
}
