import { Link, NavLink, useLocation } from '@remix-run/react'
import Building2 from 'lucide-react/icons/building-2'
import ChevronDown from 'lucide-react/icons/chevron-down'
import CircleUser from 'lucide-react/icons/circle-user'
import Ellipsis from 'lucide-react/icons/ellipsis'
import LogOut from 'lucide-react/icons/log-out'
import Search from 'lucide-react/icons/search'
import { useState, type ReactNode } from 'react'
import { common } from '~/i18n/common'
import { SpeechProvider, useT } from '~/i18n/use-language'
import { BrandMark } from './brand'
import { Footer } from './footer'
import { Icon, type LucideIcon } from './icon'
import { Notice, type Tone } from './notice'
import { PageProvider, usePage } from './page-context'
import { useShellBehaviour } from './use-shell-behaviour'
import { uiWords } from './words'

/** A place of the main navigation. At most seven; on a phone the first four (or all five of five) stand in the bar. */
export type Place = {
  to: string
  label: string
  icon: LucideIcon
  end?: boolean
  /** Addresses that lie elsewhere and belong to this place. */
  also?: string[]
}
export type Toast = { id: string; text: string; tone?: Tone }

type AppShellProps = {
  /** `municipalityId.accountId`, carried by every form as `_for`. */
  formFor: string
  timeZone?: string
  academicHourMinutes?: number
  municipality: { id: string; name: string } | null
  /** The other municipalities of the account; the switch posts `municipalityId` to `switchAction`. */
  otherMunicipalities?: Array<{ id: string; name: string }>
  switchAction?: string
  account: { name: string; role: string }
  places: Place[]
  accountLinks?: Array<{ to: string; label: string; icon: LucideIcon }>
  /** Where the search of the header leads with `?q=`; null leaves it out. */
  searchAction?: string | null
  searchLabel?: string
  signOutAction?: string
  /** Printed at the head of every page: whose it is and what it belongs to. */
  printOwner?: string
  printTitle?: string
  toast?: Toast | null
  children: ReactNode
}

const BAR_PLACES = 4

/** The frame of every page of somebody who is signed in. */
export function AppShell(props: AppShellProps) {
  const { formFor, timeZone, academicHourMinutes, places, accountLinks = [], printOwner, printTitle, toast, children } = props
  const t = useT(uiWords)
  useShellBehaviour(formFor)
  return (
    <SpeechProvider timeZone={timeZone} academicHourMinutes={academicHourMinutes}>
      <PageProvider formFor={formFor}>
        <a href="#main" className="skip-link">
          {t('skip')}
        </a>
        <div className="shell">
          <Header {...props} />
          <nav className="shell-side" aria-label={t('places')}>
            <Places places={places} links={accountLinks} />
          </nav>
          <main id="main" className="shell-main" tabIndex={-1}>
            <div className="print-head">
              <span>{printOwner}</span>
              <span>{printTitle}</span>
            </div>
            <Toasts toast={toast} />
            {children}
          </main>
          <Footer />
        </div>
      </PageProvider>
    </SpeechProvider>
  )
}

function Header({ municipality, account, accountLinks = [], otherMunicipalities = [], searchAction = '/staff', ...rest }: AppShellProps) {
  const t = useT(uiWords)
  const words = useT(common)
  return (
    <header className="shell-top">
      <Link to="/" className="brand" aria-label={words('product')}>
        <BrandMark />
        <span>{words('product')}</span>
      </Link>
      {municipality ? (
        <Municipality current={municipality} others={otherMunicipalities} action={rest.switchAction ?? '/account/municipality'} />
      ) : null}
      {searchAction ? (
        <search className="shell-search">
          <form action={searchAction}>
            <Icon of={Search} />
            <input
              type="search"
              name="q"
              className="control"
              placeholder={rest.searchLabel ?? t('searchStaff')}
              aria-label={rest.searchLabel ?? t('searchStaff')}
              enterKeyHint="search"
              autoComplete="off"
            />
          </form>
        </search>
      ) : null}
      <details className="menu shell-account" name="top">
        <summary>
          <Icon of={CircleUser} />
          <span className="shell-name">{account.name}</span>
          <span className="sr-only">{t('account')}</span>
          <Icon of={ChevronDown} />
        </summary>
        <div className="menu-sheet">
          <p className="menu-note">
            {account.name}
            <br />
            {account.role}
          </p>
          <div className="menu-part">
            {accountLinks.map(({ to, label, icon }) => (
              <Link key={to} to={to} className="menu-item">
                <Icon of={icon} />
                {label}
              </Link>
            ))}
            <PlainForm action={rest.signOutAction ?? '/logout'}>
              <button className="menu-item">
                <Icon of={LogOut} />
                {t('signOut')}
              </button>
            </PlainForm>
          </div>
        </div>
      </details>
    </header>
  )
}

function Municipality({
  current,
  others,
  action,
}: {
  current: { name: string }
  others: Array<{ id: string; name: string }>
  action: string
}) {
  const t = useT(uiWords)
  if (others.length === 0)
    return (
      <p className="shell-where">
        <Icon of={Building2} />
        {current.name}
      </p>
    )
  return (
    <details className="menu" name="top">
      <summary>
        <Icon of={Building2} />
        {current.name}
        <Icon of={ChevronDown} />
      </summary>
      <div className="menu-sheet">
        <p className="menu-note">{t('switchTo')}</p>
        <PlainForm action={action}>
          {others.map(({ id, name }) => (
            <button key={id} name="municipalityId" value={id} className="menu-item">
              {name}
            </button>
          ))}
        </PlainForm>
      </div>
    </details>
  )
}

/** Posts as a document: what it changes concerns the whole page. */
function PlainForm({ action, children }: { action: string; children: ReactNode }) {
  const { formFor } = usePage()
  const { pathname, search } = useLocation()
  return (
    <form method="post" action={action}>
      <input type="hidden" name="_for" value={formFor} />
      <input type="hidden" name="returnTo" value={pathname + search} />
      {children}
    </form>
  )
}

const lies = (pathname: string, under: string) => pathname === under || pathname.startsWith(`${under}/`)
const isAt = (pathname: string, { to, also = [] }: Place) => [to, ...also].some((under) => lies(pathname, under))

function PlaceLink({ to, label, icon, end, also = [] }: Place) {
  const { pathname } = useLocation()
  const inner = (
    <>
      <Icon of={icon} />
      <span>{label}</span>
    </>
  )
  return also.some((other) => lies(pathname, other)) ? (
    <Link to={to} className="place" prefetch="intent" aria-current="true">
      {inner}
    </Link>
  ) : (
    <NavLink to={to} end={end ?? to === '/'} className="place" prefetch="intent">
      {inner}
    </NavLink>
  )
}

/** What does not fit into the bar of a phone stands behind „Още“; where all fits, the links of the account's menu but the account itself. */
function Places({ places, links }: { places: Place[]; links: Place[] }) {
  const t = useT(uiWords)
  const { pathname } = useLocation()
  const rest = places.length > BAR_PLACES ? [] : links.filter(({ to }) => to !== '/account')
  const overflow = places.length > BAR_PLACES + 1 ? places.slice(BAR_PLACES) : rest
  const isHere = (place: Place) => isAt(pathname, place)
  const isUnderMore = overflow.some(isHere) && !places.some((place) => !overflow.includes(place) && isHere(place))
  return (
    <ul className="places">
      {places.map((place, index) => (
        <li key={place.to} className={index === BAR_PLACES && overflow.length === 0 ? 'places-last' : undefined}>
          <PlaceLink {...place} />
        </li>
      ))}
      {overflow.length > 0 ? (
        <li className="places-more">
          <details className="menu" name="top">
            <summary data-current={isUnderMore || undefined}>
              <Icon of={Ellipsis} />
              <span>{t('more')}</span>
            </summary>
            <ul className="menu-sheet">
              {overflow.map((place) => (
                <li key={place.to}>
                  <PlaceLink {...place} />
                </li>
              ))}
            </ul>
          </details>
        </li>
      ) : null}
    </ul>
  )
}

/** The live region stays in the page so that what appears in it is read out; what was said on one page is not repeated on the next. */
function Toasts({ toast }: { toast?: Toast | null }) {
  const { pathname } = useLocation()
  const [said, setSaid] = useState({ id: toast?.id, pathname })
  if (toast && said.id !== toast.id) setSaid({ id: toast.id, pathname })
  return (
    <div className="toasts" role="status">
      {toast && said.pathname === pathname ? (
        <Notice key={toast.id} tone={toast.tone ?? 'good'}>
          {toast.text}
        </Notice>
      ) : null}
    </div>
  )
}
