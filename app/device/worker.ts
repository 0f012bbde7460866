import { asset, dropPage, forgetPages, keepPage, keptPage, keptPages, ownedBy, type PageToKeep } from './kept-pages'
import { offlinePage } from './offline-page'
import { OUTBOX_CHANNEL, sendWaiting, type OnChannel, type SendState } from './outbox'

/** What pages tell the worker. */
export type ToWorker =
  | { type: 'here'; for: string; language: string; title: string; url: string }
  /** `from`: the address whose document has come and is to be kept; null for one that is to be asked for. */
  | { type: 'keep'; page: PageToKeep; from: string | null }

type Lasting = Event & { waitUntil(work: Promise<unknown>): void }
type Fetching = Lasting & {
  request: Request
  preloadResponse?: Promise<Response | undefined>
  respondWith(answer: Promise<Response>): void
}
type Worker = {
  registration: ServiceWorkerRegistration
  clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate' | 'sync', listener: (event: Lasting) => void): void
  addEventListener(type: 'message', listener: (event: Lasting & { data: ToWorker }) => void): void
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void
}

/** How long a line that hangs is waited for when the page has been kept. */
const PATIENCE_MS = 4000
/** How long a page that is sending is waited for: well beyond the time in which most answers come. */
const FOR_OTHERS_MS = 60_000
/** When what a visit did not send is tried again: the page may have no roster that would. */
const AGAIN_MS = [3_000, 6_000]
const KEEPABLE = /^\/$|^\/trainings\/[\da-f-]{36}\/attendance$/

const worker = globalThis as unknown as Worker
const channel = new BroadcastChannel(OUTBOX_CHANNEL)
/** The documents that came last, so that a page that asks to be kept need not be fetched twice. */
const arrived = new Map<string, Response>()

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()))
worker.addEventListener('activate', (event) =>
  event.waitUntil(Promise.all([worker.clients.claim(), worker.registration.navigationPreload?.enable()])),
)

worker.addEventListener('message', (event) => {
  const { data } = event
  if (data.type === 'here') event.waitUntil(visited(data))
  if (data.type === 'keep') event.waitUntil(ownedBy(data.page.for, data.page.language).then(() => keep(data.page, data.from)))
})

worker.addEventListener('sync', (event) => event.waitUntil(sendAll()))

/** Rejects when something is left, so that the browser asks again later. */
async function sendAll() {
  const state = await send()
  if (isLeft(state)) throw new Error(state)
}

const isLeft = (state: SendState) => state === 'line' || state === 'busy'

async function visited({ for: owner, language, title, url }: Extract<ToWorker, { type: 'here' }>) {
  await ownedBy(owner, language)
  if (url === '/' && arrived.has('/')) await keep({ url, for: owner, title, language, assets: [] }, url).catch(() => {})
  let state = await send()
  for (const pause of AGAIN_MS) {
    if (!isLeft(state)) return
    await new Promise((resolve) => setTimeout(resolve, pause))
    state = await send()
  }
}

async function keep(page: PageToKeep, from: string | null) {
  const answer = arrived.get(from ?? '') ?? null
  arrived.delete(from ?? '')
  await keepPage(page, answer)
}

/** Sends what waits, tells the pages, and draws the rosters it was about anew, so that they are kept as they are now. */
async function send(): Promise<SendState> {
  const { state, sent } = await sendWaiting(FOR_OTHERS_MS)
  if (sent.length === 0) return state
  channel.postMessage({ type: 'sent', sent } satisfies OnChannel)
  const pages = await keptPages()
  for (const page of pages.filter(({ url }) => sent.some(({ sessionId }) => url.includes(sessionId))))
    await keepPage(page, null).catch(() => {})
  return state
}

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (url.origin !== location.origin) return
  if (url.pathname === '/logout' && request.method === 'POST') event.waitUntil(forgetPages())
  if (request.mode === 'navigate') event.respondWith(navigate(event, url))
  else if (request.method !== 'GET') return
  else if (url.pathname.startsWith('/assets/')) event.respondWith(asset(request))
  else if (url.pathname === '/login.data') event.respondWith(fetch(request).then((answer) => noted(event, url, answer)))
})

async function navigate(event: Fetching, url: URL): Promise<Response> {
  const { request } = event
  if (request.method !== 'GET')
    return fetch(request)
      .then((answer) => noted(event, url, answer))
      .catch(() => offlinePage(url, { notSent: true }))
  const network = Promise.resolve(event.preloadResponse)
    .then((preloaded) => preloaded ?? fetch(request))
    .then((answer) => noted(event, url, answer))
  event.waitUntil(network.catch(() => {}))
  const kept = KEEPABLE.test(url.pathname) ? await keptPage(url).catch(() => null) : null
  if (!kept) return network.catch(() => offlinePage(url, { notSent: false }))
  const reached = network.then((answer) => (answer.status >= 502 && answer.status <= 504 ? kept : answer)).catch(() => kept)
  return Promise.race([reached, new Promise<Response>((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS))])
}

/** Looks at an answer on its way: keeps a document at hand, and forgets pages when it shows that nobody is signed in any more. */
async function noted(event: Fetching, url: URL, answer: Response): Promise<Response> {
  const isSignIn = /^\/login(\.data)?$/.test(url.pathname) && event.request.method === 'GET' && answer.ok
  const isMoved = url.pathname === '/switch-municipality' || (KEEPABLE.test(url.pathname) && answer.type === 'opaqueredirect')
  if (isSignIn || isMoved) await forgetPages().catch(() => {})
  if (!KEEPABLE.test(url.pathname) || event.request.method !== 'GET') return answer
  const address = url.pathname + url.search
  if (answer.status === 403 || answer.status === 404) await dropPage(address).catch(() => {})
  if (answer.ok) {
    arrived.clear()
    arrived.set(address, answer.clone())
  }
  return answer
}
