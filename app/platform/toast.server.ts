import { createCookie } from '@remix-run/node'
import { environment } from './environment.server'
import type { ErrorValues } from './errors'

type Toast = { messageKey: string; values: ErrorValues }

const made = () =>
  createCookie('toast', {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: environment.secureCookies,
    maxAge: 60,
    secrets: [environment.sessionSecret],
  })
let cookie: ReturnType<typeof made> | undefined
const toastCookie = () => (cookie ??= made())

/** The `set-cookie` value that lets the next page say `messageKey`. Signed: nobody else puts words on our page. */
export const sendToast = (messageKey: string, values: ErrorValues = {}) => toastCookie().serialize({ messageKey, values } satisfies Toast)

/** What the page before left to say, and the `set-cookie` value that clears it; null when there is nothing. */
export async function takeToast(cookieHeader: string | null): Promise<{ toast: Toast; cleared: string } | null> {
  if (!cookieHeader?.includes('toast=')) return null
  const toast: unknown = await toastCookie().parse(cookieHeader)
  if (typeof toast !== 'object' || toast === null || !('messageKey' in toast)) return null
  return { toast: toast as Toast, cleared: await toastCookie().serialize('', { maxAge: 0 }) }
}
