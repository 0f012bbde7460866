import { Link, useLocation } from '@remix-run/react'
import { offlineWords } from '~/i18n/offline'
import { useFormat, useT } from '~/i18n/use-language'
import { Button } from '~/ui/button'
import { Notice } from '~/ui/notice'
import { RefusedMarks } from './refused-marks'
import type { Device } from './use-device'

type Row = { id: string; name: string; isConflicting: boolean }
type Props = { device: Device }

/** What is kept on this device, what becomes of it, and what the server did not take. The region stays, so that what appears is read out. */
export function DeviceNotices(props: Props) {
  const { snapshot } = props.device
  return (
    <div role="status" className="device-notices">
      {snapshot ? (
        <>
          <Line {...props} />
          <Waiting {...props} />
          <Sent {...props} />
          <RefusedMarks refused={snapshot.refused} dismiss={props.device.dismissRefused} />
        </>
      ) : null}
    </div>
  )
}

function Line({ device }: Props) {
  const t = useT(offlineWords)
  const format = useFormat()
  const { line, keptAt, waiting } = device.snapshot!
  const { pathname, search } = useLocation()
  const kept = keptAt === null ? null : t('kept', { when: format.dateTime(new Date(keptAt)) })
  if (line === 'none')
    return (
      <Notice tone="warn" title={t('none.title')}>
        {waiting > 0 ? null : <p>{t('none.text')}</p>}
        {kept ? <p>{kept}</p> : null}
      </Notice>
    )
  return kept ? (
    <Notice tone="info">
      <p>
        {kept} <a href={pathname + search}>{t('reload')}</a>
      </p>
    </Notice>
  ) : null
}

function Waiting({ device }: Props) {
  const t = useT(offlineWords)
  const { pathname, search } = useLocation()
  const { line, waiting, waitingElsewhere } = device.snapshot!
  const more = waitingElsewhere > 0 ? <p>{t('elsewhere', { count: waitingElsewhere })}</p> : null
  if (waiting === 0) return more ? <Notice tone="info">{more}</Notice> : null
  return (
    <Notice tone="warn" title={t('waiting', { count: waiting })}>
      <p>
        {line === 'login' ? t('waitingLogin') : line === 'elsewhere' ? t('waitingElsewhere') : t('waitingNext')}{' '}
        {line === 'login' ? <a href={`/login?next=${encodeURIComponent(pathname + search)}`}>{t('signIn')}</a> : null}
      </p>
      {more}
      {line === 'none' ? (
        <p>
          <Button type="button" onClick={device.send}>
            {t('send')}
          </Button>
        </p>
      ) : null}
    </Notice>
  )
}

function Sent({ device }: Props) {
  const t = useT(offlineWords)
  const { sent, waiting } = device.snapshot!
  if (!sent || waiting > 0 || sent.taken + sent.proposed === 0) return null
  return (
    <Notice tone={sent.proposed > 0 ? 'warn' : 'good'}>
      {sent.taken > 0 ? <p>{t('taken', { count: sent.taken })}</p> : null}
      {sent.proposed > 0 ? <p>{t('proposed', { count: sent.proposed })}</p> : null}
    </Notice>
  )
}

/** That marks made by two people, or by hand and by scan, differ; each leads to where it is settled. */
export function Contradictions({ rows, to }: { rows: Row[]; to: (personId: string) => string }) {
  const t = useT(offlineWords)
  const found = rows.filter(({ isConflicting }) => isConflicting)
  if (found.length === 0) return null
  return (
    <Notice tone="warn" title={t('conflicts', { count: found.length })}>
      <p>{t('conflictsText')}</p>
      <ul>
        {found.map(({ id, name }) => (
          <li key={id}>
            <Link to={to(id)}>{name}</Link>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
