import { writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import { Worker } from 'node:worker_threads'

/**
 * A process of its own that takes one file from a stranger apart. It has no environment, no database and no rights but to read; the
 * work is done by a thread, so that this one always sees how much memory it takes. It ends with the process that asked.
 */
const LARGEST_MEMORY_BYTES = 900 * 1024 * 1024
/** For one page, of the processor's time: on a busy machine the clock says nothing about the file. */
const MOST_WORK_MICROSECONDS = 25_000_000
const LOOK_MS = 20
const BEHIND_REQUESTS = 5
/** Where memory runs out, the system ends this process before any other. */
const FIRST_TO_END = '1000'

const end = () => process.kill(process.pid, 'SIGKILL')

setPriority(BEHIND_REQUESTS)
try {
  writeFileSync('/proc/self/oom_score_adj', FIRST_TO_END)
} catch {
  // only Linux has it
}
let asked = process.cpuUsage()
setInterval(() => {
  // who asked may have ended before this listened
  if (!process.connected) end()
  if (process.memoryUsage.rss() > LARGEST_MEMORY_BYTES) process.send({ refused: 'memory' }, end)
  const { user, system } = process.cpuUsage(asked)
  if (user + system > MOST_WORK_MICROSECONDS) process.send({ refused: 'time' }, end)
}, LOOK_MS)

const worker = new Worker(new URL('./reader-thread.mjs', import.meta.url))
worker.on('message', (message) => process.connected && process.send(message))
worker.on('error', () => process.send({ refused: 'broken' }, end))
process.on('message', (message) => {
  asked = process.cpuUsage()
  worker.postMessage(message)
})
process.on('disconnect', end)
