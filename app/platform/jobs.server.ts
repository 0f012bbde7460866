import pg from 'pg'
import PgBoss from 'pg-boss'
import { APP_ROLE } from './database-roles.server'
import { connectionPool, type Tx } from './db.server'
import { log } from './log.server'

/** A job's `data`: ids and numbers only; names stay in the rows they belong to. */
type JobData = Record<string, string | number>
/** Does one job. Throws when it should be tried again; ends early, with the rest sent anew or left to the sweep, once `signal` is aborted. */
export type JobHandler = (data: JobData, signal: AbortSignal) => Promise<void>

const SCHEMA = 'pgboss'
/**
 * A process that dies in the middle of a job leaves it „active“: after this long, or at the next start, plus at most one round of
 * supervision, another takes it.
 */
const EXPIRE_SECONDS = 30
const SUPERVISE_SECONDS = 15
const STOP_MS = 8000
const QUEUE = { retryLimit: 20, retryDelay: 2, retryBackoff: true, expireInSeconds: EXPIRE_SECONDS, retentionDays: 14 }

/**
 * A queue; after `retries` (20 unless said), each after twice the pause of the one before, its job goes to the queue `givesUpTo`, if any.
 * A job that takes more than `mostSeconds` (30 unless said) counts as lost and is tried again, though it may still be worked on.
 */
export type Queue = { name: string; retries?: number; givesUpTo?: string; mostSeconds?: number }

type Connection = Pick<pg.ClientBase, 'query'>

/** pg-boss sends „begin … commit“ as one text; after an error in it the connection would go back inside a failed transaction. */
async function execute(connection: Connection, text: string, values: unknown[] = []) {
  try {
    return await connection.query(text, values)
  } catch (error) {
    await connection.query('rollback').catch(() => {})
    throw error
  }
}

const pooled: PgBoss.Db = {
  async executeSql(text, values) {
    const client = await connectionPool().connect()
    try {
      return await execute(client, text, values)
    } finally {
      client.release()
    }
  },
}

const withoutMigration = { schema: SCHEMA, migrate: false, schedule: false } as const

/**
 * Creates or migrates the job tables and the queues given, a queue after the one it hands over to, and gives the app's role the rights
 * it needs. What was begun before this start counts as lost. For the owner's role, in the process that prepares a start.
 */
export async function prepareJobs(ownerUrl: string, queues: readonly Queue[]): Promise<void> {
  const owner = new pg.Client(ownerUrl)
  await owner.connect()
  try {
    const db: PgBoss.Db = { executeSql: (text, values) => execute(owner, text, values) }
    const boss = new PgBoss({ schema: SCHEMA, db, migrate: true, supervise: false, schedule: false })
    boss.on('error', (error) => log('error', 'jobs', { error: error.message }))
    await boss.start()
    for (const { name, retries = QUEUE.retryLimit, mostSeconds = EXPIRE_SECONDS, givesUpTo } of queues) {
      const bounds = { retryLimit: retries, expireInSeconds: mostSeconds, ...(givesUpTo ? { deadLetter: givesUpTo } : {}) }
      const options = { name, policy: 'standard', ...QUEUE, ...bounds } as const
      await boss.createQueue(name, options)
      await boss.updateQueue(name, options) // one that was there keeps what it was made with
    }
    await boss.stop({ graceful: false })
    await owner.query(`update ${SCHEMA}.job set started_on = now() - expire_in where state = 'active'`)
    await owner.query(`
      grant usage on schema ${SCHEMA} to ${APP_ROLE};
      grant select, insert, update, delete on all tables in schema ${SCHEMA} to ${APP_ROLE}`)
  } finally {
    await owner.end()
  }
}

let sender: PgBoss | undefined
/** Never started: it only knows how a job is written. */
const sending = () => (sender ??= new PgBoss({ ...withoutMigration, db: pooled, supervise: false }))

/**
 * Puts jobs into a queue as part of the transaction: they are there when it commits, and were never there when it does not. Takes
 * `tx`, not a client, for that reason.
 */
export async function enqueue(tx: Tx, queue: string, jobs: JobData[]): Promise<void> {
  if (jobs.length === 0) return
  let sent = 0
  const db: PgBoss.Db = {
    async executeSql(text, values) {
      sent = await tx.$executeRawUnsafe(text, ...values.map((value) => value ?? null))
      return { rows: [] }
    },
  }
  await sending().insert(
    jobs.map((data) => ({ name: queue, data })),
    { db },
  )
  if (sent !== jobs.length) throw new Error(`The queue ${queue} was not prepared`)
}

const wakers = new Map<string, () => void>()

/** Lets this process look into the queue at once, after the transaction that filled it; others look every second. */
export const wakeWorker = (queue: string) => wakers.get(queue)?.()

/**
 * Works on the queues named by `handlers` in this process, one job of a queue at a time. Returns a function that lets running jobs
 * end and takes no new ones. Throws when the job tables were not prepared.
 */
export async function startWorking(handlers: Record<string, JobHandler>): Promise<() => Promise<void>> {
  const ending = new AbortController()
  const boss = new PgBoss({
    ...withoutMigration,
    db: pooled,
    supervise: true,
    maintenanceIntervalSeconds: SUPERVISE_SECONDS,
    archiveCompletedAfterSeconds: 600,
    deleteAfterHours: 24,
  })
  boss.on('error', (error) => log('warn', 'jobs', { error: error.message }))
  await boss.start()
  for (const [queue, handle] of Object.entries(handlers)) {
    const wake = () => boss.notifyWorker(worker)
    const worker: string = await boss.work<JobData>(queue, { batchSize: 1, pollingIntervalSeconds: 1 }, async (jobs) => {
      for (const job of jobs) await run(queue, handle, job.data, ending.signal)
      wakers.get(queue)?.() // the next one at once: the pause between two looks is for an empty queue
    })
    wakers.set(queue, wake)
  }
  return async () => {
    ending.abort()
    wakers.clear()
    await boss.stop({ graceful: true, timeout: STOP_MS, close: false })
  }
}

async function run(queue: string, handle: JobHandler, data: JobData, signal: AbortSignal) {
  try {
    await handle(data, signal)
  } catch (error) {
    log('error', 'job.failed', { queue, error: error instanceof Error ? error.message : 'unknown' })
    throw error
  }
}
