import type { InstallationActor } from '~/platform/actor'
import { installationChainFaults } from '~/platform/audit.server'
import { inInstallation, type Tx } from '~/platform/db.server'
import { environment } from '~/platform/environment.server'
import { migrationNames } from '~/platform/migration-names.server'
import { verifyOriginOf } from '../certificate/issue-certificates.server'

export type Verdict = 'good' | 'warn' | 'bad'
export type SystemCheck = {
  /** Key of the sentence in the page's dictionary. */
  what: 'database' | 'collation' | 'migrations' | 'jobs' | 'mail' | 'address' | 'chain'
  verdict: Verdict
  detail: string
  /** Of the queue alone: how many jobs stand in it. */
  jobs?: { waiting: number; failed: number }
}

const LEAST_POSTGRESQL = 150_000

/** The queue lies in its own schema, which the first worker makes; null while there is none. */
async function queuedJobs(tx: Tx) {
  const [made] = await tx.$queryRaw<{ is: boolean }[]>`
    select case when to_regclass('pgboss.job') is null then false else has_table_privilege('pgboss.job', 'select') end as is`
  if (!made?.is) return null
  const [jobs] = await tx.$queryRaw<{ waiting: number; failed: number }[]>`
    select count(*) filter (where state in ('created', 'retry', 'active'))::int as waiting, count(*) filter (where state = 'failed')::int as failed from pgboss.job`
  return jobs!
}

/** Returns what an operator looks at first, each with a verdict. Reads the installation's own rows and the catalogue, no municipality's. */
export function systemCheck(actor: InstallationActor): Promise<SystemCheck[]> {
  return inInstallation(actor, async (tx) => {
    const [database] = await tx.$queryRaw<{ version: string; number: number; encoding: string; icu: string | null }[]>`
      select current_setting('server_version') as version, current_setting('server_version_num')::int as number, current_setting('server_encoding') as encoding,
        (select collversion from pg_collation where collname = 'bg-x-icu' limit 1) as icu`
    const done = await tx.$queryRaw<{ name: string }[]>`
      select migration_name as name from "_prisma_migrations" where finished_at is not null and rolled_back_at is null`
    const applied = new Set(done.map((row) => row.name))
    const missing = migrationNames().filter((name) => !applied.has(name))
    const jobs = await queuedJobs(tx)
    const faults = await installationChainFaults(tx)
    const address = verifyOriginOf(environment)
    const { version, number, encoding, icu } = database!
    return [
      { what: 'database', verdict: number >= LEAST_POSTGRESQL ? 'good' : 'bad', detail: `PostgreSQL ${version}, ${encoding}` },
      { what: 'collation', verdict: icu && encoding === 'UTF8' ? 'good' : 'bad', detail: icu ? `ICU ${icu}, bg-x-icu` : '' },
      { what: 'migrations', verdict: missing.length === 0 ? 'good' : 'bad', detail: missing.join(', ') || String(applied.size) },
      { what: 'jobs', verdict: !jobs || jobs.failed > 0 ? 'warn' : 'good', detail: '', ...(jobs ? { jobs } : {}) },
      { what: 'mail', verdict: environment.smtpUrl ? 'good' : 'warn', detail: '' },
      { what: 'address', verdict: address ? 'good' : 'warn', detail: address ?? '' },
      { what: 'chain', verdict: faults.length === 0 ? 'good' : 'bad', detail: faults.map((one) => `${one.seq}: ${one.fault}`).join(', ') },
    ]
  })
}
