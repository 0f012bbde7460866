/** Remix options; vite.config.ts hands them to the Remix Vite plugin. */
export default {
  appDirectory: 'app',
  ignoredRouteFiles: ['**/*.test.*'],
  future: {
    v3_fetcherPersist: true,
    // All routes in one cached file, instead of a request from every page for the routes its links lead to.
    v3_lazyRouteDiscovery: false,
    v3_relativeSplatPath: true,
    v3_singleFetch: true,
    v3_throwAbortReason: true,
  },
}
