import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import UserPlus from 'lucide-react/icons/user-plus'
import Users from 'lucide-react/icons/users'
import { listName, STAFF_CATEGORIES, workplace } from '~/domain/person/person'
import { searchPersons } from '~/domain/person/person.server'
import { personFilterSchema } from '~/domain/person/schema'
import { authorize, can } from '~/domain/policy'
import { serviceChoices } from '~/domain/service/service.server'
import { wordTitle } from '~/i18n/page-title'
import { personWords } from '~/i18n/person'
import { rowsPerPageOf } from '~/i18n/preferences'
import { useT } from '~/i18n/use-language'
import { asActor } from '~/platform/handlers.server'
import { LinkButton } from '~/ui/button'
import { DataTable } from '~/ui/data-table'
import { EXPORT_FORMATS } from '~/ui/export-menu'
import { ListCount, ListToolbar, Pagination } from '~/ui/list-toolbar'
import { PageHeader } from '~/ui/page-header'
import { EmptyState } from '~/ui/status'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, personWords, 'staff')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    authorize(actor, 'staff.list', null)
    const params = new URL(args.request.url).searchParams
    const { q, service, category } = personFilterSchema.parse({
      q: params.get('q') ?? '',
      service: params.get('service') ?? undefined,
      category: params.get('category') ?? undefined,
    })
    const [people, services] = await Promise.all([
      searchPersons(actor, q, {
        page: Number(params.get('page')) || 1,
        rowsPerPage: rowsPerPageOf(args.request),
        serviceId: service,
        category,
      }),
      serviceChoices(actor),
    ])
    // of somebody who works in other services too, the list of one service shows the posts in it
    const rows = service
      ? people.rows.map((row) => ({ ...row, posts: row.posts.filter((post) => post.service?.id === service) }))
      : people.rows
    return {
      people: { ...people, rows },
      services,
      may: { manage: can(actor, 'staff.manage', null), services: can(actor, 'service.manage', null) },
    }
  })
}

const LONGEST_UNBROKEN = 30

/** A name on one line where the table has the room and the name is no longer than names are. */
function ListedName({ name }: { name: string }) {
  return <span className={`whole-words ${name.length <= LONGEST_UNBROKEN ? 'xl:whitespace-nowrap' : ''}`}>{name}</span>
}

export default function StaffPage() {
  const { people, services, may } = useLoaderData<typeof loader>()
  const t = useT(personWords)
  const [params] = useSearchParams()
  const filtered = ['q', 'service', 'category'].some((name) => params.get(name))
  const add = may.manage ? (
    <LinkButton variant="primary" to="/staff/new" icon={UserPlus}>
      {t('add')}
    </LinkButton>
  ) : undefined
  return (
    <>
      <PageHeader title={t('staff')} crumbs={[]} action={add} />
      <ListToolbar
        searchLabel={t('searchLabel')}
        exportFormats={EXPORT_FORMATS}
        filters={[
          {
            name: 'service',
            label: t('service'),
            empty: t('allServices'),
            options: services.map(({ id, name }) => ({ value: id, label: name })),
          },
          {
            name: 'category',
            label: t('categoryLabel'),
            empty: t('allCategories'),
            options: STAFF_CATEGORIES.map((value) => ({ value, label: t(`category.${value}`) })),
          },
        ]}
      >
        {may.services ? (
          <LinkButton variant="quiet" to="/services">
            {t('services')}
          </LinkButton>
        ) : null}
      </ListToolbar>
      <ListCount total={people.total} noun={(count) => t('count', count)} />
      <DataTable
        caption={t('caption')}
        captionHidden
        rows={people.rows}
        rowKey={({ id }) => id}
        rowTo={({ id }) => `/staff/${id}`}
        visible={params.get('service') ? ['post', 'number'] : undefined}
        columns={[
          { key: 'name', header: t('name'), cell: (person) => <ListedName name={listName(person)} /> },
          {
            key: 'post',
            header: t('postAndCategory'),
            cell: ({ posts }) =>
              posts.length > 0 ? (
                posts.map(({ id, position, category }) => (
                  <span key={id} className="person">
                    <span>{position}</span>
                    <small>{t(`category.${category}`)}</small>
                  </span>
                ))
              ) : (
                <span className="not-given">{t('noPost')}</span>
              ),
          },
          { key: 'where', header: t('where'), cell: ({ posts }) => [...new Set(posts.map(workplace))].join('; ') },
          { key: 'number', header: t('employeeNumber'), cell: ({ employeeNumber }) => employeeNumber },
        ]}
        empty={
          filtered ? (
            <EmptyState icon={Users} title={t('nobodyTitle')}>
              {t('nobodyText')}
            </EmptyState>
          ) : (
            <EmptyState icon={Users} title={t('emptyTitle')} action={add}>
              {may.manage ? t('emptyText') : null}
            </EmptyState>
          )
        }
      />
      <Pagination page={people.page} total={people.total} rowsPerPage={people.rowsPerPage} />
    </>
  )
}
