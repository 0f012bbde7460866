import { enrolmentWords } from '~/i18n/enrolment'
import { useT } from '~/i18n/use-language'
import { Button } from '~/ui/button'
import { Checkbox, TextArea, TextField } from '~/ui/fields'
import { ActionForm } from '~/ui/form'
import { Notice } from '~/ui/notice'
import { Panel, Section } from '~/ui/page-header'
import { useFormState } from '~/ui/use-form-state'

type DecisionsProps = {
  may: { approve: boolean; refuse: boolean; withdraw: boolean }
  free: number
  isOwn: boolean
  /** Whether leaving frees a place for the next on the waiting list; whoever holds none only takes back that he waits for it. */
  holdsPlace: boolean
  reply: unknown
}

/** What can be decided about an enrolment now: one form for each, so that none is pressed by mistake for another. */
export function Decisions({ may, free, isOwn, holdsPlace, reply }: DecisionsProps) {
  const { state, restored } = useFormState(reply)
  const t = useT(enrolmentWords)
  const stateFor = (intent: string) => (state?.initialValue?.['intent'] === intent ? state : null)
  return (
    <>
      {may.approve ? (
        <Section title={t('decide')}>
          <Panel>
            <ActionForm id="approve" state={stateFor('approve')}>
              <input type="hidden" name="intent" value="approve" />
              {free > 0 ? (
                <p>{t('approveHint', { count: free })}</p>
              ) : (
                <>
                  <Notice tone="warn">{t('approveFull')}</Notice>
                  <Checkbox name="whenFull" value="waiting" label={t('whenFull')} />
                </>
              )}
              <div>
                <Button variant="primary">{t('approve')}</Button>
              </div>
            </ActionForm>
          </Panel>
        </Section>
      ) : null}
      {may.refuse ? (
        <Section title={t('refuseTitle')}>
          <Panel>
            <ActionForm id="refuse" state={stateFor('refuse')} restored={restored && stateFor('refuse') !== null}>
              <input type="hidden" name="intent" value="refuse" />
              <TextArea name="refusal" label={t('refusal')} hint={t('refusalHint')} required maxLength={1000} rows={3} />
              <div>
                <Button variant="danger">{t('refuse')}</Button>
              </div>
            </ActionForm>
          </Panel>
        </Section>
      ) : null}
      {may.withdraw ? (
        <Section title={t(holdsPlace ? 'withdrawTitle' : 'takeBackTitle')}>
          <Panel>
            <ActionForm id="withdraw" state={stateFor('withdraw')} restored={restored && stateFor('withdraw') !== null}>
              <input type="hidden" name="intent" value="withdraw" />
              {holdsPlace ? <p>{t('withdrawHint')}</p> : !isOwn ? <p>{t('takeBackHint')}</p> : null}
              <TextField name="reason" label={t('withdrawReason')} optional maxLength={1000} />
              <div>
                <Button variant="danger">{t(!holdsPlace ? 'takeBack' : isOwn ? 'withdrawOwn' : 'withdraw')}</Button>
              </div>
            </ActionForm>
          </Panel>
        </Section>
      ) : null}
    </>
  )
}
