/** Loads a TypeScript module of ours without a build, hands it to `use`, and returns what that returns. */
export async function withTypeScript(path, use) {
  const [{ createServer }, { default: tsconfigPaths }] = await Promise.all([import('vite'), import('vite-tsconfig-paths')]) // installed only by now
  const server = await createServer({
    configFile: false,
    logLevel: 'error',
    plugins: [tsconfigPaths()],
    appType: 'custom',
    server: { middlewareMode: true, watch: null, hmr: false, ws: false },
    optimizeDeps: { noDiscovery: true },
  })
  try {
    return await use(await server.ssrLoadModule(path))
  } finally {
    await server.close()
  }
}
