import { writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import { Worker } from 'node:worker_threads'

/**
 * A process of its own that takes one file from a stranger apart. It has no environment, no database and no rights but to read; the work
 * is done by a thread, so that this one always sees how much memory and time it takes. It ends with the process that asked. Given to it:
 * the module of the thread beside this one, what its heap and the whole process may hold in MiB, and the most work for one question in seconds.
 */
const [module, heapMib, memoryMib, workSeconds] = process.argv.slice(2)
const LOOK_MS = 20
const BEHIND_REQUESTS = 5
/** Where memory runs out, the system ends this process before any other. */
const FIRST_TO_END = '1000'

const end = () => process.kill(process.pid, 'SIGKILL')
const refuse = (refused) => process.send({ refused }, end)

setPriority(BEHIND_REQUESTS)
try {
  writeFileSync('/proc/self/oom_score_adj', FIRST_TO_END)
} catch {
  // only Linux has it
}
// of the processor's time: on a busy machine the clock says nothing about the file
let asked = process.cpuUsage()
setInterval(() => {
  // one that ended before this was read left no word of it
  if (!process.connected) end()
  if (process.memoryUsage.rss() > Number(memoryMib) * 1024 * 1024) refuse('memory')
  const { user, system } = process.cpuUsage(asked)
  if (user + system > Number(workSeconds) * 1_000_000) refuse('time')
}, LOOK_MS)

const worker = new Worker(new URL(module, import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: Number(heapMib) } })
worker.on('message', (message) => process.connected && process.send(message))
worker.on('error', (error) => refuse(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'broken'))
process.on('message', (message) => {
  asked = process.cpuUsage()
  worker.postMessage(message)
})
process.on('disconnect', end)
