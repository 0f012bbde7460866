import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import UserPlus from 'lucide-react/icons/user-plus'
import { z } from 'zod'
import { listAccounts } from '~/domain/account/account.server'
import { ACCOUNT_STATES, ROLES } from '~/domain/account/account'
import { authorize } from '~/domain/policy'
import { accountWords } from '~/i18n/account'
import { common } from '~/i18n/common'
import { wordTitle } from '~/i18n/page-title'
import { rowsPerPageOf } from '~/i18n/preferences'
import { useT } from '~/i18n/use-language'
import { asActor } from '~/platform/handlers.server'
import { LinkButton } from '~/ui/button'
import { DataTable } from '~/ui/data-table'
import { ListCount, ListToolbar, Pagination } from '~/ui/list-toolbar'
import { PageHeader } from '~/ui/page-header'
import { EmptyState } from '~/ui/status'
import { Login, StateChip } from './accounts/account-words'

const querySchema = z.object({
  q: z.string().max(200).catch(''),
  role: z.enum(ROLES).optional().catch(undefined),
  state: z.enum(ACCOUNT_STATES).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
})

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, accountWords, 'title')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    authorize(actor, 'account.manage', null)
    const query = querySchema.parse(Object.fromEntries(new URL(args.request.url).searchParams))
    const rowsPerPage = rowsPerPageOf(args.request) ?? 50
    const { accounts, total } = await listAccounts(actor, { ...query, rowsPerPage })
    return { accounts, total, page: query.page, rowsPerPage }
  })
}

export default function AccountsPage() {
  const { accounts, total, page, rowsPerPage } = useLoaderData<typeof loader>()
  const t = useT(accountWords)
  const words = useT(common)
  const add = (
    <LinkButton variant="primary" to="/admin/accounts/new" icon={UserPlus}>
      {t('add')}
    </LinkButton>
  )
  return (
    <>
      <PageHeader title={t('title')} crumbs={[]} action={add} />
      <ListToolbar
        searchLabel={t('searchLabel')}
        filters={[
          {
            name: 'role',
            label: t('role'),
            empty: t('allRoles'),
            options: ROLES.map((role) => ({ value: role, label: words(`role.${role}`) })),
          },
          {
            name: 'state',
            label: t('state'),
            empty: t('allStates'),
            options: ACCOUNT_STATES.map((state) => ({ value: state, label: t(`states.${state}`) })),
          },
        ]}
      />
      <ListCount total={total} noun={(count) => t('count', count)} />
      <DataTable
        caption={t('caption')}
        captionHidden
        rows={accounts}
        rowKey={(row) => row.membershipId}
        rowTo={(row) => `/admin/accounts/${row.membershipId}`}
        columns={[
          { key: 'name', header: t('name'), cell: (row) => <span className="whole-words">{row.name}</span> },
          { key: 'login', header: t('login'), cell: (row) => <Login login={row.login} /> },
          {
            key: 'roles',
            header: t('roles'),
            cell: (row) =>
              row.roles
                .map(({ role, service }) => (service ? `${words(`role.${role}`)} (${service})` : words(`role.${role}`)))
                .join(', ') || '–',
          },
          { key: 'person', header: t('person'), cell: (row) => row.person ?? t('unlinked') },
          { key: 'state', header: t('state'), cell: (row) => <StateChip state={row.state} /> },
        ]}
        empty={<EmptyState title={t('emptyTitle')}>{t('emptyText')}</EmptyState>}
      />
      <Pagination page={page} total={total} rowsPerPage={rowsPerPage} />
    </>
  )
}
