import { randomBytes } from 'node:crypto'
import type { EntryContext } from '@remix-run/node'
import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import { renderToString } from 'react-dom/server'
import { NonceContext, cspFor } from '~/platform/csp'
import { log } from '~/platform/log.server'

type Handoff = { renderMeta?: { streamCache?: Record<number, unknown> }; serverHandoffStream?: ReadableStream<Uint8Array> }

/**
 * Reads the loader data that Remix hands to the browser before the page is drawn. Nothing here is deferred, so it is all there; Remix
 * would wait for it part by part inside the page, and a page that waits can only be drawn as a stream of small pieces.
 */
async function readHandoff(context: Handoff) {
  if (!context.serverHandoffStream || !context.renderMeta) return
  const reader = context.serverHandoffStream.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (let part = await reader.read(); !part.done; part = await reader.read()) text += decoder.decode(part.value, { stream: true })
  reader.releaseLock()
  context.renderMeta.streamCache = { 0: { result: { done: true, value: text + decoder.decode() } } }
}

/** Draws the whole page at once: on a roster of two hundred a third cheaper than a stream of small pieces. An error goes back to Remix, which draws the error page. */
export default async function handleRequest(request: Request, status: number, headers: Headers, context: EntryContext) {
  const nonce = randomBytes(16).toString('base64')
  await readHandoff(context as Handoff)
  const page = renderToString(
    <NonceContext.Provider value={nonce}>
      <RemixServer context={context} url={request.url} nonce={nonce} />
    </NonceContext.Provider>,
  )
  headers.set('content-type', 'text/html; charset=utf-8')
  headers.set('content-security-policy', cspFor(nonce))
  if (!headers.has('cache-control')) headers.set('cache-control', 'private, no-store')
  return new Response(`<!DOCTYPE html>${page}`, { status, headers })
}

/** An address without a page, or a method a page does not take, is the visitor's slip and stands in no log. */
const isSlip = (error: unknown) => isRouteErrorResponse(error) && error.status < 500

export function handleError(error: unknown, { request }: { request: Request }) {
  if (request.signal.aborted || isSlip(error)) return
  const stack = error instanceof Error ? (error.stack ?? error.message) : 'unknown'
  log('error', 'unexpected', {
    method: request.method,
    path: new URL(request.url).pathname,
    stack: stack.split('\n').slice(0, 8).join(' | '),
  })
}
