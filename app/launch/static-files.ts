import { createReadStream, existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import type { RequestHandler } from 'express'

const TYPES: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  webmanifest: 'application/manifest+json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  ttf: 'font/ttf',
  wasm: 'application/wasm',
  txt: 'text/plain; charset=utf-8',
}
const KEPT_BYTES = 300_000
/** What browsers ask for anew to learn of a new version. */
const ASKED_ANEW = ['/sw.js', '/manifest.webmanifest']

interface Variant {
  file: string
  size: number
  content?: Buffer
}
interface StaticFile {
  type: string
  cacheControl: string
  etag: string
  plain: Variant
  br?: Variant
  gzip?: Variant
}

const variant = (file: string): Variant | undefined => (existsSync(file) ? { file, size: statSync(file).size } : undefined)

/** The list is read once: what was not there at the build is not there, and no address can lead out of the folder. */
function listed(folder: string) {
  const files = new Map<string, StaticFile>()
  for (const name of existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []) {
    const file = join(folder, name)
    const path = `/${name.split(sep).join('/')}`
    const type = TYPES[path.slice(path.lastIndexOf('.') + 1)]
    if (!type || path.startsWith('/.') || /\.(br|gz)$/.test(path)) continue
    const { size, mtimeMs } = statSync(file)
    files.set(path, {
      type,
      cacheControl: path.startsWith('/assets/')
        ? 'public, max-age=31536000, immutable'
        : ASKED_ANEW.includes(path)
          ? 'no-cache'
          : 'public, max-age=3600',
      etag: `"${size.toString(36)}-${Math.floor(mtimeMs).toString(36)}"`,
      plain: { file, size },
      br: variant(`${file}.br`),
      gzip: variant(`${file}.gz`),
    })
  }
  return files
}

function chosen(file: StaticFile, accepted: string): [Variant, string | undefined] {
  if (file.br && /\bbr\b/.test(accepted)) return [file.br, 'br']
  if (file.gzip && /\bgzip\b/.test(accepted)) return [file.gzip, 'gzip']
  return [file.plain, undefined]
}

/** Serves the files of `folder` as the build compressed them: assets for ever, the rest for an hour and by ETag. Passes on what it does not have. */
export function staticFiles(folder: string): RequestHandler {
  const files = listed(folder)
  return (req, res, next) => {
    const file = files.get(req.path)
    if (!file || (req.method !== 'GET' && req.method !== 'HEAD')) return next()
    res.setHeader('cache-control', file.cacheControl)
    res.setHeader('etag', file.etag)
    res.setHeader('vary', 'accept-encoding')
    res.setHeader('x-content-type-options', 'nosniff')
    if (req.headers['if-none-match'] === file.etag) return void res.writeHead(304).end()
    const [body, encoding] = chosen(file, String(req.headers['accept-encoding'] ?? ''))
    res.setHeader('content-type', file.type)
    res.setHeader('content-length', body.size)
    if (encoding) res.setHeader('content-encoding', encoding)
    if (req.method === 'HEAD') return void res.end()
    if (body.size > KEPT_BYTES)
      return void createReadStream(body.file)
        .on('error', () => res.destroy())
        .pipe(res)
    res.end((body.content ??= readFileSync(body.file)))
  }
}
