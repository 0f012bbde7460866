import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient, type Prisma } from '~/generated/prisma/client'
import type { Actor, InstallationActor } from './actor'
import { violated } from './db-errors.server'
import { environment } from './environment.server'

export type Tx = Prisma.TransactionClient

const CONNECTIONS = 5
const PATIENCE = { maxWait: 15_000, timeout: 60_000 }
const ATTEMPTS = 4

type Kept = { pool: pg.Pool; client: PrismaClient }
const keep = globalThis as { __database?: Kept }

function database(): Kept {
  if (keep.__database) return keep.__database
  const pool = new pg.Pool({
    connectionString: environment.databaseUrl,
    max: CONNECTIONS,
    options: environment.databaseRole ? `-c role=${environment.databaseRole}` : undefined,
    application_name: 'kapacitet',
  })
  // An idle connection that breaks (a restart of the server) is replaced at the next query; unheard, the event would end the process.
  pool.on('error', () => {})
  return (keep.__database = { pool, client: new PrismaClient({ adapter: new PrismaPg(pool, { statementNameGenerator: statementName }) }) })
}

const MOST_NAMES = 400
const names = new Map<string, string>()

/**
 * A statement by this name is parsed and planned once a connection and not once a call: policies and joins make that half of the
 * database's work on a page. Statements whose text varies with their values would fill the memory of each connection, so after the
 * first four hundred texts new ones go unnamed.
 */
function statementName({ sql }: { sql: string }): string {
  const known = names.get(sql)
  if (known !== undefined) return known
  if (names.size >= MOST_NAMES) return ''
  const name = `s${names.size}`
  names.set(sql, name)
  return name
}

/** The pool itself, for what brings its own queries (limits, jobs): it has the app's rights and sees no municipality's rows. */
export const connectionPool = () => database().pool

/** Ids or numbers as PostgreSQL reads an array, to be cast: one text, where every element of a list would be wrapped by itself. */
export const arrayText = (values: readonly string[]): string => `{${values.join(',')}}`

const afterwards = new WeakMap<Tx, (() => void)[]>()

/** Runs `run` once what `tx` did is there for everybody, and never when it is undone. For telling others, not for more of the work. */
export const afterCommit = (tx: Tx, run: () => void) => void afterwards.get(tx)?.push(run)

/** Runs `run` again when PostgreSQL ended it to resolve a deadlock: nothing of it has happened. */
async function transaction<T>(begin: (tx: Tx) => Promise<unknown>, run: (tx: Tx) => Promise<T>, attempt = 1): Promise<T> {
  const waiting: (() => void)[] = []
  try {
    const result = await database().client.$transaction(async (tx) => {
      afterwards.set(tx, waiting)
      await begin(tx)
      return run(tx)
    }, PATIENCE)
    for (const tell of waiting) tell()
    return result
  } catch (error) {
    if (attempt < ATTEMPTS && violated(error, '40P01', '40001')) return transaction(begin, run, attempt + 1)
    throw error
  }
}

/**
 * The only way to a municipality's rows: a transaction in which row-level security shows those of the actor's municipality and
 * nothing else. Everything written in it stands or falls together.
 */
export function inMunicipality<T>(actor: Pick<Actor, 'municipalityId'>, run: (tx: Tx) => Promise<T>): Promise<T> {
  return transaction((tx) => tx.$executeRaw`select set_config('app.municipalities', ${`{${actor.municipalityId}}`}, true)`, run)
}

/** A transaction of the installation's administrator: may create municipalities and append to the installation's own chain. */
export function inInstallation<T>(_actor: InstallationActor, run: (tx: Tx) => Promise<T>): Promise<T> {
  return transaction((tx) => tx.$executeRaw`select set_config('app.installation', 'on', true)`, run)
}

/** For what has no municipality by nature (accounts, login sessions, links, named public look-ups): tenant tables are empty here. */
export function outsideMunicipalities<T>(run: (db: Tx) => Promise<T>): Promise<T> {
  return run(database().client)
}

/** Ends the connections; for shutdown and the end of a test file. */
export async function disconnect() {
  const kept = keep.__database
  if (!kept) return
  keep.__database = undefined
  await kept.client.$disconnect()
  await kept.pool.end()
}
