import { readFileSync } from 'node:fs'
import pg from 'pg'
import { expect, test } from 'vitest'
import { databaseObstacles } from '~/platform/database-roles.server'
import { migrate, migrationBetween } from '~/platform/migrate.server'

const ownerUrl = process.env.DATABASE_OWNER_URL!
const schema = readFileSync('prisma/schema.prisma', 'utf8')

async function asked<Row extends pg.QueryResultRow>(sql: string, url = ownerUrl) {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

test('a migrated database needs nothing more', async () => expect(await migrate(ownerUrl)).toEqual([]))

test('two starts at once apply each migration once', async () => {
  expect(await Promise.all([migrate(ownerUrl), migrate(ownerUrl)])).toEqual([[], []])
})

test('the database sorts the Bulgarian way, compares without regard to case, and has no obstacle', async () => {
  const client = new pg.Client(ownerUrl)
  await client.connect()
  expect(await databaseObstacles(client)).toEqual([])
  await client.end()
  const rows = await asked<{ name: string }>(
    `select name from (values ('ябълка'), ('Ана'), ('борис'), ('Йордан'), ('Ивана')) v(name) order by name collate "bg-x-icu"`,
  )
  expect(rows.map((row) => row.name)).toEqual(['Ана', 'борис', 'Ивана', 'Йордан', 'ябълка'])
})
