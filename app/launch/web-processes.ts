import cluster, { type Worker } from 'node:cluster'
import { availableParallelism } from 'node:os'
import type { Environment } from '~/platform/environment.server'
import type { Snapshot } from './metrics'
import { complain } from './words'

/** Requests get ten seconds to finish; a process that needs longer than this to end is ended. */
const PATIENCE_MS = 13_000
const STEADY_MS = 60_000
/**
 * MiB. Without a limit Node lets garbage grow to some 270 MiB a process under load; with it a process stays near 150. Half the
 * space for young objects would save 20 MiB a process and cost a roster some 5 % of its time.
 */
const MEMORY = ['--max-semi-space-size=16', '--max-old-space-size=208']
/** The C library keeps freed memory apart for each thread, up to eight times a core; two such stores are enough for threads that mostly wait. */
const ARENAS = { MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX ?? '2' }

export type FromWeb =
  | { type: 'listening'; port: number }
  | { type: 'failed'; reason: string }
  | { type: 'measure'; id: number }
  | { type: 'measured'; id: number; snapshot: Snapshot }
export type ToWeb = { type: 'stop' } | { type: 'measure'; id: number } | { type: 'measured'; id: number; snapshots: Snapshot[] }

export interface WebProcesses {
  /** The port, once every process serves; rejects when one cannot. */
  listening: Promise<{ port: number }>
  /** Lets running requests and jobs finish, then ends the processes. Returns whether each ended by itself and in order. */
  stop(): Promise<boolean>
  /** Ends them at once. */
  kill(): void
}

/** Both cores serve; more processes than two would cost memory that a municipality's machine does not have. */
const processCount = (role: Environment['role']) => (role === 'worker' ? 1 : Math.min(availableParallelism(), 2))

const workers = () => Object.values(cluster.workers ?? {}).filter((worker): worker is Worker => worker !== undefined)
const tell = (worker: Worker, message: ToWeb) => worker.isConnected() && worker.send(message)

/** Returns whether the process ended by itself and in order, once it has ended; says so where it did not. */
const endOf = (worker: Worker) =>
  new Promise<boolean>((resolve) =>
    worker.once('exit', (code, signal) => {
      if (code !== 0) complain(`A web process did not end in order (${signal ?? `code ${code}`}); what it was at may be unfinished`)
      resolve(code === 0)
    }),
  )

/** Answers one process's question for the figures of all, waiting half a second for the busy ones. */
function relayMeasures() {
  const open = new Map<number, { asker: Worker; askerId: number; snapshots: Snapshot[]; missing: number; close(): void }>()
  let last = 0
  return (worker: Worker, message: FromWeb) => {
    if (message.type === 'measure') {
      const id = ++last
      const finish = () => {
        const round = open.get(id)
        if (round && open.delete(id)) tell(round.asker, { type: 'measured', id: round.askerId, snapshots: round.snapshots })
      }
      const timer = setTimeout(finish, 500)
      open.set(id, {
        asker: worker,
        askerId: message.id,
        snapshots: [],
        missing: workers().length,
        close: () => (clearTimeout(timer), finish()),
      })
      for (const each of workers()) tell(each, { type: 'measure', id })
    }
    if (message.type === 'measured') {
      const round = open.get(message.id)
      round?.snapshots.push(message.snapshot)
      if (round && --round.missing === 0) round.close()
    }
  }
}

/** Forks the processes that serve and starts a new one, ever more slowly, when one dies. */
export function startWebProcesses(entry: string, role: Environment['role'], variables: Record<string, string | undefined>): WebProcesses {
  cluster.setupPrimary({ exec: entry, args: [], execArgv: [...process.execArgv, ...MEMORY] })
  const count = processCount(role)
  const started = new Map<number, number>()
  let stopping = false
  let failures = 0
  let ready = 0
  const start = () => started.set(cluster.fork({ ...variables, ...ARENAS }).id, Date.now())
  const relay = relayMeasures()

  const listening = new Promise<{ port: number }>((resolve, reject) => {
    cluster.on('message', (worker, message: FromWeb) => {
      relay(worker, message)
      if (message.type === 'failed') reject(new Error(message.reason))
      if (message.type === 'listening' && ++ready === count) resolve({ port: message.port })
    })
    cluster.on('exit', (worker, code, signal) => {
      if (stopping) return
      if (ready < count) return reject(new Error(`A process ended while starting (${signal ?? `code ${code}`}).`))
      const age = Date.now() - (started.get(worker.id) ?? 0)
      started.delete(worker.id)
      failures = age > STEADY_MS ? 0 : failures + 1
      const pause = Math.min(100 * 2 ** failures, 30_000)
      complain(`A web process ended (${signal ?? `code ${code}`}); another starts in ${pause} ms`)
      setTimeout(() => !stopping && start(), pause)
    })
  })
  for (let n = 0; n < count; n++) start()

  const kill = () => workers().forEach((worker) => worker.process.kill('SIGKILL'))
  return {
    listening,
    kill,
    async stop() {
      stopping = true
      const ended = Promise.all(workers().map(endOf))
      for (const worker of workers()) tell(worker, { type: 'stop' })
      const timer = setTimeout(kill, PATIENCE_MS)
      const isInOrder = (await ended).every(Boolean)
      clearTimeout(timer)
      return isInOrder
    },
  }
}
