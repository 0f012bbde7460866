import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

function* filesOf(path) {
  if (!existsSync(path)) return
  if (!statSync(path).isDirectory()) return yield path
  for (const name of readdirSync(path).sort()) if (name !== 'generated' && name !== 'node_modules') yield* filesOf(join(path, name))
}

/** One hash over the contents of files and folders (missing ones are skipped) and over further words. */
export function fingerprint(paths, ...words) {
  const hash = createHash('sha256')
  for (const path of paths) for (const file of filesOf(path)) hash.update(file).update('\0').update(readFileSync(file)).update('\0')
  return hash.update(words.join('\0')).digest('hex')
}

/** Runs `make` unless the stamp file already holds this fingerprint; writes the stamp when `make` has finished. Returns whether it ran. */
export async function unlessStamped(stamp, print, make) {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === print) return false
  await make()
  writeFileSync(stamp, print)
  return true
}
