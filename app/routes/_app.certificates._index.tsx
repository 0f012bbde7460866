import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import Award from 'lucide-react/icons/award'
import FileText from 'lucide-react/icons/file-text'
import { certificateRegister } from '~/domain/certificate/certificate.server'
import { can, hasRole } from '~/domain/policy'
import { certificateWords } from '~/i18n/certificate'
import { listName } from '~/i18n/format'
import { wordTitle } from '~/i18n/page-title'
import { rowsPerPageOf } from '~/i18n/preferences'
import { useFormat, useLanguage, useT } from '~/i18n/use-language'
import { asActor, idOf } from '~/platform/handlers.server'
import { LinkButton } from '~/ui/button'
import { DataTable, type Column } from '~/ui/data-table'
import { EXPORT_FORMATS } from '~/ui/export-menu'
import { ListCount, ListToolbar, Pagination } from '~/ui/list-toolbar'
import { PageHeader } from '~/ui/page-header'
import { EmptyState, PersonChip } from '~/ui/status'
import { StateChip } from './certificates/state-chip'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  wordTitle(matches, certificateWords, data?.isOwnOnly ? 'own' : 'register')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    const params = new URL(args.request.url).searchParams
    const training = params.get('training')
    const year = /^20\d\d$/.test(params.get('year') ?? '') ? Number(params.get('year')) : null
    const register = await certificateRegister(actor, {
      q: (params.get('q') ?? '').slice(0, 200),
      year,
      trainingId: training ? idOf(training) : null,
      page: Math.trunc(Number(params.get('page'))) || 1,
      rowsPerPage: rowsPerPageOf(args.request),
    })
    return { ...register, issues: can(actor, 'certificate.issue', null), isOwnOnly: !hasRole(actor, 'coordinator', 'manager') }
  })
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>['rows'][number]

export default function RegisterPage() {
  const { rows, total, page, rowsPerPage, years, trainings, issues, isOwnOnly } = useLoaderData<typeof loader>()
  const t = useT(certificateWords)
  const format = useFormat()
  const english = useLanguage() === 'en'
  const [params] = useSearchParams()
  const filtered = ['q', 'year', 'training'].some((name) => params.get(name))
  const recipient: Column<Row> = {
    key: 'recipient',
    header: t('recipient'),
    cell: ({ recipient, employeeNumber }) =>
      recipient ? (
        <PersonChip name={listName(recipient)} position={recipient.position} service={recipient.unit} number={employeeNumber} />
      ) : (
        <span className="not-given">{t('erasedName')}</span>
      ),
  }
  return (
    <>
      <PageHeader title={t(isOwnOnly ? 'own' : 'register')} crumbs={[]} />
      <ListToolbar
        searchLabel={isOwnOnly ? undefined : t('search')}
        exportFormats={EXPORT_FORMATS}
        filters={[
          {
            name: 'year',
            label: t('year'),
            empty: t('allYears'),
            options: years.map((year) => ({ value: String(year), label: String(year) })),
          },
          {
            name: 'training',
            label: t('training'),
            empty: t('allTrainings'),
            options: trainings.map(({ id, startsAt, course }) => ({
              value: id,
              label: [(english && course.titleEn) || course.title, startsAt && format.date(startsAt)].filter(Boolean).join(', '),
            })),
          },
        ]}
      />
      <ListCount total={total} noun={(count) => t('count', count)} />
      <DataTable
        caption={t(isOwnOnly ? 'own' : 'register')}
        captionHidden
        rows={rows}
        rowKey={({ id }) => id}
        rowTo={({ id }) => `/certificates/${id}`}
        columns={[
          {
            key: 'number',
            header: t('number'),
            cell: ({ registerNumber, issuedOn }) => (
              <span className="sm:whitespace-nowrap">{t('numbered', { number: String(registerNumber), date: format.date(issuedOn) })}</span>
            ),
          },
          ...(isOwnOnly ? [] : [recipient]),
          { key: 'course', header: t('course'), cell: ({ course }) => course },
          { key: 'state', header: t('state'), cell: ({ state }) => <StateChip state={state} /> },
          {
            key: 'file',
            header: t('file'),
            cell: ({ id, hasFile, registerNumber }) =>
              hasFile ? (
                <LinkButton
                  variant="quiet"
                  small
                  icon={FileText}
                  document
                  to={`/certificates/${id}.pdf`}
                  aria-label={t('fileOf', { number: String(registerNumber) })}
                >
                  PDF
                </LinkButton>
              ) : (
                t('fileWaits')
              ),
          },
        ]}
        empty={
          filtered ? (
            <EmptyState icon={Award} title={t('notFound.title')}>
              {t('notFound.text')}
            </EmptyState>
          ) : (
            <EmptyState icon={Award} title={t('none.title')}>
              {issues ? t('none.text') : t('mine')}
            </EmptyState>
          )
        }
      />
      <Pagination page={page} total={total} rowsPerPage={rowsPerPage} />
    </>
  )
}
