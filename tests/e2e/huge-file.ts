import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file of 100 MB that takes no room on the disk. */
export function hugeFile() {
  const folder = mkdtempSync(join(tmpdir(), 'kapacitet-huge-'))
  const path = join(folder, 'udostoverenie.pdf')
  writeFileSync(path, '%PDF-1.7\n')
  truncateSync(path, 100 * 1024 * 1024)
  return { path, remove: () => rmSync(folder, { recursive: true }) }
}
