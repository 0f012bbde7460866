import { Link } from '@remix-run/react'
import type { RefusedScan } from '~/domain/attendance/refused-scans.server'
import { scanNoteWords } from '~/i18n/scan-notes'
import { useFormat, useT } from '~/i18n/use-language'
import { Button } from '~/ui/button'
import { ActionForm } from '~/ui/form'

type Where = { sessionId: string; trainingId: string; back: 'screen' | 'roster' }

/** Who scanned and was not counted; those without a seat can be let in. */
export function RefusedList({ refused, sessionId, trainingId, back }: Where & { refused: RefusedScan[] }) {
  const t = useT(scanNoteWords)
  const format = useFormat()
  if (refused.length === 0) return null
  const named = refused.flatMap((one) => (one.name === null ? [] : [{ ...one, name: one.name }]))
  return (
    <section className="section room-refused no-print">
      <h2>{t('refused')}</h2>
      {named.length === 0 ? <p>{t('refusedCount', { count: refused.length })}</p> : null}
      {named.some(({ reason }) => reason === 'not_enrolled') ? <p className="field-hint">{t('refusedNote')}</p> : null}
      {named.length === 0 ? null : (
        <ul className="calm-list">
          {named.map((one) => (
            <li key={`${one.personId}${one.reason}`}>
              <span className="person">
                <span>{one.name}</span>
                <small>
                  {t(one.isMark ? 'markedAt' : 'scannedAt', { time: format.time(one.at) })} · {t(`reason.${one.reason as 'over'}`)}
                </small>
              </span>
              {one.reason === 'not_enrolled' ? (
                <ActionForm className="room-admit" action={`/sessions/${sessionId}/admit/${one.personId}`}>
                  <input type="hidden" name="back" value={back} />
                  <Button small aria-label={t('admitName', { name: one.name })}>
                    {t('admit')}
                  </Button>
                </ActionForm>
              ) : (
                <Link to={`/trainings/${trainingId}/attendance/${one.personId}?session=${sessionId}`}>{t('markByHand')}</Link>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
