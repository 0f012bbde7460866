import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useT } from '~/i18n/use-language'
import { uiWords } from './words'

export type Crumb = { to: string; label: string }

/**
 * The head of a page: breadcrumb (every inner page), the title that says the thing, under it its state and dates, and the one primary
 * action: top right on a wide screen, full width at the bottom on a phone.
 */
export function PageHeader({
  title,
  crumbs,
  status,
  action,
}: {
  title: ReactNode
  crumbs?: Crumb[]
  status?: ReactNode
  action?: ReactNode
}) {
  return (
    <header className="page-head">
      <div>
        {crumbs ? <Breadcrumb crumbs={crumbs} /> : null}
        <h1>{title}</h1>
        {status ? <div className="page-status">{status}</div> : null}
      </div>
      {action ? <div className="page-action">{action}</div> : null}
    </header>
  )
}

function Breadcrumb({ crumbs }: { crumbs: Crumb[] }) {
  const t = useT(uiWords)
  return (
    <nav className="crumbs" aria-label={t('breadcrumb')}>
      <ol>
        <li>
          <Link to="/">{t('home')}</Link>
        </li>
        {crumbs.map(({ to, label }) => (
          <li key={to}>
            <Link to={to}>{label}</Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** A part of a page under its own heading. */
export function Section({ title, id, action, children }: { title: ReactNode; id?: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section className="section" id={id}>
      {action ? (
        <div className="section-head">
          <h2>{title}</h2>
          <div className="section-actions">{action}</div>
        </div>
      ) : (
        <h2>{title}</h2>
      )}
      {children}
    </section>
  )
}

/** A quiet frame around something that belongs together. */
export function Panel({ children }: { children: ReactNode }) {
  return <div className="panel">{children}</div>
}

export type Tab = { to: string; label: string; count?: string; current: boolean }

/** Views of one thing, each with its own address. */
export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <Link key={tab.to} to={tab.to} className="tab" aria-current={tab.current ? 'page' : undefined} preventScrollReset>
          {tab.label}
          {tab.count ? <span className="tab-count">{tab.count}</span> : null}
        </Link>
      ))}
    </nav>
  )
}
