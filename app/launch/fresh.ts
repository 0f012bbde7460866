import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { socketFolder } from './postgres'
import { stopLeftover } from './postgres-leftover'
import { clusterFolders } from './postgres-user'

/** Removes what a demo has left in its folder, its database first stopped. Throws on a folder that is not a demo's. */
export async function removeDemoData(dataDir: string) {
  const purpose = join(dataDir, 'purpose')
  const isDemos = existsSync(purpose) && readFileSync(purpose, 'utf8').trim() === 'demo'
  const folders = clusterFolders(dataDir).filter((folder) => existsSync(folder))
  if (!isDemos && folders.length) throw new Error(`${dataDir} does not hold a demo's data; nothing was removed.`)
  for (const folder of folders) {
    await stopLeftover(folder.endsWith('postgres') ? folder : join(folder, 'postgres'), socketFolder(dataDir))
    rmSync(folder, { recursive: true, force: true })
  }
  for (const name of ['database-access.json', 'session-secret', 'postgres.log', 'postgres.log.1', 'run'])
    rmSync(join(dataDir, name), { recursive: true, force: true })
}
