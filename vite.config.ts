import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { type Plugin, build, defineConfig } from 'vite'
import tsconfigPaths from 'vite-tsconfig-paths'
import remixConfig from './remix.config.js'

/**
 * Makes `app/server.ts` the entry of the server build. Remix's own build becomes a chunk that the entry imports when it serves,
 * so domain and platform modules exist once in memory, shared by pages, jobs and the launcher.
 */
const serverEntry: Plugin = {
  name: 'server-entry',
  enforce: 'post',
  config(config, { command, isSsrBuild }) {
    if (command !== 'build' || !isSsrBuild) return
    config.build!.rollupOptions!.input = { index: 'app/server.ts' }
    config.build!.target = 'node20'
  },
}

const FRAMEWORK = /node_modules\/(react|react-dom|scheduler|@remix-run|react-router|turbo-stream)\//
const SCREENS =
  /node_modules\/(i18next|lucide-react)\/|\/app\/ui\/|\/app\/i18n\/(dictionary|format|language|use-language|common|places|page-title)\.tsx?$/

/** What the roster and the pages around it share, and what keeps it on a device. */
const ROSTER =
  /node_modules\/idb\/|\/app\/(device|routes\/attendance)\/|\/app\/routes\/room\/(room-step|refused-list|scan-note)\.|\/app\/domain\/attendance\/(attendance|decision)\.ts|\/app\/i18n\/(attendance|attendance-file|closing|offline|paper|room)\.ts/

/** A few lasting files, the framework and the parts every screen is built from among them, instead of a request for every small module. */
const clientChunks: Plugin = {
  name: 'client-chunks',
  config: (_, { command, isSsrBuild }) =>
    command !== 'build' || isSsrBuild
      ? undefined
      : {
          build: {
            rollupOptions: {
              output: {
                manualChunks: (id) =>
                  FRAMEWORK.test(id) ? 'framework' : SCREENS.test(id) ? 'screens' : ROSTER.test(id) ? 'roster' : undefined,
              },
            },
          },
        },
}

/** Builds the worker of `app/device` into one file at the root of the site: its place says for which addresses it works. */
const deviceWorker: Plugin = {
  name: 'device-worker',
  apply: (_, { command, isSsrBuild }) => command === 'build' && !isSsrBuild,
  closeBundle: async () => {
    await build({
      configFile: false,
      publicDir: false,
      logLevel: 'warn',
      plugins: [tsconfigPaths()],
      build: {
        outDir: 'build/client',
        emptyOutDir: false,
        rollupOptions: { input: 'app/device/worker.ts', output: { format: 'iife', entryFileNames: 'sw.js' } },
      },
    })
  },
}

export default defineConfig({
  plugins: [tailwindcss(), remix(remixConfig), tsconfigPaths(), clientChunks, serverEntry, deviceWorker],
  build: { assetsInlineLimit: 0, reportCompressedSize: false },
})
