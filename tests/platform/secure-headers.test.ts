import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => vi.resetModules())

/** The headers of a probe, and the session cookie, of an app whose people use it at `baseUrl`. */
async function appAt(baseUrl: string) {
  vi.stubEnv('BASE_URL', baseUrl)
  vi.resetModules()
  const { webServer } = await import('~/launch/http-server')
  const { endSession } = await import('~/platform/session.server')
  const { disconnect } = await import('~/platform/db.server')
  const server = createServer(webServer(undefined, async () => []))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { headers } = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/healthz`)
  await new Promise((resolve) => server.close(resolve))
  const cookie = await endSession('none')
  await disconnect()
  return { headers, cookie }
}

test('every answer carries the secure headers; over https also strict transport and secure cookies', async () => {
  const { headers, cookie } = await appAt('https://kapacitet.example')
  expect(headers.get('strict-transport-security')).toBe('max-age=31536000')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('x-frame-options')).toBe('DENY')
  expect(headers.get('referrer-policy')).toBe('same-origin')
  expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
  expect(headers.get('permissions-policy')).toMatch(/^camera=\(\), microphone=\(\), geolocation=\(\)/)
  expect(headers.has('x-powered-by')).toBe(false)
  expect(cookie).toMatch(/; Secure/)
})

test('without https a browser is promised none', async () => {
  const { headers, cookie } = await appAt('http://localhost:3000')
  expect(headers.has('strict-transport-security')).toBe(false)
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(cookie).not.toMatch(/; Secure/)
})
