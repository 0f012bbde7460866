import { build } from './build.mjs'
import { install } from './install.mjs'
import { withTypeScript } from './load-typescript.mjs'
import { systemTools } from './system-tools.mjs'

/** `npm run bench`: the measured figures; with an argument only those whose name contains it, with --profile also CPU profiles. Returns the exit code. */
export async function bench(args) {
  const profile = args.includes('--profile')
  const only = args.find((arg) => !arg.startsWith('--'))
  await install()
  await systemTools()
  await build()
  return withTypeScript('/tests/bench/bench.ts', async (module) => {
    await module.bench({ only, profile })
    return 0
  })
}
