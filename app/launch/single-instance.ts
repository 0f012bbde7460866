import { createHash } from 'node:crypto'
import { realpathSync, rmSync } from 'node:fs'
import { type Server, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The lock is a listening socket: it ends with its process, however that ends, so nothing stale can keep the next start away. */
function lockAddress(dataDir: string) {
  const folder = realpathSync(dataDir)
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  if (process.platform === 'win32') return `\\\\.\\pipe\\kapacitet-${name}`
  const near = join(folder, 'app.sock')
  return Buffer.byteLength(near) <= 100 ? near : join(tmpdir(), `kapacitet-${name}.sock`)
}

const answers = (address: string) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(address)
    socket.once('connect', () => (socket.destroy(), resolve(true)))
    socket.once('error', () => resolve(false))
  })

const listen = (address: string) =>
  new Promise<Server>((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', reject)
    server.listen(address, () => resolve(server))
  })

/** Claims this DATA_DIR for this process. Returns how to let it go, or undefined when another running start holds it. */
export async function claimDataDir(dataDir: string): Promise<(() => void) | undefined> {
  const address = lockAddress(dataDir)
  for (let attempt = 0; attempt < 2; attempt++)
    try {
      const server = await listen(address)
      server.unref()
      return () => server.close()
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
      if (await answers(address)) return undefined
      rmSync(address, { force: true })
    }
  return undefined
}
