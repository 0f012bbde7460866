import { Router, type Request } from 'express'
import pg from 'pg'
import { environment } from '~/platform/environment.server'
import { migrationNames } from '~/platform/migration-names.server'
import { type Snapshot, prometheusText } from './metrics'

interface Readiness {
  ready: boolean
  database: 'reachable' | 'unreachable'
  pendingMigrations: string[]
}

/** A connection of its own: a pool that is busy with pages must not make the app look dead. */
function readinessProbe() {
  const { databaseUrl, databaseRole } = environment
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    options: databaseRole ? `-c role=${databaseRole}` : undefined,
    application_name: 'kapacitet readyz',
    max: 1,
    idleTimeoutMillis: 5_000,
    connectionTimeoutMillis: 3_000,
    query_timeout: 3_000,
  })
  pool.on('error', () => {})
  return async (): Promise<Readiness> => {
    try {
      const { rows } = await pool.query<{ name: string }>(
        'select migration_name as name from "_prisma_migrations" where finished_at is not null and rolled_back_at is null',
      )
      const applied = new Set(rows.map((row) => row.name))
      const pendingMigrations = migrationNames().filter((name) => !applied.has(name))
      return { ready: pendingMigrations.length === 0, database: 'reachable', pendingMigrations }
    } catch {
      return { ready: false, database: 'unreachable', pendingMigrations: [] }
    }
  }
}

/** From this machine and not through a proxy on it. */
function isLocal(req: Request) {
  if (req.headers['x-forwarded-for'] || req.headers.forwarded) return false
  return /^(127\.|::1$|::ffff:127\.)/.test(req.socket.remoteAddress ?? '')
}

/**
 * `/healthz` (the process answers), `/readyz` (the database is reachable and migrated) and `/metrics` (Prometheus), without pages or
 * sessions. Figures and reasons are told to this machine alone.
 */
export function probes(snapshots: () => Promise<Snapshot[]>) {
  const router = Router()
  const readiness = readinessProbe()
  router.get(['/healthz', '/readyz', '/metrics'], (_req, res, next) => (res.setHeader('cache-control', 'no-store'), next()))
  router.get('/healthz', (_req, res) => void res.type('text/plain').send('ok'))
  router.get('/readyz', async (req, res) => {
    const found = await readiness()
    const answer = isLocal(req) ? found : { ready: found.ready }
    res.status(found.ready ? 200 : 503).json(answer)
  })
  router.get('/metrics', async (req, res) => {
    if (!isLocal(req)) return void res.status(404).type('text/plain').send('Not found')
    res.type('text/plain; version=0.0.4').send(prometheusText(await snapshots()))
  })
  return router
}
