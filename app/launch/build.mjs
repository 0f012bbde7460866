import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { mustRun, runPackage, say } from './command.mjs'
import { fingerprint, unlessStamped } from './fingerprint.mjs'

const SOURCES = [
  'app',
  'public',
  'prisma/schema.prisma',
  'prisma/seed',
  'vite.config.ts',
  'remix.config.js',
  'tsconfig.json',
  'package-lock.json',
]
const COMPRESSIBLE = /\.(js|css|svg|json|webmanifest|txt|ico)$/

/** Assets never change under their name: compressed once here as small as can be, not at every request. */
async function precompress(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => COMPRESSIBLE.test(name))
  for (const name of files) {
    const file = join(folder, name)
    const content = readFileSync(file)
    if (content.length < 1024) continue
    const [br, gz] = await Promise.all([
      promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
      promisify(gzip)(content, { level: 9 }),
    ])
    writeFileSync(`${file}.br`, br)
    writeFileSync(`${file}.gz`, gz)
  }
}

/** Builds pages and server into `build/` unless the sources are those of the last build. Throws `Refusal` with the builder's words. */
export async function build() {
  await unlessStamped(join('build', '.sources'), fingerprint(SOURCES, process.versions.node), async () => {
    say('Building')
    await mustRun(
      'The build',
      runPackage('@remix-run/dev', ['vite:build'], { command: 'remix', show: false, env: { NODE_ENV: 'production' } }),
    )
    await precompress(join('build', 'client'))
  })
}
