import { dirname, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from './build.mjs'
import { Refusal } from './command.mjs'
import { install } from './install.mjs'

/** Becomes the server itself: a process that only waited for another would cost memory. */
async function serve(variables) {
  await install()
  await build()
  Object.assign(process.env, { NODE_ENV: 'production' }, variables)
  process.argv.length = 2
  await import(pathToFileURL(resolve('build/server/index.js')).href)
}

const COMMANDS = {
  demo: async (args) => {
    const unknown = args.find((arg) => arg !== '--fresh')
    if (unknown) throw new Refusal(`Unknown option ${unknown}; there is --fresh.`)
    await serve({ KAPACITET_DEMO: '1', ...(args.includes('--fresh') ? { KAPACITET_FRESH: '1' } : {}) })
  },
  start: () => serve({}),
  build: async () => {
    await install()
    await build()
  },
  check: async () => (await import('./check.mjs')).check(),
  format: async () => (await import('./check.mjs')).format(),
  test: async (args) => (await import('./test.mjs')).test(args),
  interop: async (args) => (await import('./interop.mjs')).interop(args),
  bench: async (args) => (await import('./bench.mjs')).bench(args),
  lock: async () => console.log(`${(await import('./complete-lock.mjs')).completeLock()} packages added to the lock`),
  migration: async (args) => (await import('./migration.mjs')).migration(args),
}

/** npm ends its shell on SIGTERM and the shell tells nobody: the signal is then sent on from here. */
function followParent() {
  const parent = process.ppid
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 250)
  watch.unref()
}

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '../..'))
followParent()
const [name, ...args] = process.argv.slice(2)
try {
  if (!Object.hasOwn(COMMANDS, name ?? '')) throw new Refusal(`Usage: node app/launch/run.mjs <${Object.keys(COMMANDS).join('|')}>`)
  const code = await COMMANDS[name](args)
  if (typeof code === 'number') process.exit(code)
} catch (error) {
  console.error(error instanceof Refusal ? error.message : error)
  process.exit(1)
}
