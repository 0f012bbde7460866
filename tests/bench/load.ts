import { Pool } from 'undici'

export type Figure = {
  name: string
  p50: number
  p95: number
  perSecond: number
  bytes: number
  cpu: number[]
  goal?: string
  met?: boolean
}
type Call = { path: string; method?: 'GET' | 'POST'; body?: string; cookie?: string; status: number; accept?: string }

/** So many that every process has met the page often enough for its code to be compiled: what is measured is a server that runs. */
const WARM_UP = 400
/** Fewer for what writes: every save leaves its claims behind, and a roster is not saved fifty times before the day begins. */
const WARM_UP_WRITING = 80

export const quantile = (sorted: number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN

async function send(pool: Pool, { path, method = 'GET', body, cookie, status, accept = 'gzip' }: Call): Promise<number> {
  const answer = await pool.request({
    path,
    method,
    body,
    headers: {
      'accept-encoding': accept,
      ...(cookie ? { cookie } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }),
    },
  })
  const { byteLength } = await answer.body.arrayBuffer()
  if (answer.statusCode !== status) throw new Error(`${method} ${path} answered ${answer.statusCode} instead of ${status}`)
  return byteLength
}

/**
 * After a warm-up of all clients at once, times `count` calls one after the other (milliseconds, p50 and p95), then calls from `clients`
 * at once for `seconds` (requests a second). `cpu` reads processor times, which come back as milliseconds a request. `make(i)` gives the
 * i-th call; every answer must have its status, or the run fails.
 */
export async function measure(
  baseUrl: string,
  name: string,
  make: (i: number) => Call,
  { count = 200, clients = 8, seconds = 4, cpu = () => [] as number[] } = {},
): Promise<Figure> {
  const pool = new Pool(baseUrl, { connections: clients, pipelining: 1 })
  let i = 0
  let bytes = 0
  const warmUp = make(0).method === 'POST' ? WARM_UP_WRITING : WARM_UP
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (i < warmUp) bytes = await send(pool, make(i++))
    }),
  )
  const times: number[] = []
  for (let n = 0; n < count; n++) {
    const call = make(i++)
    const start = performance.now()
    await send(pool, call)
    times.push(performance.now() - start)
  }
  times.sort((a, b) => a - b)
  const before = cpu()
  const start = performance.now()
  let done = 0
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() - start < seconds * 1000) {
        await send(pool, make(i++))
        done++
      }
    }),
  )
  const perSecond = done / ((performance.now() - start) / 1000)
  await pool.close()
  const used = cpu().map((time, side) => (time - before[side]!) / done)
  return { name, cpu: used, p50: quantile(times, 0.5), p95: quantile(times, 0.95), perSecond, bytes }
}
