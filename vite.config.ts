import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { type Plugin, type Rollup, build, defineConfig } from 'vite'
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
  /node_modules\/idb\/|\/app\/(device|routes\/attendance)\/|\/app\/ui\/(roster|leave-question)|\/app\/routes\/room\/(room-step|refused-list|scan-note)\.|\/app\/domain\/attendance\/(attendance|decision)\.ts|\/app\/i18n\/(attendance|closing|offline|paper|scan-notes)\.ts/
/** The frame of every page and the roster, whose weight on a first visit is measured. */
const ROSTER_PAGE = /\/app\/(root|routes\/_app|routes\/_app\.trainings\.\$trainingId\.attendance)\.tsx$/

/** Four of a roster's 130 kB of script less than what esbuild makes of it. */
const MINIFIER = 'terser'

/** Returns the modules that the roster's page needs, of all those of the browser. */
function neededByRoster({ getModuleIds, getModuleInfo }: Rollup.ManualChunkMeta): ReadonlySet<string> {
  const needed = new Set([...getModuleIds()].filter((id) => ROSTER_PAGE.test(id)))
  // a set also hands out what is added while it is walked
  for (const id of needed) {
    const { importedIds, dynamicallyImportedIds } = getModuleInfo(id)!
    for (const one of [...importedIds, ...dynamicallyImportedIds]) needed.add(one)
  }
  return needed
}

/**
 * A few lasting files instead of a request for every small module: the framework, the parts every screen is built from, the roster,
 * and what lists and forms have beyond them, so that the roster is not opened with what it never shows.
 */
const clientChunks: Plugin = {
  name: 'client-chunks',
  config: (_, { command, isSsrBuild }) => {
    if (command !== 'build' || isSsrBuild) return
    let needed: ReadonlySet<string> | undefined
    const manualChunks = (id: string, graph: Rollup.ManualChunkMeta) => {
      if (FRAMEWORK.test(id)) return 'framework'
      needed ??= neededByRoster(graph)
      if (ROSTER.test(id) && needed.has(id)) return 'roster'
      if (SCREENS.test(id)) return needed.has(id) ? 'screens' : 'lists'
    }
    return { build: { minify: MINIFIER, rollupOptions: { output: { manualChunks } } } }
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
        minify: MINIFIER,
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
