import type { ReactNode } from 'react'
import { homeWords } from '~/i18n/home'
import { useFormat, useT } from '~/i18n/use-language'
import { LinkButton } from '~/ui/button'
import { Section } from '~/ui/page-header'
import { StatusChip } from '~/ui/status'
import { useTitle } from '../trainings/title'
import { Row, ShortList, type Home } from './list'

/** What waits for somebody, the most urgent first: marks before they are forgotten, people who wait for an answer, papers, accounts. */
export function Waiting({ page }: { page: Home }) {
  const t = useT(homeWords)
  const { is } = page
  if (!is.coordinator && !is.trainer && !is.admin) return null
  const lists = [page.sheets, page.undecided, page.certificatesDue, page.invitations]
  return (
    <Section title={t('waits')} id="waits">
      {lists.every(({ rows }) => rows.length === 0) ? (
        <>
          <p>{is.admin ? t('accountsQuiet') : t('nothingWaits')}</p>
          {is.admin ? <LinkButton to="/admin/accounts/new">{t('inviteSomebody')}</LinkButton> : null}
        </>
      ) : null}
      <Sheets page={page} />
      <Undecided page={page} />
      <Due page={page} />
      <Invitations page={page} />
    </Section>
  )
}

function Group({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <div className="mb-6">
      <h3 className="mb-2">{title}</h3>
      {note ? (
        <p className="mb-2">
          <small>{note}</small>
        </p>
      ) : null}
      {children}
    </div>
  )
}

function Sheets({ page: { sheets } }: { page: Home }) {
  const t = useT(homeWords)
  const format = useFormat()
  const titleOf = useTitle()
  if (sheets.rows.length === 0) return null
  return (
    <Group title={t('sheets')} note={t('sheetsNote')}>
      <ShortList more={sheets.more} to="/sheets?state=open" label={t('sheets')}>
        {sheets.rows.map((row) => (
          <Row
            key={row.sessionId}
            to={`/trainings/${row.trainingId}`}
            title={titleOf(row)}
            detail={[format.timeRange(row.startsAt, row.endsAt)]}
          >
            <SheetStep row={row} />
          </Row>
        ))}
      </ShortList>
    </Group>
  )
}

/** How far a sheet is from being closed, and the next step towards it. */
function SheetStep({ row }: { row: Home['sheets']['rows'][number] }) {
  const t = useT(homeWords)
  const roster = `/trainings/${row.trainingId}/attendance`
  const step = row.isConflicting
    ? { tone: 'bad', state: t('sheetConflict'), label: t('settle'), to: roster }
    : row.marked < row.seatsTaken
      ? { tone: 'warn', state: t('marked', { marked: row.marked, seats: row.seatsTaken }), label: t('fill'), to: roster }
      : row.lacksScan
        ? { tone: 'warn', state: t('sheetLacksScan'), label: t('settle'), to: roster }
        : { tone: 'info', state: t('sheetReady'), label: t('closeSheet'), to: `${roster}/close` }
  return (
    <>
      <StatusChip tone={step.tone as 'bad' | 'warn' | 'info'}>{step.state}</StatusChip>
      <LinkButton small to={`${step.to}?session=${row.sessionId}`}>
        {step.label}
      </LinkButton>
    </>
  )
}

function Undecided({ page: { undecided } }: { page: Home }) {
  const t = useT(homeWords)
  const format = useFormat()
  const titleOf = useTitle()
  if (undecided.rows.length === 0) return null
  return (
    <Group title={t('undecided')}>
      <ShortList more={undecided.more} to="/trainings" label={t('undecided')}>
        {undecided.rows.map((row) => (
          <Row
            key={row.trainingId}
            to={`/trainings/${row.trainingId}`}
            title={titleOf(row)}
            detail={[
              row.startsAt ? format.date(row.startsAt) : null,
              row.requested > 0 ? t('requested', { count: row.requested }) : null,
              row.nominated > 0 ? t('nominated', { count: row.nominated }) : null,
            ]}
          >
            <StatusChip tone={row.free > 0 ? 'info' : 'warn'}>{row.free > 0 ? t('free', { count: row.free }) : t('noFree')}</StatusChip>
            <LinkButton small to={`/trainings/${row.trainingId}`}>
              {t('decide')}
            </LinkButton>
          </Row>
        ))}
      </ShortList>
    </Group>
  )
}

function Due({ page: { certificatesDue } }: { page: Home }) {
  const t = useT(homeWords)
  const format = useFormat()
  const titleOf = useTitle()
  if (certificatesDue.rows.length === 0) return null
  return (
    <Group title={t('due')} note={t('dueNote')}>
      <ShortList more={certificatesDue.more} to="/trainings?view=past" label={t('due')}>
        {certificatesDue.rows.map((row) => (
          <Row
            key={row.trainingId}
            to={`/trainings/${row.trainingId}`}
            title={titleOf(row)}
            detail={[t('ended', { date: format.date(row.endsAt) })]}
          >
            <StatusChip tone="info">{t('duePeople', { count: row.due })}</StatusChip>
            {row.openSheets > 0 ? <StatusChip tone="warn">{t('openSheets', { count: row.openSheets })}</StatusChip> : null}
            <LinkButton small to={`/trainings/${row.trainingId}/certificates`}>
              {t('issue')}
            </LinkButton>
          </Row>
        ))}
      </ShortList>
    </Group>
  )
}

function Invitations({ page: { invitations } }: { page: Home }) {
  const t = useT(homeWords)
  const format = useFormat()
  if (invitations.rows.length === 0) return null
  const link = ({ linkEndsAt, isLinkOver }: (typeof invitations.rows)[number]) =>
    linkEndsAt === null ? t('noLink') : isLinkOver ? t('linkOver') : t('linkUntil', { date: format.date(linkEndsAt) })
  return (
    <Group title={t('invitations')}>
      <ShortList more={invitations.more} to="/admin/accounts" label={t('invitations')}>
        {invitations.rows.map((row) => (
          <Row
            key={row.membershipId}
            to={`/admin/accounts/${row.membershipId}`}
            title={row.name}
            detail={[row.login, t('invited', { date: format.date(row.since) }), link(row)]}
          >
            <LinkButton small to={`/admin/accounts/${row.membershipId}`}>
              {t('renew')}
            </LinkButton>
          </Row>
        ))}
      </ShortList>
    </Group>
  )
}
