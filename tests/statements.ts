import pg from 'pg'

/** Runs `run` and returns how many statements went to the database meanwhile. */
export async function statements(run: () => Promise<unknown>): Promise<number> {
  let count = 0
  const { query } = pg.Client.prototype
  pg.Client.prototype.query = function (this: pg.Client, ...args: never[]) {
    count++
    return (query as (...all: never[]) => never).apply(this, args)
  } as never
  try {
    await run()
  } finally {
    pg.Client.prototype.query = query
  }
  return count
}
