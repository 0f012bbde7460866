import type { Environment } from '~/platform/environment.server'

const DEMO_PASSWORD = 'kapacitet-demo'
const DEMO_ACCOUNTS = [
  ...['admin', 'coordinator', 'trainer', 'supervisor', 'manager', 'employee'].map((role) => `${role}@elena.example`),
  ...['aksakovo', 'chernoochene', 'haskovo', 'radnevo'].map((municipality) => `coordinator@${municipality}.example`),
]

/** Says on stdout where the app is to be found and, in the demo, who may sign in. */
export function announce(env: Environment, port: number) {
  const address = env.baseUrl?.origin ?? `http://localhost:${port}`
  const lines =
    env.role === 'worker' ? [`Капацитет: фоновите задачи работят; състояние на ${address}/readyz`] : [`Капацитет работи на ${address}`]
  if (env.isDemo) lines.push('', `Демонстрационни профили (парола ${DEMO_PASSWORD}):`, ...DEMO_ACCOUNTS.map((account) => `  ${account}`))
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** Says on stderr what went wrong. */
export const complain = (reason: string) => void process.stderr.write(`${reason}\n`)
