import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** What `postmaster.pid` says: process number and, once the server accepts connections, „ready“. Undefined when there is no such file. */
export function postmaster(cluster: string) {
  try {
    const lines = readFileSync(`${cluster}/postmaster.pid`, 'utf8').split('\n')
    return { pid: Number(lines[0]), ready: lines[7]?.trim() === 'ready' }
  } catch {
    return undefined
  }
}

/** A process that has ended and that nobody has asked after (in a container perhaps nobody ever does) still answers signals. */
function isZombie(pid: number) {
  try {
    return /^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

export function isAlive(pid: number) {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' && !isZombie(pid)
  }
}

/** Process numbers are reused after a restart of the machine or container: the number alone does not prove that a server runs. */
function isPostgres(pid: number) {
  if (!isAlive(pid)) return false
  if (process.platform === 'win32') return true
  try {
    const command = existsSync(`/proc/${pid}/cmdline`)
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      : execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' })
    return /postgres/.test(command)
  } catch {
    return false
  }
}

/**
 * Stops a server that outlived its app (fast: open transactions are rolled back, committed ones are kept) and removes the lock files
 * of one that was killed; PostgreSQL itself would take a reused process number, or a zombie, for a running server. Only for whoever
 * holds the claim on the data. Returns whether a server was stopped. Throws when it does not stop within a minute.
 */
export async function stopLeftover(cluster: string, sockets: string) {
  const found = postmaster(cluster)
  const runs = found !== undefined && isPostgres(found.pid)
  if (runs) {
    process.kill(found.pid, 'SIGINT')
    for (let waited = 0; isAlive(found.pid); waited += 50) {
      if (waited >= 60_000) throw new Error(`The PostgreSQL server left from an earlier start (process ${found.pid}) does not stop.`)
      await sleep(50)
    }
  }
  for (const lock of [`${cluster}/postmaster.pid`, `${sockets}/.s.PGSQL.5432.lock`, `${sockets}/.s.PGSQL.5432`])
    rmSync(lock, { force: true })
  return runs
}
