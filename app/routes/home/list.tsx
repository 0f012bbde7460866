import type { SerializeFrom } from '@remix-run/node'
import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { home } from '~/domain/home/home.server'
import { homeWords } from '~/i18n/home'
import { useT } from '~/i18n/use-language'
import { CalmList } from '~/ui/status'

export type Home = SerializeFrom<Awaited<ReturnType<typeof home>>>

/** A row of the home: what it is, under it when and where, at its end a state and the one step. */
export function Row({ to, title, detail, children }: { to: string; title: ReactNode; detail: ReactNode[]; children?: ReactNode }) {
  const shown = detail.filter(Boolean)
  return (
    <li>
      <span className="person">
        <Link to={to}>{title}</Link>
        <small>
          {shown.map((part, index) => (
            <span key={index}>
              {index > 0 ? ' · ' : null}
              {part}
            </span>
          ))}
        </small>
      </span>
      {children}
    </li>
  )
}

/** At most ten rows, and a link to the list that holds the others. */
export function ShortList({ more, to, label, children }: { more: number; to: string; label: string; children: ReactNode }) {
  const t = useT(homeWords)
  return (
    <>
      <CalmList>{children}</CalmList>
      {more > 0 ? (
        <p>
          <Link to={to} aria-label={`${label}: ${t('more', { count: more })}`}>
            {t('more', { count: more })}
          </Link>
        </p>
      ) : null}
    </>
  )
}
