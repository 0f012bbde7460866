import { Link, useLocation } from '@remix-run/react'
import { THEMES } from '~/i18n/language'
import { useLanguage, useT } from '~/i18n/use-language'
import { usePage } from './page-context'
import { uiWords } from './words'

const NAMES = { bg: 'Български', en: 'English' } as const

/** Language, appearance and the accessibility statement (ЗЕУ, чл. 58в: in a visible place). Both switches work without JavaScript. */
export function Footer() {
  const t = useT(uiWords)
  const language = useLanguage()
  const { theme } = usePage()
  const { pathname, search } = useLocation()
  const returnTo = <input type="hidden" name="returnTo" value={pathname + search} />
  return (
    <footer className="shell-foot">
      <form method="post" action="/preferences" aria-label={t('language')}>
        {returnTo}
        {(['bg', 'en'] as const).map((code) => (
          <button key={code} name="lang" value={code} lang={code} className="foot-choice" aria-pressed={code === language}>
            {NAMES[code]}
          </button>
        ))}
      </form>
      <form method="post" action="/preferences" aria-label={t('theme')}>
        {returnTo}
        <span>{t('theme')}:</span>
        {THEMES.map((choice) => (
          <button
            key={choice}
            name="theme"
            value={choice}
            className="foot-choice"
            aria-pressed={choice === theme}
            title={t(`themes.${choice}`)}
          >
            {t(`themesShort.${choice}`)}
          </button>
        ))}
      </form>
      <Link to="/accessibility">{t('accessibility')}</Link>
    </footer>
  )
}
