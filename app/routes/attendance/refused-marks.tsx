import type { Refused } from '~/device/store'
import { attendanceWords } from '~/i18n/attendance'
import { offlineWords } from '~/i18n/offline'
import { useT } from '~/i18n/use-language'
import { Button } from '~/ui/button'
import { Notice } from '~/ui/notice'

type Props = {
  refused: readonly Refused[]
  /** Called once whoever made them has seen them. */
  dismiss: () => void
  /** Says of each of which session it is. */
  withSession?: boolean
}

/** Marks made without a line that the server did not take, with the reason; nothing where there are none. */
export function RefusedMarks({ refused, dismiss, withSession = false }: Props) {
  const t = useT(offlineWords)
  const words = useT(attendanceWords)
  if (refused.length === 0) return null
  return (
    <Notice tone="bad" title={t('refusedTitle', { count: refused.length })}>
      <p>{t('refusedText')}</p>
      <ul>
        {refused.map(({ id, name, mark, reason, when }) => (
          <li key={id}>
            {withSession && when ? `${when}: ` : null}
            {t('refusedRow', {
              name,
              mark: words(`mark.${mark}`),
              reason: t(`reason.${reason as 'invalid'}`),
            })}
          </li>
        ))}
      </ul>
      <p>
        <Button type="button" onClick={dismiss}>
          {t('dismiss')}
        </Button>
      </p>
    </Notice>
  )
}
