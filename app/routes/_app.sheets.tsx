import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import CircleDot from 'lucide-react/icons/circle-dot'
import ClipboardCheck from 'lucide-react/icons/clipboard-check'
import PencilLine from 'lucide-react/icons/pencil-line'
import ScanLine from 'lucide-react/icons/scan-line'
import { SheetsFilterForm } from '~/domain/attendance/sheet-schema'
import { SHEET_STATES, statesToTell, type SheetState } from '~/domain/attendance/sheets'
import { sheetsPage } from '~/domain/attendance/sheets-list.server'
import { wordTitle } from '~/i18n/page-title'
import { rowsPerPageOf } from '~/i18n/preferences'
import { scanWords } from '~/i18n/scan'
import { sheetsWords } from '~/i18n/sheets'
import { useFormat, useT } from '~/i18n/use-language'
import { asActor } from '~/platform/handlers.server'
import { LinkButton } from '~/ui/button'
import { DataTable, type Column } from '~/ui/data-table'
import { EXPORT_FORMATS } from '~/ui/export-menu'
import { listAddress } from '~/ui/list-address'
import { ListCount, ListToolbar, Pagination } from '~/ui/list-toolbar'
import type { LucideIcon } from '~/ui/icon'
import type { Tone } from '~/ui/notice'
import { PageHeader } from '~/ui/page-header'
import { EmptyState, Stat, Stats, StatusChip } from '~/ui/status'
import { rosterOf } from './attendance/sheet-crumbs'
import { useTitle } from './trainings/title'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, sheetsWords, 'title')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, (actor) => {
    const filter = SheetsFilterForm.parse(Object.fromEntries(new URL(args.request.url).searchParams))
    return sheetsPage(actor, filter, rowsPerPageOf(args.request))
  })
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>['rows'][number]
const TONES: { [state in SheetState]?: Tone } = {
  late: 'warn',
  conflict: 'bad',
  lacking: 'warn',
  proposals: 'warn',
  closed: 'good',
  corrected: 'info',
}
const ICONS: { [state in SheetState]?: LucideIcon } = { open: CircleDot, corrected: PencilLine }

export default function SheetsPage() {
  const { rows, counts, total, page, rowsPerPage, trainers } = useLoaderData<typeof loader>()
  const t = useT(sheetsWords)
  const scans = useT(scanWords)
  const format = useFormat()
  const [params] = useSearchParams()
  const filtered = ['q', 'state', 'trainer'].some((name) => params.get(name))
  return (
    <>
      <PageHeader
        title={t('title')}
        crumbs={[]}
        action={
          <LinkButton icon={ScanLine} to="/scans">
            {scans('title')}
          </LinkButton>
        }
      />
      <Stats>
        {SHEET_STATES.filter((state) => counts[state] > 0 || state === 'open' || state === 'closed').map((state) => (
          <Stat
            key={state}
            value={format.number(counts[state])}
            label={t(`tile.${state}`, { count: counts[state] })}
            note={state === 'late' ? t('lateNote') : undefined}
            to={listAddress(params, { state })}
          />
        ))}
      </Stats>
      <ListToolbar
        searchLabel={t('searchLabel')}
        exportFormats={EXPORT_FORMATS}
        filters={[
          {
            name: 'state',
            label: t('stateFilter'),
            empty: t('allStates'),
            options: SHEET_STATES.map((state) => ({ value: state, label: t(`state.${state}`) })),
          },
          ...(trainers.length > 0
            ? [
                {
                  name: 'trainer',
                  label: t('trainer'),
                  empty: t('allTrainers'),
                  options: trainers.map(({ accountId, displayName }) => ({ value: accountId, label: displayName })),
                },
              ]
            : []),
        ]}
      />
      <ListCount total={total} noun={(count) => t('count', count)} />
      <DataTable
        caption={t('caption')}
        captionHidden
        rows={rows}
        rowKey={({ sessionId }) => sessionId}
        rowTo={({ trainingId, sessionId }) => rosterOf(trainingId, sessionId)}
        columns={useColumns(trainers.length > 0)}
        rowActions={(row) => <NextStep row={row} />}
        empty={
          filtered ? (
            <EmptyState icon={ClipboardCheck} title={t('emptyFound')}>
              {t('emptyFoundHint')}
            </EmptyState>
          ) : (
            <EmptyState icon={ClipboardCheck} title={t('empty')}>
              {t('emptyHint')}
            </EmptyState>
          )
        }
      />
      <Pagination page={page} total={total} rowsPerPage={rowsPerPage} />
    </>
  )
}

/** Whose they are is said to who sees more than one trainer's. */
function useColumns(hasTrainers: boolean): Column<Row>[] {
  const t = useT(sheetsWords)
  const format = useFormat()
  const titleOf = useTitle()
  const closing = (at: string | Date, { closedByName, trainer }: Row) =>
    closedByName && closedByName !== trainer ? t('closedBy', { when: format.dateTime(at), name: closedByName }) : format.dateTime(at)
  return [
    { key: 'session', header: t('session'), cell: (row) => titleOf(row) },
    {
      key: 'when',
      header: t('when'),
      cell: (row) => <span className="sm:whitespace-nowrap">{format.timeRange(row.startsAt, row.endsAt)}</span>,
    },
    ...(hasTrainers ? [{ key: 'trainer', header: t('trainer'), cell: (row: Row) => row.trainer }] : []),
    {
      key: 'sheet',
      header: t('sheet'),
      cell: (row) => (
        <span className="person">
          <span className="flex flex-wrap gap-1">
            {statesToTell(row).map((state) => (
              <StatusChip key={state} tone={TONES[state]} icon={ICONS[state]}>
                {t(`chip.${state}`)}
              </StatusChip>
            ))}
          </span>
          {row.closedAt ? <small>{closing(row.closedAt, row)}</small> : null}
        </span>
      ),
    },
    {
      key: 'marks',
      header: t('marks'),
      cell: (row) => (
        <span className="person sm:whitespace-nowrap">
          <span>{t('markedOf', { marked: row.marked, seats: row.seatsTaken })}</span>
          <small>{t('present', { count: row.present })}</small>
        </span>
      ),
    },
  ]
}

/** Closing where nothing else has to be done before; everything else begins at the marks, which the row leads to. */
function NextStep({ row }: { row: Row }) {
  const t = useT(sheetsWords)
  const ready = row.open && row.isOver && row.marked >= row.seatsTaken && !row.conflict && !row.lacking
  return ready ? (
    <LinkButton small to={`/trainings/${row.trainingId}/attendance/close?session=${row.sessionId}`}>
      {t('close')}
    </LinkButton>
  ) : null
}
