import { useLocation } from '@remix-run/react'
import { useEffect, useRef } from 'react'

/** Closes the open menus: all of them, or all but the one `around` lies in. */
function closeMenus(around?: EventTarget | null) {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>('details.menu[open]'))
    if (!(around instanceof Node && menu.contains(around))) menu.open = false
}

/**
 * Without a line, and on a page that the device has kept, a link is followed as a document: the device keeps documents, and nothing of
 * what a page would ask for in parts.
 */
function leaveAsDocument(event: MouseEvent) {
  const { dataset } = document.documentElement
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (link?.origin === location.origin && (!navigator.onLine || 'kept' in dataset || 'unreached' in dataset)) event.stopPropagation()
}

/**
 * What native `details` lacks: menus close by a press elsewhere, by Escape (the focus returns to the menu's own button) and when
 * the page changes. After a navigation the focus moves into the new page unless something there has already taken it.
 */
export function useShellBehaviour(formFor: string) {
  const { pathname, key } = useLocation()
  const shown = useRef(pathname)
  const shownKey = useRef(key)

  // the worker keeps pages for whoever uses the device, and sends what waits on it
  useEffect(() => {
    const here = { type: 'here', for: formFor, language: document.documentElement.lang, title: document.title, url: pathname }
    navigator.serviceWorker?.controller?.postMessage(here)
  }, [formFor, pathname])

  useEffect(() => {
    const press = (event: MouseEvent) => closeMenus(event.target)
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      const menu = document.activeElement?.closest<HTMLDetailsElement>('details.menu[open]')
      closeMenus()
      menu?.querySelector('summary')?.focus()
    }
    document.addEventListener('click', press)
    document.addEventListener('keydown', escape)
    window.addEventListener('click', leaveAsDocument, { capture: true })
    return () => {
      window.removeEventListener('click', leaveAsDocument, { capture: true })
      document.removeEventListener('click', press)
      document.removeEventListener('keydown', escape)
    }
  }, [])

  // not when the page wakes: a menu opened before stays open
  useEffect(() => {
    if (shownKey.current === key) return
    shownKey.current = key
    closeMenus()
  }, [key])

  useEffect(() => {
    if (shown.current === pathname) return
    shown.current = pathname
    const main = document.getElementById('main')
    if (!main?.contains(document.activeElement)) main?.focus({ preventScroll: true })
  }, [pathname])
}
