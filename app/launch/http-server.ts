import { constants } from 'node:zlib'
import compression from 'compression'
import express, { type ErrorRequestHandler, type Express } from 'express'
import type { ServerBuild } from '@remix-run/node'
import { environment } from '~/platform/environment.server'
import { log } from '~/platform/log.server'
import { type Snapshot, countRequest } from './metrics'
import { probes } from './probes'
import { remixHandler } from './remix-adapter'
import { secureHeaders } from './secure-headers'
import { staticFiles } from './static-files'

/** What even Remix could not answer: a plain sentence, the cause in the log. */
const lastResort: ErrorRequestHandler = (error: Error, req, res, _next) => {
  log('error', 'request.failed', { method: req.method, error: error.name })
  process.stderr.write(`${error.stack}\n`)
  if (res.headersSent) return void res.destroy()
  res.status(500).type('text/plain').send('Възникна грешка. Опитайте отново след малко.')
}

/** Probes, files and pages. Without `build` (a process that only runs jobs) it answers the probes alone. */
export function webServer(build: ServerBuild | undefined, snapshots: () => Promise<Snapshot[]>): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', false)
  app.set('trust proxy', environment.trustProxy)
  app.set('query parser', false)
  app.use((_req, res, next) => (countRequest(res), next()))
  app.use(secureHeaders())
  app.use(probes(snapshots))
  if (!build) return app
  app.use(staticFiles('build/client'))
  // Pages are made for each visitor: quick compression pays, thorough compression costs more than it saves.
  app.use(
    compression({
      level: 1,
      threshold: 1024,
      brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 1, [constants.BROTLI_PARAM_LGWIN]: 18 } },
      filter: isCompressible,
    }),
  )
  app.use(remixHandler(build))
  app.use(lastResort)
  return app
}

/** Live updates must leave at once; a compressor would hold them back. */
function isCompressible(req: express.Request, res: express.Response) {
  return !String(res.getHeader('content-type')).startsWith('text/event-stream') && compression.filter(req, res)
}
