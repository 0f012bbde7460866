import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { askApart, RefusedApart, type Bounds } from '~/platform/apart/apart.server'

const THREAD = '../../../tests/platform/apart/asked-thread.mjs'
const BOUNDS: Bounds = { heapMib: 64, memoryMib: 200, workSeconds: 1, patienceSeconds: 120 }
const ask = (todo: string, over: Partial<Bounds> = {}) => askApart<{ environment: string[] }>(THREAD, { ...BOUNDS, ...over }, { todo })
function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return '' // it has ended
  }
}

test('answers, knowing nothing of the environment', async () => {
  expect(await ask('answer')).toEqual({ environment: [] })
})

test.each([
  ['work', 'time', {}],
  ['objects', 'memory', { workSeconds: 20 }],
  ['bytes', 'memory', { workSeconds: 20 }],
  ['wait', 'time', { patienceSeconds: 1 }],
  ['refuse', 'a reason of its own', {}],
  ['break', 'broken', {}],
])('told to %s it is refused for: %s', async (todo, reason, over) => {
  const error = await ask(todo, over).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(RefusedApart)
  expect(error).toMatchObject({ reason })
})

test('is no refusal when others end it', async () => {
  const asked = ask('wait').catch((thrown: unknown) => thrown)
  const own = () => readdirSync('/proc').find((pid) => /^\d+$/.test(pid) && commandOf(pid).includes(THREAD))
  await expect.poll(own).toBeDefined()
  process.kill(Number(own()), 'SIGKILL')
  const error = await asked
  expect(error).toBeInstanceOf(Error)
  expect(error).not.toBeInstanceOf(RefusedApart)
})

test.each([0, 10, 300])('ends with the process that asked, also with one killed %i ms after it began', async (pause) => {
  const options = `{ execArgv: [], env: {}, serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] }`
  const asking = `const apart = require('node:child_process').fork('app/platform/apart/process.mjs', ['${THREAD}', '64', '200', '60'], ${options})
    process.stdout.write(String(apart.pid))
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${pause})`
  const { stdout, signal } = spawnSync(process.execPath, ['-e', asking], { encoding: 'utf8' })
  expect([Number(stdout) > 0, signal]).toEqual([true, 'SIGKILL'])
  onTestFinished(() => void (commandOf(stdout).includes(THREAD) && process.kill(Number(stdout), 'SIGKILL')))
  await expect.poll(() => commandOf(stdout)).not.toContain(THREAD)
})
