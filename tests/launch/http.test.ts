import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningApp, startApp } from '../setup/app-server'
import { eventually, metricsOfAll, webPids } from './embedded-app'

let app: RunningApp
beforeAll(async () => {
  app = await startApp({ env: { DATABASE_URL: process.env.DATABASE_OWNER_URL } })
})
afterAll(() => app.stop())

/** A plain request, so that nothing is decoded or followed on the way. */
function asked(path: string, { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {}) {
  return new Promise<{ status: number; headers: Record<string, string | string[] | undefined>; body: Buffer }>((resolve, reject) => {
    const call = request(`${app.baseUrl}${path}`, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks) }))
    })
    call.on('error', reject).end()
  })
}

async function anAsset() {
  const page = await asked('/login')
  const path = /\/assets\/framework-[\w-]+\.js/.exec(page.body.toString())?.[0]
  expect(path).toBeDefined()
  return path!
}

test('a process that switches role serves pages from the database of DATABASE_URL', async () => {
  const page = await asked('/login')
  expect(page.status).toBe(200)
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
  expect(page.headers['x-powered-by']).toBeUndefined()
  expect(page.headers.etag).toBeUndefined()
})

test('the probes answer without a session, and tell reasons and figures to this machine alone', async () => {
  expect(await asked('/healthz')).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } })
  const ready = await asked('/readyz')
  expect(ready.status).toBe(200)
  expect(JSON.parse(ready.body.toString())).toEqual({ ready: true, database: 'reachable', pendingMigrations: [] })
  const forwarded = { headers: { 'x-forwarded-for': '203.0.113.7' } }
  expect(JSON.parse((await asked('/readyz', forwarded)).body.toString())).toEqual({ ready: true })
  expect((await asked('/metrics', forwarded)).status).toBe(404)
})

test('the figures cover every process and count requests by class of status', async () => {
  await asked('/no-such-page-at-all')
  const count = async () => {
    const text = await metricsOfAll(app.baseUrl)
    const of = (status: string) =>
      [...text.matchAll(new RegExp(`^http_requests_total\\{pid="\\d+",status="${status}"\\} (\\d+)`, 'gm'))].reduce(
        (sum, [, n]) => sum + Number(n),
        0,
      )
    return { processes: text.match(/^process_resident_memory_bytes\{/gm)!.length, failed: of('4xx'), text }
  }
  const before = await count()
  expect(before.processes).toBe(2)
  await asked('/no-such-page-at-all')
  expect((await count()).failed).toBe(before.failed + 1)
  expect(before.text).not.toMatch(/login|@|no-such-page/)
})

test.each([
  ['br', 'gzip, deflate, br'],
  ['gzip', 'gzip'],
  [undefined, 'identity'],
])('an asset comes as %s where the browser takes „%s“, to be kept for ever', async (encoding, accepted) => {
  const asset = await asked(await anAsset(), { headers: { 'accept-encoding': accepted } })
  expect(asset.status).toBe(200)
  expect(asset.headers).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
    'content-type': 'text/javascript; charset=utf-8',
  })
  expect(asset.headers['content-encoding']).toBe(encoding)
  expect(asset.body.length).toBe(Number(asset.headers['content-length']))
})

test('an asset the browser has is not sent again', async () => {
  const path = await anAsset()
  const { etag } = (await asked(path)).headers
  const again = await asked(path, { headers: { 'if-none-match': String(etag) } })
  expect(again.status).toBe(304)
  expect(again.body.length).toBe(0)
})

test.each([
  ['/sw.js', 'text/javascript; charset=utf-8'],
  ['/manifest.webmanifest', 'application/manifest+json; charset=utf-8'],
])('%s is asked for anew each time, so that a new version is learnt of', async (path, type) => {
  const file = await asked(path)
  expect(file.status).toBe(200)
  expect(file.headers).toMatchObject({ 'cache-control': 'no-cache', 'content-type': type })
  expect((await asked(path, { headers: { 'if-none-match': String(file.headers.etag) } })).status).toBe(304)
})

test('a browser that shows a PDF finds the icon it asks for by itself', async () => {
  const icon = await asked('/favicon.ico')
  expect([icon.status, icon.headers['content-type']]).toEqual([200, 'image/x-icon'])
})

test('the app can be installed: every icon its manifest names is there', async () => {
  const { icons, start_url, scope } = JSON.parse((await asked('/manifest.webmanifest')).body.toString())
  expect([start_url, scope, icons.length]).toEqual(['/', '/', 4])
  for (const { src, type } of icons) expect((await asked(src)).headers['content-type']).toBe(type)
})

test.each([
  '/assets/../../package.json',
  '/assets/..%2f..%2fpackage.json',
  '/../package.json',
  '/.vite/manifest.json',
  '/assets/nothing.js.br',
])('%s leads to no file', async (path) => {
  const answer = await asked(path)
  expect(answer.status).toBe(404)
  expect(answer.body.toString()).not.toMatch(/devDependencies|isEntry/)
})

test('a page is compressed on its way', async () => {
  expect((await asked('/login', { headers: { 'accept-encoding': 'gzip' } })).headers['content-encoding']).toBe('gzip')
})

test('a method or a host that is none is refused without a stack trace', async () => {
  expect((await asked('/login', { method: 'PROPFIND' })).status).toBe(405)
  const answer = await asked('/login', { headers: { host: 'a b' } })
  expect(answer.status).toBe(400)
  expect(answer.body.toString()).toBe('Bad request')
})

/** A form whose end is still to be sent; `taken` once the server has its head and waits for the rest. */
function runningForm({ baseUrl }: RunningApp) {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: baseUrl, expect: '100-continue' }
  const post = request(`${baseUrl}/login`, { method: 'POST', agent: false, headers })
  const answer = new Promise<number>((resolve, reject) => {
    post.on('response', (response) => resolve(response.resume().statusCode!)).on('error', reject)
  })
  post.flushHeaders()
  const taken = once(post, 'continue').then(() => void post.write('email=nobody%40elena.example&'))
  return { taken, answer, end: () => void post.end('password=wrong') }
}

test('a request that is running when the stop comes is answered; a new one is not taken', async () => {
  const other = await startApp()
  const form = runningForm(other)
  await form.taken
  const stopped = other.stop()
  await eventually('no new connection is taken', () =>
    // one that reaches the door while it closes is never answered, which is no refusal yet
    fetch(`${other.baseUrl}/healthz`, { signal: AbortSignal.timeout(1_000) }).then(
      () => false,
      ({ cause }) => cause?.code === 'ECONNREFUSED',
    ),
  )
  form.end()
  expect(await form.answer).toBeLessThan(500)
  expect(await stopped).toBe(0)
})

test('a connection opened ahead, on which nothing is asked, does not hold up the stop', async () => {
  const other = await startApp()
  const [port, host] = [Number(new URL(other.baseUrl).port), new URL(other.baseUrl).hostname]
  // some at each of the two processes
  const ahead = await Promise.all(
    [1, 2, 3, 4].map(async () => {
      const socket = connect(port, host)
      await once(socket, 'connect')
      return socket
    }),
  )
  const forms = [1, 2, 3, 4].map(() => runningForm(other))
  await Promise.all(forms.map(({ taken }) => taken))
  const ended = ahead.map((socket) => once(socket, 'close'))
  const stopped = other.stop()
  await Promise.all(ended)
  // without an end of its own it would stay until the patience with running requests is over, and they would end with it
  for (const form of forms) form.end()
  for (const status of await Promise.all(forms.map(({ answer }) => answer))) expect(status).toBeLessThan(500)
  expect(await stopped).toBe(0)
})

test('a second signal ends what does not end by itself, and the exit code says so', async () => {
  const other = await startApp()
  const [held] = await webPids(other.baseUrl)
  process.kill(held!, 'SIGSTOP')
  const stopped = other.stop()
  // the first seconds count as the same signal
  const again = setInterval(() => process.kill(other.pid, 'SIGTERM'), 500)
  expect(await stopped.finally(() => clearInterval(again))).toBe(1)
  expect(other.output()).toContain('A web process did not end in order (SIGKILL)')
})
