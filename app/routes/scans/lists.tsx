import type { SerializeFrom } from '@remix-run/node'
import type { scanList } from '~/domain/scan/scan.server'
import { scanWords } from '~/i18n/scan'
import { useFormat, useLanguage, useT } from '~/i18n/use-language'
import { LinkButton } from '~/ui/button'
import { DataTable, type Column } from '~/ui/data-table'
import { Section } from '~/ui/page-header'
import { CalmList, StatusChip } from '~/ui/status'

type Lists = SerializeFrom<Awaited<ReturnType<typeof scanList>>>
type ListedScan = Lists['waiting'][number]
type Unreadable = 'broken' | 'encrypted' | 'pixels' | 'pages' | 'empty' | 'memory' | 'time'
/** What is found out only when a page is drawn. */
type UnreadablePage = Extract<Unreadable, 'broken' | 'memory' | 'time'>

export function BeingRead({ uploads }: { uploads: Lists['reading'] }) {
  const t = useT(scanWords)
  return (
    <Section title={t('reading')}>
      <div role="status">
        <CalmList>
          {uploads.map(({ id, fileName, pages }) => (
            <li key={id}>
              <span>{fileName}</span>
              <span className="figures">{pages > 0 ? t('readingNow', { count: pages }) : t('queued')}</span>
            </li>
          ))}
        </CalmList>
      </div>
    </Section>
  )
}

export function NotRead({ uploads }: { uploads: Lists['refused'] }) {
  const t = useT(scanWords)
  const format = useFormat()
  return (
    <Section title={t('refused')}>
      <p className="mb-3">{t('refusedHint')}</p>
      <DataTable
        caption={t('refused')}
        captionHidden
        rows={uploads}
        rowKey={({ id }) => id}
        columns={[
          { key: 'file', header: t('file'), cell: ({ fileName }) => fileName },
          {
            key: 'reason',
            header: t('reason'),
            cell: ({ refusedFor, refusedPage }) =>
              refusedPage
                ? t(`unreadableAt.${refusedFor as UnreadablePage}`, { page: refusedPage })
                : t(`unreadable.${refusedFor as Unreadable}`),
          },
          { key: 'by', header: t('broughtBy'), cell: (one) => `${one.uploadedByName}, ${format.dateTime(one.uploadedAt)}` },
        ]}
      />
    </Section>
  )
}

function useFileColumns(): Column<ListedScan>[] {
  const t = useT(scanWords)
  const format = useFormat()
  return [
    { key: 'file', header: t('file'), cell: ({ fileName, pageOfFile }) => `${fileName}, ${t('pageOfFile', { page: pageOfFile })}` },
    { key: 'by', header: t('broughtBy'), cell: (scan) => `${scan.uploadedByName}, ${format.dateTime(scan.uploadedAt)}` },
  ]
}

export function WaitingScans({ scans }: { scans: ListedScan[] }) {
  const t = useT(scanWords)
  const columns = useFileColumns()
  return (
    <Section title={t('waiting')}>
      <p className="mb-3">{t('waitingHint')}</p>
      <DataTable
        caption={t('waiting')}
        captionHidden
        rows={scans}
        rowKey={({ id }) => id}
        rowTo={({ id }) => `/scans/${id}`}
        columns={columns}
        rowActions={({ id, fileName }) => (
          <LinkButton small to={`/scans/${id}`} aria-label={`${t('place')}: ${fileName}`}>
            {t('place')}
          </LinkButton>
        )}
      />
    </Section>
  )
}

export function SettledScans({ scans }: { scans: ListedScan[] }) {
  const t = useT(scanWords)
  const format = useFormat()
  const english = useLanguage() === 'en'
  const columns = useFileColumns()
  return (
    <Section title={t('settled')}>
      <DataTable
        caption={t('settled')}
        captionHidden
        rows={scans}
        rowKey={({ id }) => id}
        rowTo={({ id }) => `/scans/${id}`}
        columns={[
          ...columns,
          {
            key: 'session',
            header: t('session'),
            cell: ({ startsAt, endsAt, title, titleEn, page }) =>
              startsAt && endsAt
                ? [(english && titleEn) || title, format.timeRange(startsAt, endsAt), page ? t('sheetPageShort', { page }) : '']
                    .filter(Boolean)
                    .join(', ')
                : '',
          },
          {
            key: 'how',
            header: t('how'),
            cell: ({ isByQr, isSetAside, placedByName }) =>
              isSetAside ? (
                <StatusChip>{t('aside')}</StatusChip>
              ) : (
                <StatusChip tone="good">{isByQr ? t('byQr') : t('byHand', { name: placedByName ?? '' })}</StatusChip>
              ),
          },
        ]}
        rowActions={({ trainingId, sessionId, fileName }) =>
          trainingId && sessionId ? (
            <LinkButton
              small
              to={`/trainings/${trainingId}/attendance/paper?session=${sessionId}`}
              aria-label={`${t('compare')}: ${fileName}`}
            >
              {t('compare')}
            </LinkButton>
          ) : null
        }
      />
    </Section>
  )
}
