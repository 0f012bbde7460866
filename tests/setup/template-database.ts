import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { throwAwayPostgres } from '~/launch/throw-away-postgres'
import { prepareJobs } from '~/platform/jobs.server'
import { migrate } from '~/platform/migrate.server'
import { QUEUES } from '~/queues'

declare module 'vitest' {
  interface ProvidedContext {
    /** May create databases; where the template lies. */
    adminUrl: string
    /** Login of the app's role, or null when tests connect as the owner and switch role. */
    appUrl: string | null
    template: string
  }
}

export const onDatabase = (url: string, name: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href

async function embeddedServer() {
  const server = await throwAwayPostgres()
  const admin = new pg.Client(server.ownerUrl('postgres'))
  await admin.connect()
  await admin.query(`create role kapacitet_app login nosuperuser nocreatedb nocreaterole nobypassrls password '${server.appPassword}'`)
  await admin.end()
  return { adminUrl: server.ownerUrl('postgres'), appUrl: server.appUrl('postgres'), stop: server.stop }
}

/**
 * One database for the whole run, migrated once by the real migrations; every test file clones the result. TEST_DATABASE_ADMIN_URL
 * names a server to use instead of a throw-away embedded one; there the app's side connects as its owner and switches role.
 */
export async function setup({ provide }: TestProject) {
  const external = process.env.TEST_DATABASE_ADMIN_URL
  const server = external ? { adminUrl: external, appUrl: null, stop: async () => {} } : await embeddedServer()
  const template = `kapacitet_template_${process.pid}`
  const admin = new pg.Client(server.adminUrl)
  async function finish() {
    await admin.query(`drop database if exists ${template} with (force)`)
    await admin.end()
    await server.stop()
  }
  try {
    await admin.connect()
    await admin.query(`create database ${template} encoding 'UTF8' template template0`)
    await migrate(onDatabase(server.adminUrl, template))
    await prepareJobs(onDatabase(server.adminUrl, template), QUEUES)
  } catch (error) {
    await finish().catch(() => server.stop())
    throw error
  }
  provide('adminUrl', server.adminUrl)
  provide('appUrl', server.appUrl)
  provide('template', template)
  return finish
}
