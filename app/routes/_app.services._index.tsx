import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import Building from 'lucide-react/icons/building'
import Plus from 'lucide-react/icons/plus'
import { todayOf } from '~/domain/person/person.server'
import { authorize } from '~/domain/policy'
import { annexTitle } from '~/domain/service/annexes'
import { employersWithServices } from '~/domain/service/service.server'
import { common } from '~/i18n/common'
import { wordTitle } from '~/i18n/page-title'
import { serviceWords } from '~/i18n/service'
import { useFormat, useT } from '~/i18n/use-language'
import { asActor } from '~/platform/handlers.server'
import { LinkButton } from '~/ui/button'
import { DataTable } from '~/ui/data-table'
import { PageHeader, Section } from '~/ui/page-header'
import { EmptyState } from '~/ui/status'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, serviceWords, 'title')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    authorize(actor, 'service.manage', null)
    return { employers: await employersWithServices(actor, todayOf(actor)) }
  })
}

export default function ServicesPage() {
  const { employers } = useLoaderData<typeof loader>()
  const t = useT(serviceWords)
  const addEmployer = (
    <LinkButton variant={employers.length === 0 ? 'primary' : 'secondary'} to="/employers/new">
      {t('addEmployer')}
    </LinkButton>
  )
  return (
    <>
      <PageHeader
        title={t('title')}
        crumbs={[]}
        action={
          employers.length > 0 ? (
            <>
              {addEmployer}
              <LinkButton variant="primary" to="/services/new" icon={Plus}>
                {t('addService')}
              </LinkButton>
            </>
          ) : undefined
        }
      />
      {employers.length === 0 ? (
        <EmptyState icon={Building} title={t('emptyTitle')} action={addEmployer}>
          {t('emptyText')}
        </EmptyState>
      ) : null}
      {employers.map((employer) => (
        <EmployerSection key={employer.id} employer={employer} />
      ))}
    </>
  )
}

type Employer = ReturnType<typeof useLoaderData<typeof loader>>['employers'][number]

function EmployerSection({ employer }: { employer: Employer }) {
  const t = useT(serviceWords)
  const words = useT(common)
  const format = useFormat()
  const kind = t(`kinds.${employer.kind}`)
  const about = [
    ...(employer.name.toLowerCase().includes(kind) ? [] : [kind]),
    ...(employer.peopleOutsideServices > 0 ? [t('peopleOutside', { count: employer.peopleOutsideServices })] : []),
  ]
  return (
    <Section
      title={employer.name}
      action={
        <Link to={`/employers/${employer.id}`} aria-label={`${words('action.edit')}: ${employer.name}`}>
          {words('action.edit')}
        </Link>
      }
    >
      {about.length > 0 ? <p className="mb-2 first-letter:uppercase">{about.join(' · ')}</p> : null}
      <DataTable
        caption={employer.name}
        captionHidden
        rows={employer.services}
        rowKey={({ id }) => id}
        rowTo={({ id }) => `/services/${id}`}
        columns={[
          { key: 'service', header: t('service'), cell: ({ name }) => name },
          { key: 'annexes', header: t('annexesShort'), cell: ({ name, annexes }) => <Annexes of={name} annexes={annexes} /> },
          {
            key: 'people',
            header: t('people'),
            numeric: true,
            cell: ({ id, people }) => <Link to={`/staff?service=${id}`}>{format.number(people)}</Link>,
          },
        ]}
        empty={<p>{t('noServices')}</p>}
      />
    </Section>
  )
}

/** The annexes by the services they are for, each with its number under it; a service called as its annex is not named twice. */
function Annexes({ of, annexes }: { of: string; annexes: number[] }) {
  const t = useT(serviceWords)
  if (annexes.length === 0) return <span className="not-given">{t('noAnnex')}</span>
  return (
    <ul>
      {annexes.map((annex) => (
        <li key={annex} className="person">
          {annexTitle(annex) === of ? null : <span lang="bg">{annexTitle(annex)}</span>}
          <small>{t('annex', { annex: String(annex) })}</small>
        </li>
      ))}
    </ul>
  )
}
