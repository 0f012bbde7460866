import { MARKS } from '~/domain/attendance/attendance'
import { offered } from '~/domain/attendance/offered'
import { attendanceWords } from '~/i18n/attendance'
import { correctionWords } from '~/i18n/correction'
import { useFormat, useT } from '~/i18n/use-language'
import { Button } from '~/ui/button'
import { NumberField, RadioGroup, TextArea } from '~/ui/fields'
import { ActionForm, FieldRow, FormActions } from '~/ui/form'
import { typedValue, type FormState } from '~/ui/form-state'
import { Notice } from '~/ui/notice'
import { Panel, Section } from '~/ui/page-header'
import { StatusChip } from '~/ui/status'
import type { History } from './claim-timeline'
import { useRecordWords } from './words'

type Props = { page: History; state: FormState | null; restored: boolean }

/** The last word about one person: what contradicts itself or waits side by side, each with a button that takes it, or another mark. */
export function CorrectionFields({ page, state, restored }: Props) {
  const { session, record, conflict, proposals, needsReason } = page
  const t = useT(correctionWords)
  const words = useT(attendanceWords)
  // what was typed before somebody else spoke is not an answer to that, unless it was said that he has
  const typedSeen = state?.values?.['isTold'] ? undefined : typedValue(state, 'seen')
  const seen = typeof typedSeen === 'string' ? typedSeen : page.seen
  const longest = Math.min(1440, Math.round((+new Date(session.endsAt) - +new Date(session.startsAt)) / 60_000))
  const save = session.closure ? t('saveCorrection') : t('saveMark')
  // a reason that is needed stands before the buttons that send it
  const why = (
    <TextArea
      name="reason"
      label={t('reason')}
      hint={needsReason ? t('reasonHint') : undefined}
      optional={!needsReason}
      required={needsReason}
      rows={2}
      maxLength={1000}
    />
  )
  return (
    <div className="no-print">
      <Section title={session.closure ? t('correctionTitle') : t('changeTitle')} id="correction">
        <ActionForm state={state} restored={restored}>
          <input type="hidden" name="session" value={session.id} />
          <input type="hidden" name="seen" value={seen} />
          {/* The first submit button of a form is the one the Enter key presses: it must save what the fields say. */}
          <button className="sr-only" tabIndex={-1} aria-hidden="true">
            {save}
          </button>
          {needsReason ? why : null}
          {conflict.length > 0 ? (
            <>
              <Notice tone="bad" title={t('conflictTitle')}>
                <p>{t('conflictText')}</p>
              </Notice>
              <div className="side-by-side">
                {conflict.map((offer, index) => (
                  <OfferPanel key={offer.ordinal} offer={offer} chip={index === 0 ? t('counts') : undefined} label={t('take')} />
                ))}
              </div>
            </>
          ) : null}
          {proposals.length > 0 ? (
            <>
              <Notice tone="warn" title={t('proposalTitle')}>
                <p>{t('proposalText')}</p>
              </Notice>
              <div className="side-by-side">
                {record ? <NowPanel record={record} minutes={page.attendedMinutes} /> : null}
                {proposals.map((offer) => (
                  <OfferPanel key={offer.ordinal} offer={offer} label={t('accept')} />
                ))}
              </div>
            </>
          ) : null}
          <RadioGroup
            name="mark"
            label={t('mark')}
            inline
            defaultValue={record?.mark}
            options={MARKS.map((mark) => ({ value: mark, label: words(`mark.${mark}`) }))}
          />
          <FieldRow>
            <NumberField name="late" label={words('late')} min={0} max={longest} step={1} defaultValue={record?.lateMinutes || ''} />
            <NumberField name="early" label={words('early')} min={0} max={longest} step={1} defaultValue={record?.leftEarlyMinutes || ''} />
          </FieldRow>
          {needsReason ? null : why}
          <FormActions>
            <Button variant="primary">{save}</Button>
          </FormActions>
        </ActionForm>
      </Section>
    </div>
  )
}

/** One of the things said, and the button that takes it. */
function OfferPanel({ offer, chip, label }: { offer: History['conflict'][number]; chip?: string; label: string }) {
  const t = useT(correctionWords)
  const words = useT(attendanceWords)
  const format = useFormat()
  const what = useRecordWords()(offer.record)
  return (
    <Panel>
      <p className="notice-title">{offer.isScan ? t('accordingToScan') : t('according', { name: offer.authorName })}</p>
      <p>
        <small>
          {t('number', { number: offer.ordinal })} · {words(`source.${offer.source}`)}
        </small>
      </p>
      <p>{what}</p>
      <p>{format.hours(offer.attendedMinutes)}</p>
      {chip ? <StatusChip tone="info">{chip}</StatusChip> : null}
      <Button small name="take" value={offered(offer.record)} aria-label={t('takeOf', { what })}>
        {label}
      </Button>
    </Panel>
  )
}

function NowPanel({ record, minutes }: { record: NonNullable<History['record']>; minutes: number }) {
  const t = useT(correctionWords)
  const format = useFormat()
  const say = useRecordWords()
  return (
    <Panel>
      <p className="notice-title">{t('now')}</p>
      <p>{say(record)}</p>
      <p>{format.hours(minutes)}</p>
      <Button small name="take" value={offered(record)}>
        {t('leave')}
      </Button>
    </Panel>
  )
}
