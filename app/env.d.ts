/// <reference types="@remix-run/node" />
/// <reference types="vite/client" />

declare module '@remix-run/server-runtime' {
  interface Future {
    v3_singleFetch: true
  }
  interface AppLoadContext {
    /** The client's address as the server saw it; counted by limits, never kept. */
    clientAddress?: string
  }
}
export {}
