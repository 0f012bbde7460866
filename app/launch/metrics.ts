import { monitorEventLoopDelay } from 'node:perf_hooks'

/** What one process counts; nothing of who asked for what. */
export interface Snapshot {
  pid: number
  uptimeSeconds: number
  residentBytes: number
  heapBytes: number
  lagP50Seconds: number
  lagP99Seconds: number
  /** Finished requests by class of status, „2xx“ and so on. */
  requests: Record<string, number>
  requestSeconds: number
  running: number
}

const delay = monitorEventLoopDelay({ resolution: 20 })
const counted = { requests: {} as Record<string, number>, requestSeconds: 0, running: 0 }

/** Begins to watch the event loop; once in each process. */
export const beginMeasuring = () => delay.enable()

/** Counts one request from now until `response` is closed, under the class of its status. */
export function countRequest(response: { statusCode: number; once(event: 'close', listener: () => void): unknown }) {
  const begun = performance.now()
  counted.running++
  response.once('close', () => {
    const kind = `${Math.floor(response.statusCode / 100)}xx`
    counted.requests[kind] = (counted.requests[kind] ?? 0) + 1
    counted.requestSeconds += (performance.now() - begun) / 1000
    counted.running--
  })
}

/** The figures of this process since it started; the delay since the last call. */
export function snapshot(): Snapshot {
  const { rss, heapUsed } = process.memoryUsage()
  const lag = { lagP50Seconds: (delay.percentile(50) || 0) / 1e9, lagP99Seconds: (delay.percentile(99) || 0) / 1e9 }
  delay.reset()
  return {
    pid: process.pid,
    uptimeSeconds: process.uptime(),
    residentBytes: rss,
    heapBytes: heapUsed,
    ...lag,
    ...counted,
    requests: { ...counted.requests },
  }
}

type Sample = [labels: string, value: number]
const metric = (name: string, kind: 'gauge' | 'counter', help: string, samples: Sample[]) =>
  [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`, ...samples.map(([labels, value]) => `${name}{${labels}} ${value}`)].join('\n')

/** The Prometheus text of several processes. */
export function prometheusText(snapshots: Snapshot[]): string {
  const of = (value: (s: Snapshot) => number): Sample[] => snapshots.map((s) => [`pid="${s.pid}"`, value(s)])
  const quantiles = snapshots.flatMap((s): Sample[] => [
    [`pid="${s.pid}",quantile="0.5"`, s.lagP50Seconds],
    [`pid="${s.pid}",quantile="0.99"`, s.lagP99Seconds],
  ])
  const byStatus = snapshots.flatMap((s) =>
    Object.entries(s.requests).map(([kind, count]): Sample => [`pid="${s.pid}",status="${kind}"`, count]),
  )
  return `${[
    metric(
      'process_resident_memory_bytes',
      'gauge',
      'Resident memory of the process.',
      of((s) => s.residentBytes),
    ),
    metric(
      'nodejs_heap_size_used_bytes',
      'gauge',
      'Used JavaScript heap.',
      of((s) => s.heapBytes),
    ),
    metric('nodejs_eventloop_lag_seconds', 'gauge', 'Event loop delay since the last reading.', quantiles),
    metric(
      'process_uptime_seconds',
      'gauge',
      'Seconds since the process started.',
      of((s) => s.uptimeSeconds),
    ),
    metric('http_requests_total', 'counter', 'Finished requests by class of status.', byStatus),
    metric(
      'http_request_seconds_total',
      'counter',
      'Seconds spent on finished requests.',
      of((s) => s.requestSeconds),
    ),
    metric(
      'http_requests_running',
      'gauge',
      'Requests being answered now.',
      of((s) => s.running),
    ),
  ].join('\n')}\n`
}
