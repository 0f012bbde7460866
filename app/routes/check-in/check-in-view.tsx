import { useFormat, useLanguage, useT } from '~/i18n/use-language'
import { checkInWords } from '~/i18n/check-in'
import type { Refusal } from '~/domain/attendance/decision'
import { Button, LinkButton } from '~/ui/button'
import { ActionForm, FormActions } from '~/ui/form'
import type { FormState } from '~/ui/form-state'
import { Notice } from '~/ui/notice'
import { DescriptionList } from '~/ui/status'
import { CodeForm } from './code-form'

type When = string | Date
export type CheckInView = {
  session: {
    id: string
    startsAt: When
    endsAt: When
    opensAt: When
    scansFrom: When
    place: string | null
    onlineUrl: string | null
    hasCheckOut: boolean
  }
  training: { id: string; title: string; titleEn: string | null; trainer: string }
  person: string
  scanned: { in: When | null; out: When | null }
  isEarly: boolean
  counts: boolean
  scan: { is: 'good'; ticket: string } | { is: 'expired'; until: When } | { is: 'wrong' } | null
  next: 'check_in' | 'check_out' | null
  refusal: Refusal | null
  isTold: boolean
}

/** Refusals the trainer can do something about. */
const TELLING: Refusal[] = ['not_enrolled', 'closed', 'over']

/** The one thing a person can do before a session now, or what is done already. */
export function CheckInStep({ page, state }: { page: CheckInView; state: FormState | null }) {
  const { scanned, scan, refusal } = page
  if (scanned.in) return <Done page={page} state={state} />
  if (scan?.is === 'expired' || scan?.is === 'wrong') return <NotTaken page={page} state={state} />
  if (refusal) return <Refused page={page} refusal={refusal} state={state} />
  return scan ? <Confirm page={page} ticket={scan.ticket} state={state} /> : <HowTo page={page} state={state} />
}

function Facts({ page: { session, training, person } }: { page: CheckInView }) {
  const t = useT(checkInWords)
  const format = useFormat()
  const english = useLanguage() === 'en'
  return (
    <DescriptionList
      items={[
        { label: t('who'), value: <strong>{person}</strong> },
        { label: t('session'), value: (english && training.titleEn) || training.title },
        { label: t('when'), value: format.timeRange(session.startsAt, session.endsAt) },
        { label: t('where'), value: session.place ? format.place(session.place) : t('online') },
        { label: t('trainer'), value: training.trainer },
      ]}
    />
  )
}

type TicketProps = { ticket: string; state: FormState | null; intent: 'check_in' | 'check_out'; label: string }

function TicketForm({ ticket, state, intent, label }: TicketProps) {
  return (
    <ActionForm state={state}>
      <input type="hidden" name="ticket" value={ticket} />
      <input type="hidden" name="intent" value={intent} />
      <FormActions>
        <Button variant="primary">{label}</Button>
      </FormActions>
    </ActionForm>
  )
}

function Confirm({ page, ticket, state }: { page: CheckInView; ticket: string; state: FormState | null }) {
  const t = useT(checkInWords)
  const format = useFormat()
  return (
    <>
      <h1>{t('confirmTitle')}</h1>
      <Facts page={page} />
      {page.isEarly ? <Notice tone="info">{t('willBeEarly', { time: format.time(page.session.opensAt) })}</Notice> : null}
      <TicketForm ticket={ticket} state={state} intent="check_in" label={t('confirm')} />
    </>
  )
}

function Done({ page, state }: { page: CheckInView; state: FormState | null }) {
  const t = useT(checkInWords)
  const format = useFormat()
  const { scanned, session, scan, next, refusal } = page
  const mayLeave = next === 'check_out' && scan?.is === 'good' && !refusal
  return (
    <>
      <h1>{t('doneTitle')}</h1>
      <Notice tone="good">
        <p className="check-in-time">
          {page.isEarly && !page.counts
            ? t('early', { time: format.time(session.opensAt) })
            : t('doneAt', { time: format.time(scanned.in!) })}
          {scanned.out ? ` ${t('leftAt', { time: format.time(scanned.out) })}` : null}
        </p>
      </Notice>
      <Facts page={page} />
      {scan?.is === 'expired' && session.hasCheckOut ? (
        <Notice tone="warn">{t('expired', { time: format.time(scan.until) })}</Notice>
      ) : null}
      {mayLeave ? (
        <>
          {scanned.out ? <p>{t('leaveAgain')}</p> : null}
          <TicketForm ticket={scan.ticket} state={state} intent="check_out" label={t('leave')} />
        </>
      ) : next === 'check_out' && refusal && refusal !== 'too_early' && (scan?.is === 'good' || !scanned.out) ? (
        <NotLeft page={page} refusal={refusal} state={state} />
      ) : session.hasCheckOut && !scanned.out ? (
        <p>{t('leaveLater')}</p>
      ) : null}
      <Onward page={page} />
    </>
  )
}

/** Why leaving cannot be recorded any more, and who can do something about it. */
function NotLeft({ page, refusal, state }: { page: CheckInView; refusal: Exclude<Refusal, 'too_early'>; state: FormState | null }) {
  const t = useT(checkInWords)
  const { scan, isTold } = page
  const canTell = scan?.is === 'good' && !isTold && TELLING.includes(refusal)
  return (
    <>
      <Notice tone={isTold ? 'info' : 'bad'} title={t('leaveRefusedTitle')}>
        {isTold ? t('leaveTold') : t(refusal === 'over' ? 'leaveOver' : `refused.${refusal}`)}
      </Notice>
      {canTell ? <TicketForm ticket={scan.ticket} state={state} intent="check_out" label={t('leaveTell')} /> : null}
    </>
  )
}

function NotTaken({ page, state }: { page: CheckInView; state: FormState | null }) {
  const t = useT(checkInWords)
  const format = useFormat()
  const { scan } = page
  return (
    <>
      <h1>{scan?.is === 'expired' ? t('expiredTitle') : t('wrongTitle')}</h1>
      <Notice tone="bad">{scan?.is === 'expired' ? t('expired', { time: format.time(scan.until) }) : t('wrong')}</Notice>
      <CodeForm primary state={state} />
      <Facts page={page} />
    </>
  )
}

function Refused({ page, refusal, state }: { page: CheckInView; refusal: Refusal; state: FormState | null }) {
  const t = useT(checkInWords)
  const format = useFormat()
  const { scan, session } = page
  const canTell = scan?.is === 'good' && !page.isTold && TELLING.includes(refusal)
  return (
    <>
      <h1>{t(`refusedTitle.${refusal}`)}</h1>
      <Notice tone={page.isTold || refusal === 'too_early' ? 'info' : 'bad'}>
        {refusal === 'too_early'
          ? t('refused.too_early', { time: format.time(session.scansFrom), date: format.date(session.scansFrom) })
          : page.isTold && TELLING.includes(refusal)
            ? t('told')
            : t(`refused.${refusal}`)}
      </Notice>
      <Facts page={page} />
      {canTell ? <TicketForm ticket={scan.ticket} state={state} intent="check_in" label={t('tell')} /> : null}
      <Onward page={page} again={page.isTold} />
    </>
  )
}

function HowTo({ page, state }: { page: CheckInView; state: FormState | null }) {
  const t = useT(checkInWords)
  return (
    <>
      <h1>{t('howTitle')}</h1>
      <p>{t('how')}</p>
      <CodeForm primary state={state} />
      <Facts page={page} />
    </>
  )
}

function Onward({ page, again }: { page: CheckInView; again?: boolean }) {
  const t = useT(checkInWords)
  return (
    <p className="form-actions">
      {again ? <LinkButton to={`/sessions/${page.session.id}/check-in`}>{t('again')}</LinkButton> : null}
      <LinkButton to="/">{t('home')}</LinkButton>
    </p>
  )
}
