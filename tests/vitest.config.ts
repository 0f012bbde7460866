import tsconfigPaths from 'vite-tsconfig-paths'
import { defineConfig } from 'vitest/config'

/** What comes at all comes within this, on a busy machine too: it tells only what comes late from what never comes. */
const PATIENCE_MS = 90_000

/** Each project clones the one database that `globalSetup` of the whole run has made. */
const project = (name: string, include: string[], exclude: string[], seconds: number, retry = 0) => ({
  plugins: [tsconfigPaths()],
  test: {
    name,
    include,
    exclude,
    root: '.',
    pool: 'forks' as const,
    setupFiles: ['tests/setup/own-database.ts'],
    testTimeout: seconds * 1000,
    retry,
    expect: { poll: { timeout: PATIENCE_MS } },
    hookTimeout: 240_000,
  },
})
const outside = ['tests/e2e/**', 'tests/launch/**', 'tests/interop/**']

/**
 * `integration`: everything on a real PostgreSQL. `browser`: the built app in real processes and a real Chromium; needs a build. A browser
 * on a starved machine may miss a moment, so what failed there is tried once more, and named at the end of the run all the same.
 */
export default defineConfig({
  plugins: [tsconfigPaths()],
  test: {
    root: '.',
    maxWorkers: 2,
    globalSetup: ['tests/setup/template-database.ts'],
    projects: [
      project('integration', ['tests/**/*.test.{ts,tsx}'], outside, 180),
      project('browser', ['tests/{e2e,launch}/**/*.test.ts'], [], 240, 1),
      project('interop', ['tests/interop/**/*.test.ts'], [], 240),
    ],
  },
})
