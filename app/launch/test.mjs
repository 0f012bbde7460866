import { build } from './build.mjs'
import { checkSteps } from './check.mjs'
import { install } from './install.mjs'
import { systemTools } from './system-tools.mjs'
import { Tally } from './tally.mjs'

/** `npm test`: everything, or with file names as arguments only the tests in those. Returns the exit code. */
export async function test(files) {
  await install()
  await systemTools()
  const tally = new Tally()
  if (files.length === 0) await checkSteps(tally)
  await tally.vitest('integration', files)
  await tally.step('Build', async () =>
    build().then(
      () => ({ code: 0 }),
      (error) => (console.error(error.message), { code: 1 }),
    ),
  )
  await tally.vitest('browser', files)
  return tally.end()
}
