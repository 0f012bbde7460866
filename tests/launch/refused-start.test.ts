import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, inject, test } from 'vitest'
import { migrate } from '~/platform/migrate.server'
import { migrationNames } from '~/platform/migration-names.server'
import { onDatabase } from '../setup/template-database'

const dataDir = mkdtempSync(join(tmpdir(), 'kapacitet-refused-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

function start(env: Record<string, string>) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['build/server/index.js'], {
    env: { ...process.env, NODE_ENV: 'production', DATA_DIR: dataDir, PORT: '0', ...env },
    encoding: 'utf8',
    timeout: 180_000,
  })
  return { status, stdout, stderr }
}

async function onOwnDatabase(options: string, sql: string, run: (url: string) => unknown) {
  const name = `kapacitet_refused_${process.pid}`
  const admin = new pg.Client(inject('adminUrl'))
  await admin.connect()
  await admin.query(`create database ${name} ${options}`)
  const url = onDatabase(inject('adminUrl'), name)
  try {
    const client = new pg.Client(url)
    await client.connect()
    await client.query(sql)
    await client.end()
    await run(url)
  } finally {
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
  }
}

test('every wrong variable is named, and no secret is repeated', () => {
  const { status, stderr } = start({
    PORT: 'many',
    SESSION_SECRET: 'changeme-changeme-changeme-changeme',
    ROLE: 'boss',
    DATABASE_URL: 'mysql://u:hidden@h/d',
  })
  expect(status).toBe(1)
  for (const name of ['PORT', 'SESSION_SECRET', 'ROLE', 'DATABASE_URL']) expect(stderr).toContain(`${name} `)
  expect(stderr).not.toMatch(/changeme|hidden/)
})

test('a failing migration stops the start with its name and the reason, leaves nothing half done, and is tried again', () =>
  onOwnDatabase(
    'template template0',
    `create function full_disk() returns event_trigger language plpgsql as $$ begin raise exception 'no space left'; end $$;
     create event trigger full_disk on ddl_command_start when tag in ('CREATE POLICY') execute function full_disk()`,
    async (url) => {
      const { status, stdout, stderr } = start({ DATABASE_URL: url, DATABASE_OWNER_URL: url })
      expect(status).toBe(1)
      expect(stderr).toMatch(/Migration 0001_\w+ failed/)
      expect(stderr).toContain('no space left')
      expect(stdout).not.toContain('работи на')

      const client = new pg.Client(url)
      await client.connect()
      const { rows } = await client.query<{ table: string }>(`select tablename as table from pg_tables where schemaname = 'public'`)
      expect(rows).toEqual([{ table: '_prisma_migrations' }])
      await client.query('drop event trigger full_disk')
      await client.end()
      expect(await migrate(url)).toEqual(migrationNames())
    },
  ))

test('a database that is not UTF-8 is refused', () =>
  onOwnDatabase(`encoding 'SQL_ASCII' locale 'C' locale_provider 'libc' template template0`, 'select 1', (url) => {
    const { status, stderr } = start({ DATABASE_URL: url, DATABASE_OWNER_URL: url })
    expect(status).toBe(1)
    expect(stderr).toContain('must be encoded in UTF8, it is SQL_ASCII')
  }))

test('a server that cannot be reached stops the start', () => {
  const { status, stderr } = start({ DATABASE_URL: 'postgres://nobody:hidden@127.0.0.1:1/none', DATABASE_OWNER_URL: '' })
  expect(status).toBe(1)
  expect(stderr).toContain('ECONNREFUSED')
  expect(stderr).not.toContain('hidden')
})

test('a port in use is said before anything else happens', async () => {
  const server = createServer().listen(0)
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  const { status, stderr } = start({ PORT: String(port) })
  server.close()
  expect(status).toBe(1)
  expect(stderr).toContain(`Cannot listen on port ${port}`)
})
