import { createReadableStreamFromReadable, type ServerBuild } from '@remix-run/node'
import type { Request as ExpressRequest, RequestHandler, Response as ExpressResponse } from 'express'
import { fileRoutes, routeHandlers } from './route-handlers'

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

function headersOf(req: ExpressRequest) {
  const headers = new Headers()
  const raw = req.rawHeaders
  for (let i = 0; i < raw.length; i += 2) if (!raw[i]!.startsWith(':')) headers.append(raw[i]!, raw[i + 1]!)
  return headers
}

/** The address as the visitor wrote it; behind a trusted proxy, as the proxy says it was written. Throws on a Host that is none. */
function urlOf(req: ExpressRequest) {
  const trusted = (req.app.get('trust proxy fn') as (address: string, hop: number) => boolean)(req.socket.remoteAddress ?? '', 0)
  const forwarded = trusted ? req.get('x-forwarded-host')?.split(',')[0]?.trim() : undefined
  return new URL(
    `${req.protocol}://${forwarded || req.headers.host || 'localhost'}${req.originalUrl.startsWith('/') ? req.originalUrl : '/'}`,
  )
}

function requestOf(req: ExpressRequest, url: URL, signal: AbortSignal) {
  const init: RequestInit & { duplex?: 'half' } = { method: req.method, headers: headersOf(req), signal }
  if (req.method !== 'GET' && req.method !== 'HEAD') {
    init.body = createReadableStreamFromReadable(req)
    init.duplex = 'half'
  }
  return new Request(url, init)
}

async function send(res: ExpressResponse, response: Response) {
  res.statusCode = response.status
  for (const [name, value] of response.headers) res.appendHeader(name, value)
  if (!response.body) return void res.end()
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) res.flushHeaders()
  const reader = response.body.getReader()
  res.once('close', () => void reader.cancel().catch(() => {}))
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (res.destroyed) return
    if (!res.write(part.value)) await new Promise<void>((resolve) => void (res.once('drain', resolve), res.once('close', resolve)))
  }
  res.end()
}

/** What is thrown away at most of a form that was answered before it was read. */
const DROPPED_AT_MOST = 256 * 1024 * 1024

/** A browser reads no answer before it has sent the whole of its form: what nobody read of a refused one is taken and dropped. */
function dropRest(req: ExpressRequest) {
  if (req.complete) return
  let left = DROPPED_AT_MOST
  req.removeAllListeners('data')
  req.on('data', (part: Buffer) => {
    left -= part.length
    if (left < 0) req.destroy()
  })
  req.resume()
}

/** Answers with Remix. Loaders and actions find the visitor's address in `context.clientAddress`, as TRUST_PROXY allows it to be known. */
export function remixHandler(build: ServerBuild): RequestHandler {
  const handlerOf = routeHandlers(build, process.env.NODE_ENV)
  const fileRouteOf = fileRoutes(build)
  return (req, res, next) => {
    if (!METHODS.has(req.method)) return void res.writeHead(405).end()
    let url: URL
    try {
      url = urlOf(req)
    } catch {
      return void res.writeHead(400, { 'content-type': 'text/plain' }).end('Bad request')
    }
    if (url.searchParams.get('format') && (req.method === 'GET' || req.method === 'HEAD')) url.pathname = fileRouteOf(url.pathname)
    const abort = new AbortController()
    res.once('close', () => res.writableFinished || abort.abort())
    handlerOf(url.pathname)(requestOf(req, url, abort.signal), { clientAddress: req.ip ?? '' })
      .then((response) => send(res, response))
      .then(() => dropRest(req))
      .catch(next)
  }
}
