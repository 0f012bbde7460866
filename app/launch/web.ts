import { type Server, createServer } from 'node:http'
import type { Socket } from 'node:net'
import { startJobs } from '~/jobs.server'
import { disconnect } from '~/platform/db.server'
import { environment } from '~/platform/environment.server'
import { endLive } from '~/platform/live.server'
import { log } from '~/platform/log.server'
import { webServer } from './http-server'
import { type Snapshot, beginMeasuring, snapshot } from './metrics'
import type { FromWeb, ToWeb } from './web-processes'

const PATIENCE_MS = 10_000
/** What a browser sends over a connection it opened arrives within this. */
const SILENT_MS = 1000

const tell = (message: FromWeb) => process.connected && process.send?.(message)

/** Asks the primary for the figures of all processes; alone, gives its own. */
function snapshotsOfAll() {
  const waiting = new Map<number, (snapshots: Snapshot[]) => void>()
  let last = 0
  process.on('message', (message: ToWeb) => {
    if (message.type === 'measure') tell({ type: 'measured', id: message.id, snapshot: snapshot() })
    if (message.type === 'measured') waiting.get(message.id)?.(message.snapshots)
  })
  return () =>
    new Promise<Snapshot[]>((resolve) => {
      const id = ++last
      waiting.set(id, (snapshots) => (waiting.delete(id), resolve(snapshots)))
      tell({ type: 'measure', id })
    })
}

const connections = new Set<Socket>()

/** Connections on which nothing was ever asked: browsers open them ahead, and Node counts them as requests whose head is still to come. */
function closeSilent() {
  for (const socket of connections) if (socket.bytesRead === 0) socket.destroy()
}

/** Takes no new connection, lets running requests end, and ends those that do not within ten seconds. */
async function closeServer(server: Server) {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeIdleConnections()
  const sweep = setInterval(() => server.closeIdleConnections(), 200)
  const silent = setInterval(closeSilent, SILENT_MS)
  const timer = setTimeout(() => server.closeAllConnections(), PATIENCE_MS)
  await closed
  for (const one of [sweep, silent, timer]) clearInterval(one)
}

function listen(server: Server) {
  server.keepAliveTimeout = 65_000 // longer than a proxy's own, so that it never writes into a connection just closed
  server.headersTimeout = 70_000
  server.requestTimeout = 300_000
  server.on('connection', (socket) => {
    connections.add(socket)
    socket.once('close', () => connections.delete(socket))
  })
  return new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port: environment.port, host: environment.host }, () => resolve((server.address() as { port: number }).port))
  })
}

/** One of the processes that serve: pages (unless ROLE=worker) and jobs (unless ROLE=web). Ends when the primary says so, or is gone. */
export async function runWeb() {
  // Ctrl-C reaches every process of the terminal; only the primary decides when this one ends.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
  process.on('unhandledRejection', (reason) =>
    log('error', 'unhandled', { error: reason instanceof Error ? (reason.stack ?? reason.message) : String(reason) }),
  )
  let stopJobs = async () => {}
  let server: Server | undefined
  let stopping: Promise<void> | undefined
  async function stop() {
    await Promise.all([endLive(), server && closeServer(server), stopJobs()])
    await disconnect()
    process.exit(0)
  }
  process.on('message', (message: ToWeb) => message.type === 'stop' && (stopping ??= stop()))
  process.once('disconnect', () => (stopping ??= stop()))
  try {
    const build = environment.role === 'worker' ? undefined : await import('virtual:remix/server-build')
    beginMeasuring()
    server = createServer(webServer(build, snapshotsOfAll()))
    if (environment.role !== 'web') stopJobs = await startJobs()
    const port = await listen(server)
    tell({ type: 'listening', port })
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    tell({ type: 'failed', reason: `A process cannot serve: ${error instanceof Error ? error.message : String(error)}` })
    process.exit(1)
  }
}
