import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { checkAttendance } from '~/domain/attendance/recount.server'
import { checkAuditChain, listAuditEvents, type AuditEntry } from '~/domain/audit/audit.server'
import { auditQuerySchema } from '~/domain/audit/schema'
import { can } from '~/domain/policy'
import { auditWords } from '~/i18n/audit'
import { AUDIT_ACTIONS, AUDIT_TYPES, authorWords, wordsOfAction } from '~/i18n/audit-codes'
import { wordTitle } from '~/i18n/page-title'
import { rowsPerPageOf } from '~/i18n/preferences'
import { useFormat, useT } from '~/i18n/use-language'
import { asActor } from '~/platform/handlers.server'
import { LinkButton } from '~/ui/button'
import { DataTable } from '~/ui/data-table'
import { EXPORT_FORMATS } from '~/ui/export-menu'
import { ListCount, ListToolbar, Pagination } from '~/ui/list-toolbar'
import { Notice } from '~/ui/notice'
import { PageHeader } from '~/ui/page-header'
import { EmptyState } from '~/ui/status'

/** The subjects that have a page of their own, with the permission to open it. */
const PAGES = {
  course: { at: '/courses', needs: 'course.list' },
  person: { at: '/staff', needs: 'staff.list' },
  project: { at: '/projects', needs: 'project.list' },
  service: { at: '/services', needs: 'service.manage' },
  training: { at: '/trainings', needs: 'training.list' },
} as const

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, auditWords, 'title')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    const params = new URL(args.request.url).searchParams
    const query = auditQuerySchema.parse(Object.fromEntries([...params].filter(([, value]) => value !== '')))
    const rowsPerPage = rowsPerPageOf(args.request) ?? 50
    const chain = params.get('check') === '1' ? await checkAuditChain(actor) : null
    const list = await listAuditEvents(actor, query, rowsPerPage, chain?.lastSeq)
    const recount = params.get('check') === 'attendance' ? await checkAttendance(actor) : null
    const pages = Object.entries(PAGES).flatMap(([type, { at, needs }]) => (can(actor, needs, null) ? [[type, at] as const] : []))
    return { ...list, chain, recount, pages: Object.fromEntries(pages), page: query.page, rowsPerPage }
  })
}

export default function AuditPage() {
  const { entries, total, chain, recount, pages, page, rowsPerPage } = useLoaderData<typeof loader>()
  const t = useT(auditWords)
  const format = useFormat()
  const check = (
    <>
      <LinkButton to="?check=1">{t('check')}</LinkButton>
      <LinkButton to="?check=attendance">{t('checkAttendance')}</LinkButton>
    </>
  )
  return (
    <>
      <PageHeader title={t('title')} crumbs={[]} action={check} />
      {chain ? <ChainResult chain={chain} /> : null}
      {recount ? <RecountResult recount={recount} /> : null}
      <ListToolbar
        keep={['subject']}
        exportFormats={EXPORT_FORMATS}
        filters={[
          {
            name: 'action',
            label: t('action'),
            empty: t('allActions'),
            options: AUDIT_ACTIONS.map((action) => ({ value: action, label: t(`actions.${wordsOfAction(action)!}`) })),
          },
          {
            name: 'type',
            label: t('subject'),
            empty: t('allTypes'),
            options: AUDIT_TYPES.map((type) => ({ value: type, label: t(`types.${type}`) })),
          },
        ]}
      />
      <ListCount total={total} noun={(count) => t('count', count)} />
      <DataTable
        caption={t('caption')}
        captionHidden
        rows={entries}
        rowKey={(row) => row.seq}
        columns={[
          { key: 'seq', header: t('number'), numeric: true, cell: (row) => <Number seq={row.seq} /> },
          { key: 'at', header: t('when'), cell: (row) => <span className="sm:whitespace-nowrap">{format.dateTime(row.at)}</span> },
          { key: 'who', header: t('who'), cell: (row) => authorWords(row, t) },
          { key: 'what', header: t('what'), cell: (row) => <What action={row.action} /> },
          { key: 'subject', header: t('subject'), cell: (row) => <Subject entry={row} page={pages[row.subjectType]} /> },
          { key: 'details', header: t('details'), cell: (row) => <Details entry={row} /> },
        ]}
        empty={<EmptyState title={t('empty')} />}
      />
      <Pagination page={page} total={total} rowsPerPage={rowsPerPage} />
    </>
  )
}

type Chain = Awaited<ReturnType<typeof checkAuditChain>>
const FAULTS = ['number', 'link', 'text', 'payload', 'head'] as const

function ChainResult({ chain }: { chain: Chain }) {
  const t = useT(auditWords)
  if (chain.faultCount === 0) return <Notice tone="good">{t('good', { count: chain.events })}</Notice>
  return (
    <Notice tone="bad" title={t('bad', { count: chain.faultCount })}>
      <ul>
        {chain.faults.map(({ seq, fault }, index) => {
          const known = FAULTS.find((one) => one === fault)
          return <li key={index}>{t('fault', { seq, fault: known ? t(`faults.${known}`) : fault })}</li>
        })}
      </ul>
    </Notice>
  )
}

/** Whether every row of every sheet is what its claims come to, and every closed sheet still what was closed. */
function RecountResult({ recount }: { recount: Awaited<ReturnType<typeof checkAttendance>> }) {
  const t = useT(auditWords)
  const { rows, sessions, closures, faults, faultCount } = recount
  if (faultCount === 0) return <Notice tone="good">{t('recountGood', { rows, sessions, closures })}</Notice>
  return (
    <Notice tone="bad" title={t('recountBad', { count: faultCount })}>
      <ul>
        {faults.map(({ sessionId, personId, fault }) => (
          <li key={sessionId + personId}>
            {t('recountFault', { session: sessionId, fault: t(`recountFaults.${fault}`), person: personId ?? '' })}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

/** On a phone, where no column is headed, the number says what it is. */
function Number({ seq }: { seq: string }) {
  const t = useT(auditWords)
  return (
    <>
      <span className="sm:hidden">{t('number')}&nbsp;</span>
      {seq}
    </>
  )
}

function What({ action }: { action: string }) {
  const t = useT(auditWords)
  const known = wordsOfAction(action)
  return <>{known ? t(`actions.${known}`) : action}</>
}

function Subject({ entry, page }: { entry: AuditEntry; page?: string }) {
  const t = useT(auditWords)
  const known = AUDIT_TYPES.find((type) => type === entry.subjectType)
  const name = known ? t(`types.${known}`) : entry.subjectType
  return page && entry.subjectId ? <Link to={`${page}/${entry.subjectId}`}>{name}</Link> : <>{name}</>
}

function Details({ entry }: { entry: AuditEntry }) {
  const t = useT(auditWords)
  const format = useFormat()
  if (entry.erasedAt) return <>{t('erased', { when: format.date(entry.erasedAt) })}</>
  if (entry.details.length === 0) return <>–</>
  return (
    <details>
      <summary>{t('show')}</summary>
      <ul>
        {entry.details.map(({ name, value }) => (
          <li key={name}>
            {name}: {value}
          </li>
        ))}
      </ul>
    </details>
  )
}
