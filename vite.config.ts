import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { type Plugin, defineConfig } from 'vite'
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

export default defineConfig({
  plugins: [tailwindcss(), remix(remixConfig), tsconfigPaths(), serverEntry],
  build: { assetsInlineLimit: 0, reportCompressedSize: false },
})
