import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import Landmark from 'lucide-react/icons/landmark'
import Plus from 'lucide-react/icons/plus'
import { funderList } from '~/domain/funder/funder.server'
import { funderWords } from '~/i18n/funder'
import { wordTitle } from '~/i18n/page-title'
import { useFormat, useT } from '~/i18n/use-language'
import { asActor } from '~/platform/handlers.server'
import { LinkButton } from '~/ui/button'
import { DataTable } from '~/ui/data-table'
import { PageHeader } from '~/ui/page-header'
import { EmptyState, NotGiven } from '~/ui/status'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, funderWords, 'title')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => ({ profiles: await funderList(actor) }))
}

export default function FunderProfilesPage() {
  const { profiles } = useLoaderData<typeof loader>()
  const t = useT(funderWords)
  const format = useFormat()
  const add = (
    <LinkButton variant="primary" to="/funder-profiles/new" icon={Plus}>
      {t('add')}
    </LinkButton>
  )
  return (
    <>
      <PageHeader title={t('title')} crumbs={[{ to: '/projects', label: t('projects') }]} action={profiles.length > 0 ? add : undefined} />
      <p className="mb-4">{t('lead')}</p>
      <DataTable
        caption={t('caption')}
        captionHidden
        rows={profiles}
        rowKey={({ id }) => id}
        rowTo={({ id }) => `/funder-profiles/${id}`}
        columns={[
          { key: 'name', header: t('name'), cell: ({ name }) => name },
          { key: 'since', header: t('holdsSince'), cell: ({ holdsSince }) => (holdsSince ? format.date(holdsSince) : <NotGiven />) },
          { key: 'versions', header: t('versions'), numeric: true, cell: ({ versions }) => format.number(versions) },
          { key: 'projects', header: t('usedBy'), numeric: true, cell: ({ projects }) => format.number(projects) },
        ]}
        empty={
          <EmptyState icon={Landmark} title={t('emptyTitle')} action={add}>
            {t('emptyText')}
          </EmptyState>
        }
      />
    </>
  )
}
