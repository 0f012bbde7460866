import { Link } from '@remix-run/react'
import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { useFormBusy } from './form-context'
import { Icon, type LucideIcon } from './icon'

export type Variant = 'primary' | 'secondary' | 'quiet' | 'danger'
type Look = { variant?: Variant; small?: boolean; icon?: LucideIcon; children: ReactNode }

const look = (variant: Variant, small?: boolean) =>
  `button${variant === 'secondary' ? '' : ` button-${variant}`}${small ? ' button-small' : ''}`

/** A button that submits unless told otherwise. While its form is being sent it is marked disabled but stays in place for the keyboard. */
export function Button({
  variant = 'secondary',
  small,
  icon,
  children,
  ...rest
}: Look & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'style'>) {
  const busy = useFormBusy()
  return (
    <button type="submit" aria-disabled={busy || undefined} {...rest} className={look(variant, small)}>
      {icon ? <Icon of={icon} /> : null}
      {children}
    </button>
  )
}

/** A link that looks like a button. `document` leaves the app for a file or a page that is not ours. */
export function LinkButton({
  variant = 'secondary',
  small,
  icon,
  children,
  to,
  document,
  ...rest
}: Look & { to: string; document?: boolean; 'aria-label'?: string }) {
  const content = (
    <>
      {icon ? <Icon of={icon} /> : null}
      {children}
    </>
  )
  return document ? (
    <a href={to} className={look(variant, small)} {...rest}>
      {content}
    </a>
  ) : (
    <Link to={to} className={look(variant, small)} {...rest}>
      {content}
    </Link>
  )
}
