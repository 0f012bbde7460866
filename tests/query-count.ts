import pg from 'pg'

/** How many statements `run` sends to PostgreSQL. Watches the driver, changes nothing. One at a time: what runs beside it is counted too. */
export async function queriesOf(run: () => Promise<unknown>): Promise<number> {
  const original = pg.Client.prototype.query as (...args: unknown[]) => unknown
  let count = 0
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    count += 1
    return original.apply(this, args)
  } as typeof pg.Client.prototype.query
  try {
    await run()
  } finally {
    pg.Client.prototype.query = original as typeof pg.Client.prototype.query
  }
  return count
}
