import pg from 'pg'
import { afterAll } from 'vitest'

const APP_ROLE = 'kapacitet_app'
const open: pg.Client[] = []

async function connect(options: pg.ClientConfig) {
  const client = new pg.Client(options)
  open.push(client)
  await client.connect()
  return client
}

/** A connection with the app's rights: its own login, or the owner's under `SET ROLE` where there is none. */
export const asApp = () => {
  const url = process.env.DATABASE_URL!
  const options = new URL(url).username === APP_ROLE ? undefined : `-c role=${APP_ROLE}`
  return connect({ connectionString: url, options })
}

/** A connection of the owner, whom only triggers and constraints stop. */
export const asOwner = () => connect({ connectionString: process.env.DATABASE_OWNER_URL! })

/** Ends the connections of the file; call once at its top. */
export const endConnections = () => afterAll(() => Promise.all(open.splice(0).map((client) => client.end())))

/** Runs statements in a transaction that is always rolled back and returns what `run` does. */
export async function undone<T>(client: pg.Client, run: () => Promise<T>): Promise<T> {
  await client.query('begin')
  try {
    return await run()
  } finally {
    await client.query('rollback')
  }
}

/** Runs `run` in a committed transaction that works in the given municipality. */
export async function within<T>(client: pg.Client, municipalityId: string | null, run: () => Promise<T>): Promise<T> {
  await client.query('begin')
  try {
    if (municipalityId) await client.query(`select set_config('app.municipalities', $1, true)`, [`{${municipalityId}}`])
    const result = await run()
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

export type Refusal = { code: string; constraint: string | undefined; message: string }

/** How the database refused; throws when it did not. */
export async function refusalOf(attempt: Promise<unknown>): Promise<Refusal> {
  try {
    await attempt
  } catch (error) {
    const { code, constraint, message } = error as pg.DatabaseError
    if (code) return { code, constraint, message }
    throw error
  }
  throw new Error('The database did not refuse.')
}

export type Row = Record<string, any>
export const rowsOf = async (client: pg.Client, text: string, values: unknown[] = []): Promise<Row[]> =>
  (await client.query(text, values)).rows
export const valueOf = async (client: pg.Client, text: string, values: unknown[] = []) =>
  Object.values((await rowsOf(client, text, values))[0]!)[0]
