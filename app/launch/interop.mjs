import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Refusal, mustRun, run } from './command.mjs'
import { build } from './build.mjs'
import { install } from './install.mjs'
import { FOR_INTEROP, systemTools } from './system-tools.mjs'
import { Tally } from './tally.mjs'

const BIN = '/usr/lib/postgresql/15/bin'

/** PostgreSQL refuses root; the package's own user runs it then. */
function serverUser() {
  if (process.getuid?.() !== 0) return {}
  const id = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** A cluster of Debian's PostgreSQL 15 of our own, on a Unix socket in a folder of its own. */
async function startPostgres15() {
  const user = serverUser()
  const folder = mkdtempSync(join(tmpdir(), 'kapacitet-pg15-'))
  const data = join(folder, 'data')
  const password = randomBytes(18).toString('base64url')
  mkdirSync(data, { mode: 0o700 })
  writeFileSync(join(folder, 'password'), password, { mode: 0o600 })
  chmodSync(folder, 0o755)
  if (user.uid !== undefined) for (const path of [folder, data, join(folder, 'password')]) chownSync(path, user.uid, user.gid)
  const options = { ...user, cwd: folder, show: false }
  await mustRun(
    'initdb',
    run(
      join(BIN, 'initdb'),
      [
        '-D',
        data,
        '-U',
        'interop',
        `--pwfile=${join(folder, 'password')}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C.UTF-8',
        '--locale-provider=icu',
        '--icu-locale=bg-BG',
      ],
      options,
    ),
  )
  const settings = `-c listen_addresses= -c unix_socket_directories=${folder} -c fsync=off -c max_connections=120`
  await mustRun('pg_ctl start', run(join(BIN, 'pg_ctl'), ['start', '-w', '-D', data, '-l', join(folder, 'log'), '-o', settings], options))
  return {
    url: `postgres://interop:${password}@${encodeURIComponent(folder)}/postgres`,
    async stop() {
      await run(join(BIN, 'pg_ctl'), ['stop', '-w', '-m', 'fast', '-D', data], options)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** `npm run test:interop`: the suite on an external PostgreSQL 15, and the tests with other heavy partners. Returns the exit code. */
export async function interop(files) {
  if (process.platform !== 'linux') throw new Refusal('test:interop needs Debian or Ubuntu, whose PostgreSQL 15 it starts.')
  await install()
  await systemTools(FOR_INTEROP)
  await build()
  const server = await startPostgres15()
  const tally = new Tally()
  try {
    const env = { TEST_DATABASE_ADMIN_URL: server.url }
    await tally.vitest('integration', files, env)
    await tally.vitest('interop', files, env)
  } finally {
    await server.stop()
  }
  return tally.end()
}
