import type { SerializeFrom } from '@remix-run/node'
import CalendarPlus from 'lucide-react/icons/calendar-plus'
import type { TrainingPage } from '~/domain/training/training-page.server'
import { paperWords } from '~/i18n/paper'
import { trainingWords } from '~/i18n/training'
import { useFormat, useT } from '~/i18n/use-language'
import { LinkButton } from '~/ui/button'
import { DataTable, type Column } from '~/ui/data-table'
import { Section } from '~/ui/page-header'
import { StatusChip } from '~/ui/status'

type Page = SerializeFrom<TrainingPage>
type Row = Page['sessions'][number]

/** The sessions of a training with their breaks, length, place and, for who keeps the roster, how many are marked. */
export function SessionsList({ trainingId, sessions, may }: { trainingId: string; sessions: Row[]; may: Page['may'] }) {
  const t = useT(trainingWords)
  const paper = useT(paperWords)
  const format = useFormat()
  const columns: Column<Row>[] = [
    {
      key: 'when',
      header: t('sessionTitle'),
      cell: (row) => (
        <span className="person">
          <span className="sm:whitespace-nowrap">
            {format.timeRange(row.startsAt, row.endsAt)}{' '}
            {row.isCancelled ? <StatusChip tone="bad">{t('sessionCancelled')}</StatusChip> : null}
          </span>
          {row.breaks.length > 0 ? (
            <small>{t('breaksShown', { list: row.breaks.map((one) => format.hourRange(one.startsAt, one.endsAt)).join(', ') })}</small>
          ) : null}
        </span>
      ),
    },
    { key: 'length', header: t('howLong'), cell: (row) => format.hours(row.minutes) },
    {
      key: 'where',
      header: t('where'),
      cell: (row) => (
        <>
          {row.place ? format.place(row.place) : null} {row.onlineUrl ? <a href={row.onlineUrl}>{t('openLink')}</a> : null}
        </>
      ),
    },
    ...(may.record
      ? [
          {
            key: 'marked',
            header: t('marked'),
            cell: ({ marked, present, isClosed }: Row) => (
              <span className="person">
                <span>{marked ? t('markedOf', { marked, present: present ?? 0 }) : t('notMarked')}</span>
                {isClosed ? <StatusChip tone="good">{t('sheetClosed')}</StatusChip> : null}
              </span>
            ),
          },
        ]
      : []),
  ]
  return (
    <Section
      title={t('sessions')}
      id="sessions"
      action={
        may.manage ? (
          <LinkButton small icon={CalendarPlus} to={`/trainings/${trainingId}/sessions/new`}>
            {t('addSession')}
          </LinkButton>
        ) : undefined
      }
    >
      <DataTable
        caption={t('sessions')}
        captionHidden
        rows={sessions}
        rowKey={({ id }) => id}
        columns={columns}
        rowActions={
          may.manage || may.record
            ? ({ id, isCancelled }) =>
                isCancelled ? null : (
                  <>
                    {may.record ? (
                      <LinkButton small to={`/trainings/${trainingId}/attendance?session=${id}`}>
                        {t('roster')}
                      </LinkButton>
                    ) : null}
                    {may.record ? (
                      <LinkButton small variant="quiet" document to={`/sessions/${id}/sheet.pdf`}>
                        {paper('sheet')}
                      </LinkButton>
                    ) : null}
                    {may.manage ? (
                      <LinkButton small variant="quiet" to={`/trainings/${trainingId}/sessions/${id}`}>
                        {t('editSession')}
                      </LinkButton>
                    ) : null}
                  </>
                )
            : undefined
        }
      />
    </Section>
  )
}
