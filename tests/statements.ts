import pg from 'pg'

/** News told to other processes after the commit go when they go: how many of them fall into a count is chance. */
const isNews = (sent: unknown) => typeof sent === 'string' && sent.includes('pg_notify')

/** Runs `run` and returns how many statements went to the database meanwhile. One at a time: what runs beside it is counted too. */
export async function statements(run: () => Promise<unknown>): Promise<number> {
  let count = 0
  const { query } = pg.Client.prototype
  pg.Client.prototype.query = function (this: pg.Client, ...args: never[]) {
    if (!isNews(args[0])) count++
    return (query as (...all: never[]) => never).apply(this, args)
  } as never
  try {
    await run()
  } finally {
    pg.Client.prototype.query = query
  }
  return count
}
