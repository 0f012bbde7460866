import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import BookOpen from 'lucide-react/icons/book-open'
import Plus from 'lucide-react/icons/plus'
import { COURSE_KINDS } from '~/domain/course/course'
import { courseList } from '~/domain/course/course.server'
import { courseFilterSchema } from '~/domain/course/schema'
import { authorize, can } from '~/domain/policy'
import { courseWords } from '~/i18n/course'
import { wordTitle } from '~/i18n/page-title'
import { rowsPerPageOf } from '~/i18n/preferences'
import { useFormat, useLanguage, useT } from '~/i18n/use-language'
import { asActor } from '~/platform/handlers.server'
import { LinkButton } from '~/ui/button'
import { DataTable } from '~/ui/data-table'
import { EXPORT_FORMATS } from '~/ui/export-menu'
import { ListCount, ListToolbar, Pagination } from '~/ui/list-toolbar'
import { PageHeader, Tabs } from '~/ui/page-header'
import { EmptyState } from '~/ui/status'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, courseWords, 'title')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    authorize(actor, 'course.list', null)
    const params = new URL(args.request.url).searchParams
    const { q, kind, view } = courseFilterSchema.parse({
      q: params.get('q') ?? '',
      kind: params.get('kind') ?? undefined,
      view: params.get('view') ?? undefined,
    })
    const mayManage = can(actor, 'course.manage', null)
    const archived = mayManage && view === 'archived'
    const page = Number(params.get('page')) || 1
    return { courses: await courseList(actor, { q, kind, archived, page, rowsPerPage: rowsPerPageOf(args.request) }), archived, mayManage }
  })
}

export default function CoursesPage() {
  const { courses, archived, mayManage } = useLoaderData<typeof loader>()
  const t = useT(courseWords)
  const format = useFormat()
  const language = useLanguage()
  const [params] = useSearchParams()
  const filtered = ['q', 'kind'].some((name) => params.get(name))
  const add = mayManage ? (
    <LinkButton variant="primary" to="/courses/new" icon={Plus}>
      {t('add')}
    </LinkButton>
  ) : undefined
  return (
    <>
      <PageHeader title={t('title')} crumbs={[]} action={add} />
      {mayManage ? (
        <Tabs
          label={t('views')}
          tabs={[
            { to: '/courses', label: t('inUse'), current: !archived },
            { to: '/courses?view=archived', label: t('archivedTab'), current: archived },
          ]}
        />
      ) : null}
      <ListToolbar
        searchLabel={t('searchLabel')}
        keep={['view']}
        exportFormats={EXPORT_FORMATS}
        filters={[
          {
            name: 'kind',
            label: t('kind'),
            empty: t('allKinds'),
            options: COURSE_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) })),
          },
        ]}
      />
      <ListCount total={courses.total} noun={(count) => t('count', count)} />
      <DataTable
        caption={t('caption')}
        captionHidden
        rows={courses.rows}
        rowKey={({ id }) => id}
        rowTo={({ id }) => `/courses/${id}`}
        columns={[
          {
            key: 'title',
            header: t('courseTitle'),
            cell: ({ title, titleEn }) => (language === 'en' && titleEn ? titleEn : <span lang="bg">{title}</span>),
          },
          { key: 'kind', header: t('kind'), cell: ({ kind }) => t(`kinds.${kind}`) },
          { key: 'duration', header: t('duration'), numeric: true, cell: ({ durationMinutes }) => format.hours(durationMinutes) },
          { key: 'trainings', header: t('trainings'), numeric: true, cell: ({ trainings }) => format.number(trainings) },
        ]}
        empty={
          filtered ? (
            <EmptyState icon={BookOpen} title={t('noneTitle')}>
              {t('noneText')}
            </EmptyState>
          ) : archived ? (
            <p>{t('noneArchived')}</p>
          ) : (
            <EmptyState icon={BookOpen} title={t('emptyTitle')} action={add}>
              {t('emptyText')}
            </EmptyState>
          )
        }
      />
      <Pagination page={courses.page} total={courses.total} rowsPerPage={courses.rowsPerPage} />
    </>
  )
}
