import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { migrationBetween } from '~/platform/migrate.server'
import { throwAwayPostgres } from './throw-away-postgres'

/** The schema as the last migration left it: what the next one starts from. */
const SNAPSHOT = 'schema.snapshot.prisma'

function nextNumber(folder: string) {
  const numbers = readdirSync(folder).map((name) => Number(/^(\d+)_/.exec(name)?.[1] ?? 0))
  return String(Math.max(0, ...numbers) + 1).padStart(4, '0')
}

/**
 * Writes `migrations/NNNN_name/migration.sql` of `prismaFolder` from what changed in its schema since the last migration.
 * Returns the file's path, or null when nothing changed. The engine wants a server to talk to, though it asks it nothing: a throw-away one.
 */
export async function writeMigration(name: string, prismaFolder = 'prisma'): Promise<string | null> {
  const folder = `${prismaFolder}/migrations`
  mkdirSync(folder, { recursive: true })
  const snapshot = `${folder}/${SNAPSHOT}`
  const before = existsSync(snapshot) ? readFileSync(snapshot, 'utf8') : null
  const after = readFileSync(`${prismaFolder}/schema.prisma`, 'utf8')
  const server = await throwAwayPostgres()
  const sql = await migrationBetween(server.ownerUrl('postgres'), before, after).finally(server.stop)
  if (!/^[^-\s]/m.test(sql)) return null
  const path = `${folder}/${nextNumber(folder)}_${name}`
  mkdirSync(path)
  writeFileSync(`${path}/migration.sql`, sql)
  copyFileSync(`${prismaFolder}/schema.prisma`, snapshot)
  return `${path}/migration.sql`
}
