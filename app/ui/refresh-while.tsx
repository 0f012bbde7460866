import { useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'

/** Asks the page's loaders again every `seconds` while `active`; without JavaScript the whole page is loaded again. */
export function RefreshWhile({ active, seconds = 2 }: { active: boolean; seconds?: number }) {
  const { revalidate } = useRevalidator()
  useEffect(() => {
    if (!active) return
    const timer = setInterval(() => document.visibilityState === 'visible' && revalidate(), seconds * 1000)
    return () => clearInterval(timer)
  }, [active, seconds, revalidate])
  return active ? (
    <noscript>
      <meta httpEquiv="refresh" content={String(seconds * 2)} />
    </noscript>
  ) : null
}
