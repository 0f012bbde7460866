import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as engineBindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'
import { APP_ROLE, databaseObstacles, ensureRoles } from './database-roles.server'
import { migrationNames } from './migration-names.server'

const FILTERS = { externalTables: [], externalEnums: [] }
/** Any number, the same in every process of every version: whoever holds it migrates, the others wait. */
const MIGRATION_LOCK = 7_265_013

/** The bindings keep one instance in a module variable: a second one would break the first, and so would two callers at once. */
let loading: Promise<void> | undefined
let lastUse: Promise<unknown> = Promise.resolve()
async function loadEngine() {
  // The engine reports a panic through this global and fails without a word when it is missing.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => process.stderr.write(`${message}\n`) } })
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm')
  const wasm = await WebAssembly.compile(readFileSync(entry.replace(/schema_engine\.js$/, 'schema_engine_bg.wasm')))
  const instance = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': engineBindings as never })
  engineBindings.__wbg_set_wasm(instance.exports)
  ;(instance.exports as { __wbindgen_start(): void }).__wbindgen_start()
}

/**
 * Sends a migration to PostgreSQL as it is written: one query message, which the server runs as one transaction. The adapter's own
 * way cuts the text at every semicolon, also inside functions, strings and comments, and runs the pieces one by one.
 */
class WholeScripts extends PrismaPg {
  /** Why the last migration failed, in the database's words; the engine keeps only a part of them. */
  failure?: string

  override async connect() {
    const adapter = await super.connect()
    const { onError } = adapter as unknown as { onError(error: unknown): never }
    const executeScript = async (script: string) => {
      try {
        await adapter.underlyingDriver().query(script)
      } catch (error) {
        const { message, position } = error as pg.DatabaseError
        this.failure = `${message}${position ? ` (line ${script.slice(0, Number(position)).split('\n').length})` : ''}`
        onError.call(adapter, error)
      }
    }
    return Object.assign(adapter, { executeScript })
  }
}

/** Prisma's own schema engine, compiled to WebAssembly: same checksums and `_prisma_migrations` table as `prisma migrate deploy`, and nothing to download. */
function withEngine<T>(
  connectionString: string,
  schema: string,
  run: (engine: engineBindings.SchemaEngine, scripts: WholeScripts) => Promise<T>,
): Promise<T> {
  const use = lastUse.then(() => engineRun(connectionString, schema, run))
  lastUse = use.catch(() => {})
  return use
}

async function engineRun<T>(
  connectionString: string,
  schema: string,
  run: (engine: engineBindings.SchemaEngine, scripts: WholeScripts) => Promise<T>,
) {
  await (loading ??= loadEngine())
  const pool = new pg.Pool({ connectionString, max: 1 })
  try {
    const scripts = new WholeScripts(pool)
    const factory = bindMigrationAwareSqlAdapterFactory(scripts)
    return await run(await engineBindings.SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => {}, factory), scripts)
  } finally {
    await pool.end() // the engine itself never lets go of its connection
  }
}

function migrationsList(prismaFolder: string) {
  const baseDir = `${prismaFolder}/migrations`
  const migrationDirectories = migrationNames(prismaFolder).map((path) => ({
    path,
    migrationFile: {
      path: 'migration.sql',
      content: { tag: 'ok' as const, value: readFileSync(`${baseDir}/${path}/migration.sql`, 'utf8') },
    },
  }))
  return {
    baseDir,
    shadowDbInitScript: '',
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    migrationDirectories,
  }
}

/** A migration is one implicit transaction: a failed one left nothing behind, so it is recorded as rolled back and the next start tries it again. */
async function applyPending(engine: engineBindings.SchemaEngine, scripts: WholeScripts, owner: pg.Client, prismaFolder: string) {
  try {
    return (await engine.applyMigrations({ migrationsList: migrationsList(prismaFolder), filters: FILTERS })).appliedMigrationNames
  } catch (error) {
    const unfinished = await owner
      .query<{ name: string }>(
        `update "_prisma_migrations" set rolled_back_at = now() where finished_at is null and rolled_back_at is null returning migration_name as name`,
      )
      .catch(() => ({ rows: [] }))
    const names = unfinished.rows.map((row) => row.name).join(', ')
    throw new Error(names ? `Migration ${names} failed: ${scripts.failure ?? reasonOf(error)}` : reasonOf(error), { cause: error })
  }
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).trim()

/**
 * Checks the database, makes sure the app's role exists and applies the pending migrations of `prismaFolder`, one starter at a time.
 * Returns the names applied. Throws with the migration's name and the database's own error when one fails, or with the reasons why
 * this database cannot be used.
 */
export async function migrate(ownerUrl: string, prismaFolder = 'prisma'): Promise<string[]> {
  const owner = new pg.Client(ownerUrl)
  await owner.connect()
  try {
    const obstacles = await databaseObstacles(owner)
    if (obstacles.length) throw new Error(`This database cannot be used: ${obstacles.join('; ')}.`)
    await owner.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await ensureRoles(owner)
    const schema = readFileSync(`${prismaFolder}/schema.prisma`, 'utf8')
    const applied = await withEngine(ownerUrl, schema, (engine, scripts) => applyPending(engine, scripts, owner, prismaFolder))
    await owner.query(`grant select on "_prisma_migrations" to ${APP_ROLE}`) // `/readyz` asks it
    return applied
  } finally {
    await owner.end() // lets the lock go
  }
}

/** SQL that turns one datamodel into another (`null` = an empty database): how a migration is written without a shadow database. */
export async function migrationBetween(connectionString: string, from: string | null, to: string): Promise<string> {
  const model = (content: string) => ({ tag: 'schemaDatamodel' as const, files: [{ path: 'schema.prisma', content }] })
  return withEngine(connectionString, to, async (engine) => {
    const { stdout } = await engine.diff({
      from: from === null ? { tag: 'empty' } : model(from),
      to: model(to),
      script: true,
      exitCode: null,
      filters: FILTERS,
    })
    return stdout ?? ''
  })
}
