import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { migrationBetween } from '~/platform/migrate.server'
import { catalogueOf } from '../setup/catalogue'
import { onDatabase } from '../setup/template-database'
import { ALTERED_BY_HAND, WRITTEN_BY_HAND } from './written-by-hand'

const migratedUrl = process.env.DATABASE_OWNER_URL!
const name = `kapacitet_schema_${randomBytes(6).toString('hex')}`
const schemaUrl = onDatabase(inject('adminUrl'), name)
const admin = new pg.Client(inject('adminUrl'))
let migrated: Map<string, string>
let fromSchema: Map<string, string>

beforeAll(async () => {
  await admin.connect()
  await admin.query(`create database ${name} encoding 'UTF8' template template0`)
  const client = new pg.Client(schemaUrl)
  await client.connect()
  await client.query(await migrationBetween(migratedUrl, null, readFileSync('prisma/schema.prisma', 'utf8')))
  await client.end()
  migrated = await catalogueOf(migratedUrl)
  fromSchema = await catalogueOf(schemaUrl)
})
afterAll(async () => {
  await admin.query(`drop database ${name} with (force)`)
  await admin.end()
})

test('all the schema describes is in the migrations', () => {
  expect(fromSchema.size).toBeGreaterThan(100)
  expect([...fromSchema.keys()].filter((key) => !migrated.has(key))).toEqual([])
})

test('what both have is the same, but for what is listed', () => {
  const altered = [...fromSchema]
    .filter(([key, definition]) => migrated.get(key) !== definition)
    .map(([key]) => `${key}: ${migrated.get(key)}`)
  expect(altered.sort()).toEqual([...ALTERED_BY_HAND].sort())
})

test('what the migrations have beyond the schema is listed, each by name', () => {
  const extras = [...migrated.keys()].filter((key) => !fromSchema.has(key))
  expect(extras.sort()).toEqual([...WRITTEN_BY_HAND].sort())
})

test('the comparison notices a column, a default, an index and a trigger', async () => {
  const probe = new pg.Client(schemaUrl)
  await probe.connect()
  const before = await catalogueOf(schemaUrl)
  await probe.query(`alter table "Municipality" add column probe int default 1; create index probe on "Municipality" (probe)`)
  await probe.query(
    `create function probe() returns trigger language plpgsql as 'begin return null; end'; create trigger probe after insert on "Municipality" execute function probe()`,
  )
  const after = await catalogueOf(schemaUrl)
  const added = [...after].filter(([key, definition]) => before.get(key) !== definition)
  await probe.query(`drop trigger probe on "Municipality"; drop function probe; alter table "Municipality" drop column probe`)
  await probe.end()
  expect(added.map(([key]) => key).sort()).toEqual([
    'column Municipality.probe',
    'function probe()',
    'index Municipality.probe',
    'trigger Municipality.probe',
  ])
  expect(after.get('column Municipality.probe')).toBe('integer default 1')
})
