import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from './postgres'
import { clusterFolders } from './postgres-user'

/** An embedded PostgreSQL in the temporary folder that does without durability, for tests and tools; `stop` removes it with its data. */
export async function throwAwayPostgres() {
  const folder = mkdtempSync(join(tmpdir(), 'kapacitet-test-'))
  const server = await startPostgres({ dataDir: folder, durable: false, connections: 120 })
  const killServer = () => process.kill(server.pid, 'SIGINT') // a run that crashes leaves no server behind
  process.once('exit', killServer)
  return {
    ...server,
    async stop() {
      process.off('exit', killServer)
      await server.stop()
      for (const path of [...clusterFolders(folder), folder]) rmSync(path, { recursive: true, force: true })
    },
  }
}
