import { useSyncExternalStore } from 'react'
import { offlineWords } from '~/i18n/offline'
import { useFormat, useT } from '~/i18n/use-language'
import { Notice } from '~/ui/notice'

const never = () => () => {}

/** That the page is from this device and not from the server, and since when. */
export function KeptPage() {
  const t = useT(offlineWords)
  const format = useFormat()
  const keptAt = useSyncExternalStore(
    never,
    () => Number(document.documentElement.dataset['kept']),
    () => 0,
  )
  return keptAt ? (
    <Notice tone="warn">
      <p>
        {t('keptPage', { when: format.dateTime(new Date(keptAt)) })} <a href="/">{t('reloadPage')}</a>
      </p>
    </Notice>
  ) : null
}
