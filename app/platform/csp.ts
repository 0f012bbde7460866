import { createContext, useContext } from 'react'

/** The nonce comes by context and never by loader data, where a page could read it back. */
export const NonceContext = createContext('')
export const useNonce = () => useContext(NonceContext)

/** The Content-Security-Policy of a page whose scripts carry `nonce`: nothing from elsewhere, nothing inline without the nonce. */
export const cspFor = (nonce: string) =>
  [
    `default-src 'self'`,
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self'`,
    `font-src 'self'`,
    `img-src 'self' data:`,
    `connect-src 'self'`,
    `worker-src 'self'`,
    `manifest-src 'self'`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ')
