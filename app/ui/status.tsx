import CircleDashed from 'lucide-react/icons/circle-dashed'
import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { common } from '~/i18n/common'
import { useT } from '~/i18n/use-language'
import { Icon, type LucideIcon } from './icon'
import { TONE_ICON, type Tone } from './notice'

/** A state: icon and word, the colour only in addition. */
export function StatusChip({ tone, icon, children }: { tone?: Tone; icon?: LucideIcon; children: ReactNode }) {
  return (
    <span className={tone ? `chip tone-${tone}` : 'chip'}>
      <Icon of={icon ?? (tone ? TONE_ICON[tone] : CircleDashed)} />
      {children}
    </span>
  )
}

/** A number with what it counts; with `to` it opens the list behind it. `value` null says „не е посочено“. */
export function Stat({ value, label, note, to }: { value: ReactNode; label: ReactNode; note?: ReactNode; to?: string }) {
  const content = (
    <>
      <span className="stat-number">{value ?? <NotGiven />}</span>
      <span className="stat-label">{label}</span>
      {note ? <span className="stat-note">{note}</span> : null}
    </>
  )
  return to ? (
    <Link to={to} className="stat">
      {content}
    </Link>
  ) : (
    <div className="stat">{content}</div>
  )
}

export function Stats({ children }: { children: ReactNode }) {
  return <div className="stats">{children}</div>
}

type Gender = 'm' | 'f' | 'pl'

/** „не е посочено“, or as the named fact's gender asks: what the sources do not say. */
export function NotGiven({ gender }: { gender?: Gender }) {
  const words = useT(common)
  return <span className="not-given">{words(gender ? `notGivenOf.${gender}` : 'notGiven')}</span>
}

/** `gender`: of the label, for the words that stand in place of an absent value. */
export type Detail = { label: ReactNode; value: ReactNode; gender?: Gender }

/** Facts by name; null, undefined and empty text show as „не е посочено“. */
export function DescriptionList({ items }: { items: Detail[] }) {
  return (
    <dl className="details-list">
      {items.map(({ label, value, gender }, index) => (
        <div key={index}>
          <dt>{label}</dt>
          <dd>{value === null || value === undefined || value === '' ? <NotGiven gender={gender} /> : value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** A person so that namesakes differ: name, then position and service, and the employee number where even these are another's too. */
export function PersonChip({
  name,
  position,
  service,
  number,
  to,
}: {
  name: string
  position?: string | null
  service?: string | null
  number?: string | null
  to?: string
}) {
  const words = useT(common)
  const detail = [position, service, number ? words('employeeNumber', { number }) : null].filter(Boolean).join(', ')
  return (
    <span className="person">
      {to ? <Link to={to}>{name}</Link> : <span>{name}</span>}
      {detail ? <small>{detail}</small> : null}
    </span>
  )
}

/** An empty list said kindly, with the one step to take. */
export function EmptyState({
  icon,
  title,
  action,
  children,
}: {
  icon?: LucideIcon
  title: ReactNode
  action?: ReactNode
  children?: ReactNode
}) {
  return (
    <div className="empty">
      {icon ? <Icon of={icon} /> : null}
      <p className="empty-title">{title}</p>
      {children ? <p>{children}</p> : null}
      {action}
    </div>
  )
}

export type TimelineEvent = { id: string; when: ReactNode; title: ReactNode; who?: ReactNode; detail?: ReactNode }

/** What happened, newest or oldest first as given. */
export function Timeline({ events }: { events: TimelineEvent[] }) {
  return (
    <ol className="timeline">
      {events.map(({ id, when, title, who, detail }) => (
        <li key={id}>
          <p className="timeline-when">
            {when}
            {who ? <> · {who}</> : null}
          </p>
          <p>{title}</p>
          {detail ? <div>{detail}</div> : null}
        </li>
      ))}
    </ol>
  )
}

/** Rows of a calm list; each row's first child takes the room, the rest stands at its end. */
export function CalmList({ children }: { children: ReactNode }) {
  return <ul className="calm-list">{children}</ul>
}
