import type { RequestHandler } from 'express'
import { environment } from '~/platform/environment.server'

const YEAR_SECONDS = 365 * 24 * 3600

/**
 * Headers of every answer, files and probes included; the Content-Security-Policy with its nonce comes from the page itself. Addresses
 * hold ids and one-time tokens, so none is told to another site. Strict-Transport-Security only where BASE_URL is https.
 */
export function secureHeaders(): RequestHandler {
  const headers: Record<string, string> = {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
    ...(environment.secureCookies ? { 'strict-transport-security': `max-age=${YEAR_SECONDS}` } : {}),
  }
  const entries = Object.entries(headers)
  return (_req, res, next) => {
    for (const [name, value] of entries) res.setHeader(name, value)
    next()
  }
}
