import pg from 'pg'
import { APP_ROLE } from '~/platform/database-roles.server'
import { environment } from '~/platform/environment.server'
import { prepareJobs } from '~/platform/jobs.server'
import { migrate } from '~/platform/migrate.server'
import { QUEUES } from '~/queues'
import { DATABASE } from './postgres'

/** The embedded cluster's own database and the app's login, made at the first start; the password is set each time, so the kept one always fits. */
async function prepareCluster(ownerUrl: string, appPassword: string) {
  const owner = new pg.Client(Object.assign(new URL(ownerUrl), { pathname: '/postgres' }).href)
  await owner.connect()
  try {
    const { rows } = await owner.query<{ role: boolean; database: boolean }>(
      'select exists (select from pg_roles where rolname = $1) as role, exists (select from pg_database where datname = $2) as database',
      [APP_ROLE, DATABASE],
    )
    const rights = `login nosuperuser nocreatedb nocreaterole nobypassrls password ${owner.escapeLiteral(appPassword)}`
    await owner.query(`${rows[0]!.role ? 'alter' : 'create'} role ${APP_ROLE} ${rights}`)
    if (!rows[0]!.database) await owner.query(`create database ${DATABASE} encoding 'UTF8' template template0`)
  } finally {
    await owner.end()
  }
}

/**
 * The short-lived process between database and app: creates what the embedded cluster lacks, migrates, and loads the demo, or says the
 * set-up code while the installation waits for its administrator.
 * Ends with 1 and the reason on stderr when that fails, so the start stops there.
 */
export async function runPrepare() {
  try {
    const appPassword = process.env.KAPACITET_APP_PASSWORD
    if (appPassword) await prepareCluster(environment.databaseOwnerUrl, appPassword)
    for (const name of await migrate(environment.databaseOwnerUrl)) process.stdout.write(`Migration ${name} applied\n`)
    await prepareJobs(environment.databaseOwnerUrl, QUEUES)
    if (environment.isDemo) {
      const { seedDemo } = await import('../../prisma/seed/demo')
      await seedDemo()
    } else {
      const { printSetupCode } = await import('~/domain/account/setup-code.server')
      await printSetupCode()
    }
    process.exit(0)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? (environment.logLevel === 'debug' ? error.stack : error.message) : String(error)}\n`)
    process.exit(1)
  }
}
