import type { LucideIcon } from 'lucide-react'

export type { LucideIcon }

/** An icon beside its word: hidden from screen readers. Icons come one by one, `import House from 'lucide-react/icons/house'`. */
export function Icon({ of: Drawing }: { of: LucideIcon }) {
  return <Drawing className="icon" aria-hidden="true" />
}
