import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { databaseObstacles } from '~/platform/database-roles.server'
import { migrate, migrationBetween } from '~/platform/migrate.server'

const ownerUrl = process.env.DATABASE_OWNER_URL!
const schema = readFileSync('prisma/schema.prisma', 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'kapacitet-migrations-'))
cpSync('prisma', folder, { recursive: true })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const owner = new pg.Client(ownerUrl)
await owner.connect()
afterAll(() => owner.end())

function aMigration(name: string, sql: string) {
  mkdirSync(join(folder, 'migrations', name), { recursive: true })
  writeFileSync(join(folder, 'migrations', name, 'migration.sql'), sql)
}

test('a migrated database needs nothing more', async () => expect(await migrate(ownerUrl)).toEqual([]))

test('several starts at once apply a migration once', async () => {
  aMigration('9001_probe', 'create table probe (n int); insert into probe values (1)')
  const applied = await Promise.all([migrate(ownerUrl, folder), migrate(ownerUrl, folder), migrate(ownerUrl, folder)])
  expect(applied.flat()).toEqual(['9001_probe'])
  expect((await owner.query('select n from probe')).rows).toEqual([{ n: 1 }])
})

test('a start waits for one that is migrating', async () => {
  const other = new pg.Client(ownerUrl)
  await other.connect()
  await other.query('select pg_advisory_lock(7265013)')
  let done = false
  const waiting = migrate(ownerUrl).then(() => (done = true))
  const waits = `select from pg_locks where locktype = 'advisory' and not granted
    and database = (select oid from pg_database where datname = current_database())`
  await expect.poll(async () => (await owner.query(waits)).rowCount).toBe(1)
  expect(done).toBe(false)
  await other.end()
  expect(await waiting).toBe(true)
})

test('semicolons in functions, strings and comments are not the ends of statements', async () => {
  aMigration(
    '9002_semicolons',
    `-- one; two\ncreate function twice(n int) returns int language plpgsql as $$ begin n := n * 2; return n; end $$;\ncomment on function twice(int) is 'a; b'`,
  )
  expect(await migrate(ownerUrl, folder)).toEqual(['9002_semicolons'])
  expect((await owner.query('select twice(21) as n')).rows).toEqual([{ n: 42 }])
})

test('a failing migration is named with the database’s reason, leaves nothing behind, and runs once it is mended', async () => {
  aMigration('9003_wrong', 'create table half (n int);\ninsert into nowhere values (1)')
  await expect(migrate(ownerUrl, folder)).rejects.toThrow('Migration 9003_wrong failed: relation "nowhere" does not exist (line 2)')
  expect((await owner.query(`select to_regclass('half') as half`)).rows).toEqual([{ half: null }])
  aMigration('9003_wrong', 'create table half (n int)')
  expect(await migrate(ownerUrl, folder)).toEqual(['9003_wrong'])
})

test('the app may read which migrations are applied and may not change it', async () => {
  await owner.query('set role kapacitet_app')
  expect((await owner.query('select from "_prisma_migrations"')).rowCount).toBeGreaterThan(0)
  await expect(owner.query('delete from "_prisma_migrations"')).rejects.toThrow('permission denied')
  await owner.query('reset role')
})

test('a new column becomes a migration', async () => {
  const changed = schema.replace(/^model Municipality \{/m, 'model Municipality {\n  probe String?')
  expect(await migrationBetween(ownerUrl, schema, changed)).toContain('ALTER TABLE "Municipality" ADD COLUMN     "probe" TEXT')
  expect(await migrationBetween(ownerUrl, schema, schema)).not.toMatch(/^[^-\s]/m)
})

test('the schema of the last migration is the schema of today: what changed has its migration', () =>
  expect(readFileSync('prisma/migrations/schema.snapshot.prisma', 'utf8')).toBe(schema))

test('the database sorts the Bulgarian way and has no obstacle', async () => {
  expect(await databaseObstacles(owner)).toEqual([])
  const { rows } = await owner.query<{ name: string }>(
    `select name from (values ('ябълка'), ('Ана'), ('борис'), ('Йордан'), ('Ивана')) v(name) order by name collate "bg-x-icu"`,
  )
  expect(rows.map((row) => row.name)).toEqual(['Ана', 'борис', 'Ивана', 'Йордан', 'ябълка'])
})
