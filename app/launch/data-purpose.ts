import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Writes down whether a data folder is the demo's or a real installation's, and throws when it is the other's: known passwords and real people never meet. */
export function claimPurpose(dataDir: string, isDemo: boolean) {
  const file = join(dataDir, 'purpose')
  const wanted = isDemo ? 'demo' : 'production'
  if (!existsSync(file)) writeFileSync(file, `${wanted}\n`)
  const found = readFileSync(file, 'utf8').trim()
  if (found === wanted) return
  throw new Error(
    `${dataDir} holds the data of a ${found === 'demo' ? 'demo (npm run demo)' : 'real installation (npm start)'}. Set DATA_DIR to another folder.`,
  )
}
