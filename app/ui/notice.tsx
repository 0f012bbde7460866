import CircleAlert from 'lucide-react/icons/circle-alert'
import CircleCheck from 'lucide-react/icons/circle-check'
import Info from 'lucide-react/icons/info'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import type { ReactNode } from 'react'
import { useT } from '~/i18n/use-language'
import { Icon, type LucideIcon } from './icon'
import { uiWords } from './words'

export type Tone = 'good' | 'warn' | 'bad' | 'info'

export const TONE_ICON: Record<Tone, LucideIcon> = { good: CircleCheck, warn: TriangleAlert, bad: CircleAlert, info: Info }

/** A message in the page: icon, the state in words for those who do not see the colour, text. */
export function Notice({ tone = 'info', title, children }: { tone?: Tone; title?: ReactNode; children?: ReactNode }) {
  const t = useT(uiWords)
  return (
    <div className={`notice tone-${tone}`}>
      <Icon of={TONE_ICON[tone]} />
      <div>
        <span className="sr-only">{t(`states.${tone}`)}: </span>
        {title ? <p className="notice-title">{title}</p> : null}
        {children}
      </div>
    </div>
  )
}
