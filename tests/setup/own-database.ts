import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { cloneDatabase } from './database-clone'

// Runs before the test file is imported, so the Prisma client it builds already points at this file's own database.
const clone = await cloneDatabase()
const dataDir = mkdtempSync(join(tmpdir(), 'kapacitet-test-data-'))
process.env.DATABASE_URL = clone.url
process.env.DATABASE_OWNER_URL = clone.ownerUrl
process.env.DATA_DIR = dataDir
process.env.LOG_LEVEL ??= 'error'
process.env.BASE_URL = 'http://app.test' // Vite leaves its own BASE_URL, a path, in the environment

afterAll(async () => {
  if ('__database' in globalThis) await import('~/platform/db.server').then(({ disconnect }) => disconnect())
  await clone.drop()
  rmSync(dataDir, { recursive: true, force: true })
})
