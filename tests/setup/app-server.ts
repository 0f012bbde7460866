import { spawn } from 'node:child_process'
import { createServer } from 'node:net'

export interface RunningApp {
  /** Scheme, host and port, without a slash at the end. */
  baseUrl: string
  /** Connection string of the database's owner, for preparing and attacking. */
  ownerUrl: string
  /** Process number of the primary. */
  pid: number
  /** What the app has printed so far. */
  output(): string
  /** Stops it as an operator would; resolves with its exit code. */
  stop(): Promise<number | null>
}

/** A port nobody listens on at this moment. */
export async function freePort() {
  const server = createServer().listen(0)
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

/**
 * Starts the built app (`build/server`) in real processes on this test file's own database, so that factories in the test and the
 * pages of the app see the same rows. `env` overrides any variable; `KAPACITET_DEMO: '1'` loads the demo. Rejects with all it printed when it does not come up.
 */
export async function startApp({ port, env = {} }: { port?: number; env?: Record<string, string | undefined> } = {}): Promise<RunningApp> {
  const chosen = port ?? (await freePort())
  const baseUrl = `http://localhost:${chosen}`
  const variables: Record<string, string | undefined> = {
    ...process.env,
    NODE_ENV: 'production',
    PORT: String(chosen),
    BASE_URL: baseUrl,
    ...env,
  }
  const child = spawn(process.execPath, ['build/server/index.js'], {
    env: variables as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  await new Promise<void>((resolve, reject) => {
    const fail = () => reject(new Error(`The app did not start:\n${output}`))
    const timer = setTimeout(fail, 120_000)
    void exited.then(fail)
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output += chunk
        if (!/Капацитет(: фоновите задачи работят| работи на)/.test(output)) return
        clearTimeout(timer)
        resolve()
      })
  })
  return {
    baseUrl,
    ownerUrl: process.env.DATABASE_OWNER_URL!,
    pid: child.pid!,
    output: () => output,
    async stop() {
      child.kill('SIGTERM')
      const code = await exited
      process.off('exit', kill)
      return code
    },
  }
}
