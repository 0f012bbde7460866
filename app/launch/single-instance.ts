import { createHash } from 'node:crypto'
import { realpathSync, rmSync } from 'node:fs'
import { type Server, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** The lock is a listening socket: it ends with its process, however that ends, so nothing stale can keep the next start away. */
function lockAddress(dataDir: string) {
  const folder = realpathSync(dataDir)
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  if (process.platform === 'win32') return `\\\\.\\pipe\\kapacitet-${name}`
  const near = join(folder, 'app.sock')
  return Buffer.byteLength(near) <= 100 ? near : join(tmpdir(), `kapacitet-${name}.sock`)
}

/** What the holder of the lock says: „running“, „stopping“, or nothing when nobody holds it. */
const asked = (address: string) =>
  new Promise<string>((resolve) => {
    let answer = ''
    const socket = connect(address)
    socket.setTimeout(5_000, () => socket.destroy())
    socket.on('data', (data) => (answer += data))
    socket.once('error', () => resolve(''))
    socket.once('close', () => resolve(answer || 'running'))
  })

const listen = (address: string, state: () => string) =>
  new Promise<Server>((resolve, reject) => {
    const server = createServer((socket) => socket.on('error', () => {}).end(state()))
    server.once('error', reject)
    server.listen(address, () => resolve(server))
  })

/**
 * Claims this DATA_DIR for this process, waiting half a minute for one that is about to end. Returns how to let it go, or undefined
 * when another running start holds it. `isStopping` is asked whenever somebody else would like to have it.
 */
export async function claimDataDir(dataDir: string, isStopping: () => boolean): Promise<(() => void) | undefined> {
  const address = lockAddress(dataDir)
  for (let waited = 0; waited < 30_000; waited += 100)
    try {
      const server = await listen(address, () => (isStopping() ? 'stopping' : 'running'))
      server.unref()
      return () => server.close()
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
      const answer = await asked(address)
      if (answer === 'running') return undefined
      if (answer === '') rmSync(address, { force: true })
      else await sleep(100)
    }
  return undefined
}
