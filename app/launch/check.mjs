import { install } from './install.mjs'
import { runPackage } from './command.mjs'
import { Tally } from './tally.mjs'

/** Format, lint, types and unused code: each step counts once. */
export async function checkSteps(tally) {
  await tally.step('Format (prettier)', () => runPackage('prettier', ['--check', '--log-level=warn', '.']))
  await tally.step('Lint (oxlint)', () => runPackage('oxlint', ['--deny-warnings']))
  await tally.step('Types (tsc)', () => runPackage('typescript', ['--noEmit'], { command: 'tsc' }))
  await tally.step('Unused code (knip)', () => runPackage('knip', ['--no-progress']))
}

/** `npm run check`. Returns the exit code. */
export async function check() {
  await install()
  const tally = new Tally()
  await checkSteps(tally)
  return tally.end()
}

/** `npm run format`: rewrites what prettier would write otherwise. Returns the exit code. */
export async function format() {
  await install()
  return (await runPackage('prettier', ['--write', '--log-level=warn', '.'])).code
}
