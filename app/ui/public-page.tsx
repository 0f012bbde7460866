import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { common } from '~/i18n/common'
import { useT } from '~/i18n/use-language'
import { BrandMark } from './brand'
import { Footer } from './footer'
import { uiWords } from './words'

type PublicPageProps = {
  /** The measure of a text page. */
  wide?: boolean
  /** Whoever is signed in has a way back to the own pages. */
  isSignedIn?: boolean
  children: ReactNode
}

/** The frame of a page for nobody in particular: login, set-up, verification, errors. */
export function PublicPage({ wide, isSignedIn, children }: PublicPageProps) {
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
        {isSignedIn ? (
          <p className="way-back no-print">
            <Link to="/">
              <span aria-hidden="true">‹ </span>
              {t('home')}
            </Link>
          </p>
        ) : null}
        {children}
      </main>
      <Footer />
    </>
  )
}
