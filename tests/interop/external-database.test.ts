import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { startApp } from '../setup/app-server'
import { onDatabase } from '../setup/template-database'

/** A database as a hosting service hands it out: its owner is no superuser. */
const name = `kapacitet_hosted_${randomBytes(4).toString('hex')}`
const admin = new pg.Client(inject('adminUrl'))
const ownerUrl = Object.assign(new URL(onDatabase(inject('adminUrl'), name)), { username: name, password: 'hosted-owner' }).href

beforeAll(async () => {
  await admin.connect()
  await admin.query(`create role ${name} login createrole nosuperuser password 'hosted-owner'`)
  await admin.query(`grant kapacitet_app to ${name}`)
  await admin.query(`create database ${name} owner ${name} encoding 'UTF8' template template0`)
})
afterAll(async () => {
  await admin.query(`drop database ${name} with (force)`)
  await admin.query(`drop role ${name}`)
  await admin.end()
})

test('the server is PostgreSQL 15', async () => {
  const { rows } = await admin.query<{ version: string }>(`select current_setting('server_version') as version`)
  expect(rows[0]!.version).toMatch(/^15\./)
})

test('with one address the app migrates as the owner, then runs as kapacitet_app', async () => {
  const app = await startApp({ env: { DATABASE_URL: ownerUrl, DATABASE_OWNER_URL: undefined } })
  expect((await fetch(`${app.baseUrl}/login`)).status).toBe(200)
  expect(await (await fetch(`${app.baseUrl}/readyz`)).json()).toEqual({ ready: true, database: 'reachable', pendingMigrations: [] })
  const { rows } = await admin.query<{ name: string }>(
    `select distinct usename as name from pg_stat_activity where datname = $1 and application_name like 'kapacitet%'`,
    [name],
  )
  expect(rows).toEqual([{ name }]) // the login is the owner's; its rights are the role's
  expect(await app.stop()).toBe(0)
})

test.each(['web', 'worker'])('ROLE=%s is a process group of its own on the same database', async (role) => {
  const app = await startApp({ env: { DATABASE_URL: ownerUrl, DATABASE_OWNER_URL: undefined, ROLE: role } })
  expect((await fetch(`${app.baseUrl}/readyz`)).status).toBe(200)
  expect((await fetch(`${app.baseUrl}/login`)).status).toBe(role === 'web' ? 200 : 404)
  expect(await app.stop()).toBe(0)
})
