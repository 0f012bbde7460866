import { randomBytes } from 'node:crypto'
import { Writable } from 'node:stream'
import type { EntryContext } from '@remix-run/node'
import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import { renderToPipeableStream } from 'react-dom/server'
import { NonceContext, cspFor } from '~/platform/csp'
import { log } from '~/platform/log.server'

const GIVE_UP_MS = 15_000

/** Renders the whole page before answering: no page here waits for parts, and one buffer is far cheaper than a stream of small ones. */
export default function handleRequest(request: Request, status: number, headers: Headers, context: EntryContext) {
  const nonce = randomBytes(16).toString('base64')
  return new Promise<Response>((resolve, reject) => {
    const chunks: Buffer[] = []
    const body = new Writable({
      write(chunk: Buffer, _encoding, done) {
        chunks.push(chunk)
        done()
      },
      final(done) {
        clearTimeout(giveUp)
        headers.set('content-type', 'text/html; charset=utf-8')
        headers.set('content-security-policy', cspFor(nonce))
        if (!headers.has('cache-control')) headers.set('cache-control', 'private, no-store')
        resolve(new Response(Buffer.concat(chunks), { status, headers }))
        done()
      },
    })
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={nonce}>
        <RemixServer context={context} url={request.url} nonce={nonce} />
      </NonceContext.Provider>,
      {
        nonce,
        onAllReady: () => pipe(body),
        onShellError: reject,
        onError: (error: unknown) => log('error', 'render', { message: error instanceof Error ? error.message : 'unknown' }),
      },
    )
    const giveUp = setTimeout(abort, GIVE_UP_MS)
  })
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
