import { readFileSync, rmSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { clusterFolders } from '~/launch/postgres-user'
import { postmaster } from '~/launch/postgres-leftover'
import { socketFolder } from '~/launch/postgres'
import { type RunningApp, startApp } from '../setup/app-server'

/** A data folder of its own for one app with its embedded PostgreSQL. */
export function embeddedApp() {
  const dataDir = mkdtempSync(join(tmpdir(), 'kapacitet-launch-'))
  const running = new Set<RunningApp>()
  return {
    dataDir,
    /** Starts the built app on this folder, without any external database. */
    async start(env: Record<string, string | undefined> = {}) {
      const app = await startApp({ env: { DATABASE_URL: undefined, DATABASE_OWNER_URL: undefined, DATA_DIR: dataDir, ...env } })
      running.add(app)
      return app
    },
    /** Process number of the database server, or undefined when none runs. */
    databasePid: () =>
      clusterFolders(dataDir)
        .map((folder) => postmaster(folder.endsWith('postgres') ? folder : join(folder, 'postgres'))?.pid)
        .find(Boolean),
    /** Asks the embedded database as its owner. */
    async asked<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> {
      const { owner } = JSON.parse(readFileSync(join(dataDir, 'database-access.json'), 'utf8')) as { owner: string }
      const client = new pg.Client({ host: socketFolder(dataDir), user: 'kapacitet_owner', password: owner, database: 'kapacitet' })
      await client.connect()
      try {
        return (await client.query<Row>(sql)).rows
      } finally {
        await client.end()
      }
    },
    async end() {
      for (const app of running) await app.stop()
      for (const folder of [...clusterFolders(dataDir), dataDir]) rmSync(folder, { recursive: true, force: true })
    },
  }
}

const PATIENCE_MS = 150_000

/** Waits until `check` holds; fails with what was awaited when its patience is over. */
export async function eventually(what: string, check: () => boolean | Promise<boolean>) {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    if (await Promise.resolve(check()).catch(() => false)) return
    await sleep(100)
  }
  throw new Error(`Did not happen within ${PATIENCE_MS} ms: ${what}`)
}

/** A connection given to a process just being killed is never answered: a question that takes long is asked anew. */
const ask = (url: string) => fetch(url, { signal: AbortSignal.timeout(15_000) })

const pidsIn = (metrics: string) => [...metrics.matchAll(/^process_uptime_seconds\{pid="(\d+)"\}/gm)].map((match) => Number(match[1]))

/** The metrics of both web processes. An answer is without one that was busy for half a second, and is then asked for anew. */
export async function metricsOfAll(baseUrl: string): Promise<string> {
  let text = ''
  await eventually('both web processes give their figures', async () => {
    text = await ask(`${baseUrl}/metrics`).then((response) => response.text())
    return pidsIn(text).length === 2
  })
  return text
}

/** Process numbers of the web processes, as the metrics name them. */
export const webPids = async (baseUrl: string): Promise<number[]> => pidsIn(await metricsOfAll(baseUrl))

export const isReady = (baseUrl: string) => ask(`${baseUrl}/readyz`).then((response) => response.status === 200)
