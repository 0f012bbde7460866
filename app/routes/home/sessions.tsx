import CalendarDays from 'lucide-react/icons/calendar-days'
import { homeWords } from '~/i18n/home'
import { useFormat, useT } from '~/i18n/use-language'
import { LinkButton, type Variant } from '~/ui/button'
import { Section } from '~/ui/page-header'
import { EmptyState, StatusChip } from '~/ui/status'
import { useTitle } from '../trainings/title'
import { Row, ShortList, type Home } from './list'

type SessionRow = Home['sessionsToday']['rows'][number]

const isToMark = (row: SessionRow) => row.canMark && !row.isClosed && row.marked < row.seatsTaken

/** The sessions of today, each with the step to take; the first that can be marked, or scanned in, has the page's one primary button. */
export function Today({ page }: { page: Home }) {
  const t = useT(homeWords)
  const { rows, more } = page.sessionsToday
  const first = rows.find(isToMark) ?? rows.find((row) => row.scan && !row.canMark)
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
      {variant
        ? stepsOf(row).map((step, index) => <NextStep key={step.to} step={step} variant={index === 0 ? variant : 'secondary'} />)
        : null}
    </Row>
  )
}

function Part({ row }: { row: SessionRow }) {
  const t = useT(homeWords)
  if (row.canMark) {
    return <StatusChip tone={isToMark(row) ? 'warn' : 'good'}>{t('marked', { marked: row.marked, seats: row.seatsTaken })}</StatusChip>
  }
  if (row.isMine) return <StatusChip tone="good">{t('youAttend')}</StatusChip>
  return row.isLedByMe ? <StatusChip tone="info">{t('youLead')}</StatusChip> : null
}

type Step = { to: string; word: 'mark' | 'sheet' | 'checkIn' | 'checkOut' | 'join' | 'open'; document?: boolean }

/** What there is to do in a session: to mark it or look at its list; to scan and to join, of which it may offer both; else to open its training. */
function stepsOf(row: SessionRow): Step[] {
  const sheet = `/trainings/${row.trainingId}/attendance?session=${row.sessionId}`
  if (row.canMark) return [{ to: sheet, word: isToMark(row) ? 'mark' : 'sheet' }]
  if (row.isLedByMe) return [{ to: sheet, word: 'sheet' }]
  const steps: Step[] = []
  if (row.scan) steps.push({ to: `/sessions/${row.sessionId}/check-in`, word: row.scan === 'check_in' ? 'checkIn' : 'checkOut' })
  if (row.isMine && row.onlineUrl) steps.push({ to: row.onlineUrl, word: 'join', document: true })
  return steps.length > 0 ? steps : [{ to: `/trainings/${row.trainingId}`, word: 'open' }]
}

function NextStep({ step, variant }: { step: Step; variant: Variant }) {
  const t = useT(homeWords)
  return (
    <LinkButton small variant={variant} to={step.to} document={step.document}>
      {t(step.word)}
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
