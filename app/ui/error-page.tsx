import { isRouteErrorResponse, useLocation, useRouteError } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { useT } from '~/i18n/use-language'
import { dictionary } from '~/i18n/dictionary'
import { LinkButton } from './button'
import { PublicPage } from './public-page'
import { SwitchOffer } from './switch-offer'
import { keepUnsent } from './unsent'

const errorPageWords = dictionary('error-page', {
  bg: {
    home: 'Към началната страница',
    search: 'Търсене на служител',
    verify: 'Проверка на удостоверение',
    again: 'Опитайте отново',
    signIn: 'Вход',
    code: 'Код {{status}}',
    notFound: {
      title: 'Тази страница не беше намерена',
      text: 'Адресът може да е сгрешен, страницата да е преместена или да нямате достъп до нея. Проверете адреса или започнете от началната страница.',
    },
    forbidden: {
      title: 'Нямате достъп до това действие',
      text: 'Ако смятате, че трябва да имате, обърнете се към администратора на Вашата община.',
    },
    unauthenticated: { title: 'Влезте в системата', text: 'Тази страница се вижда само след вход.' },
    conflict: {
      title: 'Действието не може да бъде извършено',
      text: 'Данните междувременно са променени. Върнете се, презаредете страницата и опитайте отново.',
    },
    tooMany: { title: 'Твърде много опити', text: 'Изчакайте няколко минути и опитайте отново.' },
    offline: {
      title: 'Няма връзка',
      text: 'Изглежда, че сте без интернет. Опитайте отново, когато връзката се възстанови.',
      typed:
        'Не е сигурно, че въведеното е записано. Пазим го, докато не затворите страницата. Опитайте отново, когато връзката се възстанови.',
    },
    failed: {
      title: 'Нещо се обърка',
      text: 'Грешката е при нас и е записана. Нищо не е записано наполовина. Опитайте отново след малко.',
    },
  },
  en: {
    home: 'To the home page',
    search: 'Search for an employee',
    verify: 'Verify a certificate',
    again: 'Try again',
    signIn: 'Sign in',
    code: 'Code {{status}}',
    notFound: {
      title: 'This page was not found',
      text: 'The address may be wrong, the page may have moved, or you may have no access to it. Check the address or begin at the home page.',
    },
    forbidden: { title: 'You have no access to this', text: 'If you think you should, ask the administrator of your municipality.' },
    unauthenticated: { title: 'Sign in', text: 'This page is seen only after signing in.' },
    conflict: { title: 'This cannot be done', text: 'The data has changed in the meantime. Go back, reload the page and try again.' },
    tooMany: { title: 'Too many attempts', text: 'Wait a few minutes and try again.' },
    offline: {
      title: 'No connection',
      text: 'You seem to be offline. Try again when the connection is back.',
      typed: 'What you typed may not have been saved. We keep it until you close the page. Try again when the connection is back.',
    },
    failed: {
      title: 'Something went wrong',
      text: 'The fault is ours and has been recorded. Nothing was half-saved. Try again in a moment.',
    },
  },
})

const KINDS = { 401: 'unauthenticated', 403: 'forbidden', 404: 'notFound', 409: 'conflict', 429: 'tooMany' } as const
type Kind = (typeof KINDS)[keyof typeof KINDS] | 'offline' | 'failed'

function kindOf(error: unknown): { kind: Kind; status: number | null; said?: string } {
  if (isRouteErrorResponse(error)) {
    const said = typeof error.data?.message === 'string' ? error.data.message : undefined
    return { kind: KINDS[error.status as keyof typeof KINDS] ?? 'failed', status: error.status, said }
  }
  const offline = typeof navigator !== 'undefined' && (!navigator.onLine || isUnreached(error))
  return { kind: offline ? 'offline' : 'failed', status: offline ? null : 500 }
}

/** What browsers throw where the server was not reached. */
const isUnreached = (error: unknown) => error instanceof TypeError && /fetch|load failed|network/i.test(error.message)

/** A part of a page that could not be asked for: its document may be kept on the device, and the worker says so where it is not. */
function useKeptDocument(error: unknown, holdsTyped: boolean) {
  useEffect(() => {
    if (isUnreached(error) && !holdsTyped && navigator.serviceWorker?.controller) location.reload()
  }, [error, holdsTyped])
}

/**
 * What went wrong and what could be done, in the page's own language; never a stack. `error.data.message` is shown when the server
 * sent a sentence; `staffTo` is where somebody who may search the staff is led from an address that does not exist.
 */
export function ErrorMessage({ error, staffTo = null }: { error: unknown; staffTo?: string | null }) {
  const t = useT(errorPageWords)
  const { kind, status, said } = kindOf(error)
  const { pathname, search } = useLocation()
  const [holdsTyped] = useState(() => isUnreached(error) && keepUnsent(pathname))
  useKeptDocument(error, holdsTyped)
  return (
    <div role="alert" className="error-page">
      <h1>{t(`${kind}.title`)}</h1>
      <p>{said ?? (holdsTyped ? t('offline.typed') : t(`${kind}.text`))}</p>
      <SwitchOffer error={error} />
      <div className="form-actions">
        {holdsTyped ? (
          <LinkButton variant="primary" to={pathname + search}>
            {t('again')}
          </LinkButton>
        ) : kind === 'unauthenticated' ? (
          <LinkButton variant="primary" to="/login">
            {t('signIn')}
          </LinkButton>
        ) : (
          <LinkButton variant="primary" to="/" document>
            {t('home')}
          </LinkButton>
        )}
        {kind === 'notFound' && staffTo ? <LinkButton to={staffTo}>{t('search')}</LinkButton> : null}
        {kind === 'notFound' && !staffTo ? <LinkButton to="/verify">{t('verify')}</LinkButton> : null}
        {!holdsTyped && (kind === 'failed' || kind === 'offline') ? (
          <LinkButton to="" document>
            {t('again')}
          </LinkButton>
        ) : null}
      </div>
      {status ? <p className="field-hint">{t('code', { status: String(status) })}</p> : null}
    </div>
  )
}

/** The error page outside the shell. Inside it, a route's boundary shows `ErrorMessage` in the shell's place. */
export function ErrorPage() {
  const error = useRouteError()
  return (
    <PublicPage wide>
      <ErrorMessage error={error} />
    </PublicPage>
  )
}
