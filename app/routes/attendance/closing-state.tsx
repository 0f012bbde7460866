import type { SerializeFrom } from '@remix-run/node'
import type { CorrectionAfterClosing } from '~/domain/attendance/corrections.server'
import { attendanceWords } from '~/i18n/attendance'
import { closingWords } from '~/i18n/closing'
import { useFormat, useT } from '~/i18n/use-language'
import { LinkButton } from '~/ui/button'
import { TextArea } from '~/ui/fields'
import { Notice } from '~/ui/notice'
import { useScanNote, type RowScans } from '../room/scan-note'
import { useRecordWords } from './words'

type Closure = { closedAt: Date; closedByName: string; statement: string; isInPlace: boolean }

/** That a sheet is closed, by whom and under which statement. */
export function ClosingState({ closure }: { closure: Closure }) {
  const t = useT(closingWords)
  const format = useFormat()
  const said = { when: format.dateTime(closure.closedAt), name: closure.closedByName }
  return (
    <Notice tone="good" title={closure.isInPlace ? t('closedFor', said) : t('closed', said)}>
      <p>„{closure.statement}“</p>
      <p>{t('closedHow')}</p>
    </Notice>
  )
}

/** The step that makes the sheet of a session that is over into evidence. */
export function ClosingStep({ to, isWhole }: { to: string; isWhole: boolean }) {
  const t = useT(closingWords)
  return (
    <Notice tone={isWhole ? 'good' : 'info'} title={isWhole ? t('readyTitle') : undefined}>
      <p>{isWhole ? t('readyText') : t('openStep')}</p>
      <p>
        <LinkButton small variant={isWhole ? 'primary' : 'secondary'} to={to}>
          {t('close')}
        </LinkButton>
      </p>
    </Notice>
  )
}

/** Why marks are entered long after the session, for all of one submission. */
export function LateReason() {
  const t = useT(closingWords)
  return <TextArea name="reason" label={t('lateReason')} hint={t('lateReasonHint')} rows={2} required maxLength={1000} />
}

type Correction = SerializeFrom<CorrectionAfterClosing>

/** What was corrected after the closing, numbered as beside the rows. */
export function CorrectionNotes({ corrections, names }: { corrections: Correction[]; names: ReadonlyMap<string, string> }) {
  const t = useT(closingWords)
  const format = useFormat()
  const say = useRecordWords()
  if (corrections.length === 0) return null
  return (
    <section className="section">
      <h2>{t('footnotes')}</h2>
      <ol className="footnotes">
        {corrections.map(({ personId, claimId, at, authorName, reason, from, to, isChange }) => {
          const facts = {
            name: names.get(personId) ?? '',
            when: format.dateTime(at),
            author: authorName,
            after: say(to),
            reason: reason ?? '',
          }
          return (
            <li key={claimId}>
              {isChange ? t('footnote', { ...facts, before: from ? say(from) : t('noMark') }) : t('footnoteLeft', facts)}
            </li>
          )
        })}
      </ol>
    </section>
  )
}

type Row = {
  id: string
  isEnrolled: boolean
  isConflicting: boolean
  lacksScan: boolean
  isProposed: boolean
  scans: RowScans
}

/** What is to be said beside somebody's name in the roster: when he scanned, that he left, what waits to be settled, and the notes that speak of him. */
export function useRowNotes(corrections: Correction[]) {
  const t = useT(closingWords)
  const words = useT(attendanceWords)
  const scanNote = useScanNote()
  return (row: Row): string =>
    [
      row.isEnrolled ? '' : words('withdrawn'),
      scanNote(row.scans),
      row.isConflicting ? t('conflictNote') : '',
      row.lacksScan ? t('lackingNote') : '',
      row.isProposed ? t('proposedNote') : '',
      ...corrections.map((one, index) =>
        one.personId === row.id ? t(one.isChange ? 'corrected' : 'reviewed', { number: index + 1 }) : '',
      ),
    ]
      .filter(Boolean)
      .join(' · ')
}
