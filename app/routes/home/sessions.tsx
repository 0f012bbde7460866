import CalendarDays from 'lucide-react/icons/calendar-days'
import { homeWords } from '~/i18n/home'
import { useFormat, useT } from '~/i18n/use-language'
import { LinkButton, type Variant } from '~/ui/button'
import { Section } from '~/ui/page-header'
import { EmptyState, StatusChip } from '~/ui/status'
import { useTitle } from '../trainings/title'
import { Row, ShortList, type Home } from './list'

type SessionRow = Home['sessionsToday']['rows'][number]

/** The sessions of today, each with the one step to take; the first that can be marked, or checked in to, has the page's one primary button. */
export function Today({ page }: { page: Home }) {
  const t = useT(homeWords)
  const { rows, more } = page.sessionsToday
  const first = rows.find((row) => row.canMark && row.marked < row.seatsTaken) ?? rows.find((row) => row.canCheckIn && !row.canMark)
  return (
    <Section title={t('today')}>
      {rows.length === 0 ? (
        <NoneToday page={page} />
      ) : (
        <ShortList more={more} to="/trainings" label={t('today')}>
          {rows.map((row) => (
            <SessionItem key={row.sessionId} row={row} variant={row === first ? 'primary' : 'secondary'} />
          ))}
        </ShortList>
      )}
    </Section>
  )
}

/** What follows in the next fourteen days. */
export function Ahead({ page }: { page: Home }) {
  const t = useT(homeWords)
  const { rows, more } = page.sessionsAhead
  // with nothing today either, the sentence above has said it
  if (rows.length === 0 && page.sessionsToday.rows.length === 0) return null
  return (
    <Section title={t('ahead')}>
      {rows.length === 0 ? (
        <p>{t('noAhead')}</p>
      ) : (
        <ShortList more={more} to="/trainings" label={t('ahead')}>
          {rows.map((row) => (
            <SessionItem key={row.sessionId} row={row} />
          ))}
        </ShortList>
      )}
    </Section>
  )
}

function SessionItem({ row, variant }: { row: SessionRow; variant?: Variant }) {
  const t = useT(homeWords)
  const format = useFormat()
  const titleOf = useTitle()
  const times = format.hourRange(row.startsAt, row.endsAt)
  return (
    <Row
      to={`/trainings/${row.trainingId}`}
      title={titleOf(row)}
      detail={[
        <time key="when" dateTime={row.startsAt}>
          {row.isToday ? times : format.timeRange(row.startsAt, row.endsAt)}
        </time>,
        row.place ? format.place(row.place) : t('online'),
        row.isLedByMe ? null : t('trainer', { name: row.trainer }),
        row.ownPeople > 0 ? t('ownPeople', { count: row.ownPeople }) : null,
      ]}
    >
      <Part row={row} />
      {variant ? <NextStep row={row} variant={variant} /> : null}
    </Row>
  )
}

function Part({ row }: { row: SessionRow }) {
  const t = useT(homeWords)
  if (row.canMark) {
    const isDone = row.marked >= row.seatsTaken
    return <StatusChip tone={isDone ? 'good' : 'warn'}>{t('marked', { marked: row.marked, seats: row.seatsTaken })}</StatusChip>
  }
  if (row.isMine) return <StatusChip tone="good">{t('youAttend')}</StatusChip>
  return row.isLedByMe ? <StatusChip tone="info">{t('youLead')}</StatusChip> : null
}

/** The one step of a session: to mark it, to look at its list, to join it, to check in, or to open its training. */
function NextStep({ row, variant }: { row: SessionRow; variant: Variant }) {
  const t = useT(homeWords)
  const sheet = `/trainings/${row.trainingId}/attendance?session=${row.sessionId}`
  const step = row.canMark
    ? { to: sheet, label: row.marked < row.seatsTaken ? t('mark') : t('sheet') }
    : row.isLedByMe
      ? { to: sheet, label: t('sheet') }
      : row.isMine && row.onlineUrl
        ? { to: row.onlineUrl, label: t('join'), document: true }
        : row.isMine
          ? { to: `/sessions/${row.sessionId}/check-in`, label: t('checkIn') }
          : { to: `/trainings/${row.trainingId}`, label: t('open') }
  return (
    <LinkButton small variant={variant} to={step.to} document={step.document}>
      {step.label}
    </LinkButton>
  )
}

function NoneToday({ page }: { page: Home }) {
  const t = useT(homeWords)
  const format = useFormat()
  const titleOf = useTitle()
  const [next] = page.sessionsAhead.rows
  const step = page.is.coordinator ? { to: '/trainings/new', label: t('plan') } : { to: '/trainings', label: t('seeTrainings') }
  return (
    <EmptyState icon={CalendarDays} title={t('noToday')} action={<LinkButton to={step.to}>{step.label}</LinkButton>}>
      {next
        ? t('noTodayNext', { title: titleOf(next), when: format.timeRange(next.startsAt, next.endsAt) })
        : `${t('noTodayNone')} ${page.is.coordinator ? t('noTodayPlan') : page.is.employee ? t('noTodayAsk') : ''}`.trim()}
    </EmptyState>
  )
}
