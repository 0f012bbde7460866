import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Ends the run with a reason for people and no stack trace. */
export class Refusal extends Error {}

/** The script behind a package's command, run with this Node and not found through PATH. */
function script(packageName, command = packageName) {
  const folder = join('node_modules', packageName)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof bin === 'string' ? bin : bin[command])
}

/** Runs a program. Resolves with its exit code and what it printed; `show` also prints it as it comes. */
export function run(program, args, { show = true, env, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['inherit', 'pipe', 'pipe'], env: { ...process.env, ...env }, ...options })
    let output = ''
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ])
      from.on('data', (chunk) => {
        output += chunk
        if (show) to.write(chunk)
      })
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code: code ?? 1, signal, output }))
  })
}

/** Runs the command of an installed package with this Node. */
export const runPackage = (packageName, args, { command, ...options } = {}) =>
  run(process.execPath, [script(packageName, command), ...args], options)

/** Runs it silently; on failure prints what it said and throws. */
export async function mustRun(what, running) {
  const { code, output } = await running
  if (code !== 0) throw new Refusal(`${what} failed:\n${output}`)
}

/** One line on the terminal, apart from what programs print. */
export const say = (line) => console.log(`▸ ${line}`)
