import { createCookie } from '@remix-run/node'
import { foldCode } from '~/domain/check-in/code'
import { keptScan, readKeptScan, SCAN_LIFE_SECONDS, type Scan } from '~/domain/check-in/ticket.server'
import { clock } from '~/platform/clock.server'
import { environment } from '~/platform/environment.server'

const cookie = createCookie('scan', {
  httpOnly: true,
  sameSite: 'lax',
  path: '/',
  secure: environment.secureCookies,
  maxAge: SCAN_LIFE_SECONDS,
})

/** The `set-cookie` value that lets the browser keep a sealed scan while its owner signs in. */
export const keepScan = (kept: string) => cookie.serialize(kept)
export const forgetScan = () => cookie.serialize('', { maxAge: 0 })

/**
 * The scan behind an address with a code: the one this browser has kept, with the moment it was made, else one made now. `kept` is the
 * `set-cookie` value that keeps a new one. Null for an address without a code.
 */
export async function scanOf(request: Request, sessionId: string): Promise<{ scan: Scan; kept: string | null } | null> {
  const typed = new URL(request.url).searchParams.get('code')
  if (!typed) return null
  const code = foldCode(typed) ?? typed.slice(0, 20)
  const token: unknown = request.headers.get('cookie')?.includes('scan=') ? await cookie.parse(request.headers.get('cookie')) : null
  const known = typeof token === 'string' ? readKeptScan(token) : null
  if (known?.sessionId === sessionId && known.code === code) return { scan: known, kept: null }
  const scan: Scan = { sessionId, code, source: 'qr', at: clock.now() }
  return { scan, kept: await keepScan(keptScan(scan)) }
}
