import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { onDatabase } from './template-database'

export interface DatabaseClone {
  /** What the app connects with: the app's own login, or the owner where the app switches role. */
  url: string
  /** Superuser of the throw-away server; for preparing and attacking. */
  ownerUrl: string
  drop(): Promise<void>
}

/** A migrated database of its own, copied from the template. */
export async function cloneDatabase(): Promise<DatabaseClone> {
  const name = `kapacitet_test_${randomBytes(6).toString('hex')}`
  const adminUrl = inject('adminUrl')
  const admin = new pg.Client(adminUrl)
  await admin.connect()
  await admin.query('select pg_advisory_lock(42)') // PostgreSQL copies a template for one client at a time
  await admin.query(`create database ${name} template ${inject('template')}`)
  await admin.query('select pg_advisory_unlock(42)')
  await admin.end()
  return {
    url: onDatabase(inject('appUrl') ?? adminUrl, name),
    ownerUrl: onDatabase(adminUrl, name),
    async drop() {
      const client = new pg.Client(adminUrl)
      await client.connect()
      await client.query(`drop database if exists ${name} with (force)`)
      await client.end()
    },
  }
}
