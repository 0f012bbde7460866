import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { common } from '~/i18n/common'
import { useT } from '~/i18n/use-language'
import { BrandMark } from './brand'
import { Footer } from './footer'
import { uiWords } from './words'

/** The frame of a page for nobody in particular: login, set-up, verification, errors. `wide` gives it the measure of a text page. */
export function PublicPage({ wide, children }: { wide?: boolean; children: ReactNode }) {
  const t = useT(uiWords)
  const words = useT(common)
  return (
    <>
      <a href="#main" className="skip-link">
        {t('skip')}
      </a>
      <header className="shell-top">
        <Link to="/" className="brand" aria-label={words('product')}>
          <BrandMark />
          <span>{words('product')}</span>
        </Link>
        <span className="shell-where shell-name">{words('tagline')}</span>
      </header>
      <main id="main" className={wide ? 'narrow-page narrow-page-wide' : 'narrow-page'} tabIndex={-1}>
        {children}
      </main>
      <Footer />
    </>
  )
}
