import pg from 'pg'
import { connectionPool } from './db.server'
import { environment } from './environment.server'
import { log } from './log.server'

/** News of one subject are told to the other processes at most this often. */
const PAUSE_MS = 200
const HEARTBEAT_MS = 15_000
const FIRST_RETRY_MS = 500
const LONGEST_RETRY_MS = 10_000
/** Pieces that wait for a reader that does not read; then it is let go. */
const MOST_WAITING = 64

type Heard = (subject: string | null) => void

const listeners = new Map<string, Set<Heard>>()
let connection: pg.Client | undefined
let retry: NodeJS.Timeout | undefined
let pause = FIRST_RETRY_MS
let ended = false

const heardOn = (channel: string, subject: string | null) => listeners.get(channel)?.forEach((hear) => hear(subject))

/** The one connection of this process that listens; made when the first page wants news and made again when it breaks. */
async function connect(): Promise<void> {
  if (connection || ended) return
  const { databaseUrl, databaseRole } = environment
  const made = new pg.Client({
    connectionString: databaseUrl,
    options: databaseRole ? `-c role=${databaseRole}` : undefined,
    application_name: 'kapacitet-live',
    keepAlive: true,
  })
  connection = made
  const lost = () => {
    if (connection !== made) return
    connection = undefined
    if (ended) return
    retry = setTimeout(() => void connect(), pause)
    retry.unref()
    pause = Math.min(pause * 2, LONGEST_RETRY_MS)
  }
  made.on('error', lost)
  made.on('end', lost)
  made.on('notification', ({ channel, payload = '' }) => heardOn(channel, payload))
  try {
    await made.connect()
    for (const channel of listeners.keys()) await made.query(`listen ${made.escapeIdentifier(channel)}`)
    pause = FIRST_RETRY_MS
    // what was told while nobody listened is not told again
    for (const channel of listeners.keys()) heardOn(channel, null)
  } catch (error) {
    log('warn', 'live', { error: error instanceof Error ? error.message : 'unknown' })
    lost()
    await made.end().catch(() => {})
  }
}

/**
 * Hears of every subject that any process announces on `channel`; null says that news may have been missed. Returns what ends it.
 * News may come late or not at all: whoever listens reads again from time to time.
 */
export function onNews(channel: string, hear: Heard): () => void {
  const known = listeners.get(channel)
  const all = known ?? new Set<Heard>()
  all.add(hear)
  if (!known) {
    listeners.set(channel, all)
    if (connection) connection.query(`listen ${connection.escapeIdentifier(channel)}`).catch(() => {})
  }
  void connect()
  return () => void all.delete(hear)
}

const told = new Map<string, { at: number; timer: NodeJS.Timeout | null }>()

/**
 * Tells every process that `subject` has changed: after the transaction and not in it, where PostgreSQL would let commits that notify
 * pass only one by one. Many changes within a fifth of a second are one piece of news.
 */
export function tellNews(channel: string, subject: string): void {
  const name = `${channel}:${subject}`
  const last = told.get(name)
  if (last?.timer) return
  const wait = Math.max(0, (last?.at ?? 0) + PAUSE_MS - Date.now())
  const timer = setTimeout(() => {
    told.set(name, { at: Date.now(), timer: null })
    if (told.size > 1000) for (const [old, { timer: running }] of told) if (!running) told.delete(old)
    connectionPool()
      .query('select pg_notify($1, $2)', [channel, subject])
      .catch(() => {})
  }, wait)
  timer.unref()
  told.set(name, { at: last?.at ?? 0, timer })
}

/** Sends one event to the browser. */
export type Send = (event: string, value: unknown) => void

const open = new Set<() => void>()

/**
 * An answer that stays open and sends events as they come. `start` is given what sends and what ends the answer, and returns what is to
 * be done at its end: when the browser goes, when the process stops, or when it reads too slowly.
 */
export function eventStream(signal: AbortSignal, start: (send: Send, end: () => void) => () => void): Response {
  // a browser whose answer was ended asks again at once, by a connection still open
  if (ended) return new Response(null, { status: 503, headers: { 'retry-after': '2' } })
  const encoder = new TextEncoder()
  let finish = () => {}
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let done = false
        let stop = () => {}
        const write = (text: string) => {
          if (done) return
          controller.enqueue(encoder.encode(text))
          if ((controller.desiredSize ?? 0) < -MOST_WAITING) finish()
        }
        finish = () => {
          if (done) return
          done = true
          open.delete(finish)
          clearInterval(beating)
          signal.removeEventListener('abort', finish)
          stop()
          try {
            controller.close()
          } catch {
            return // the reader has gone first
          }
        }
        const beating = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS)
        open.add(finish)
        signal.addEventListener('abort', finish)
        write('retry: 2000\n\n')
        stop = start((event, value) => write(`event: ${event}\ndata: ${JSON.stringify(value)}\n\n`), finish)
        if (done) stop()
      },
      cancel: () => finish(),
    },
    { highWaterMark: 1 },
  )
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' },
  })
}

/** Ends every open answer and the listening; for shutdown and the end of a test file. */
export async function endLive(): Promise<void> {
  ended = true
  clearTimeout(retry)
  for (const { timer } of told.values()) if (timer) clearTimeout(timer)
  for (const finish of open) finish()
  const last = connection
  connection = undefined
  await last?.end().catch(() => {})
}
