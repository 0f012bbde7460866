import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteLoaderData } from '@remix-run/react'
import cyrillic from '@fontsource-variable/sofia-sans/files/sofia-sans-cyrillic-wght-normal.woff2?url'
import latin from '@fontsource-variable/sofia-sans/files/sofia-sans-latin-wght-normal.woff2?url'
import { randomUUID } from 'node:crypto'
import type { ReactNode } from 'react'
import { DEFAULT_LANGUAGE } from '~/i18n/language'
import { languageOf, themeOf } from '~/i18n/preferences'
import { SpeechProvider } from '~/i18n/use-language'
import { useNonce } from '~/platform/csp'
import { ErrorPage } from '~/ui/error-page'
import { PageProvider } from '~/ui/page-context'
import styles from './tailwind.css?url'

/** Said in the page itself: one request fewer on every first visit. */
const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#0b5d60"/><path d="M10 8v16M23 8l-9 8.5M14 15.5 23 24" fill="none" stroke="#fff" stroke-width="3.2" stroke-linecap="round" stroke-linejoin="round"/></svg>',
)}`

export const links: LinksFunction = () => [
  { rel: 'preload', href: cyrillic, as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' },
  { rel: 'preload', href: latin, as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' },
  { rel: 'stylesheet', href: styles },
  { rel: 'icon', href: ICON, type: 'image/svg+xml' },
  { rel: 'apple-touch-icon', href: '/icons/touch-180.png' },
  { rel: 'manifest', href: '/manifest.webmanifest' },
]

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.language === 'en' ? 'Kapacitet' : 'Капацитет' }]

export function loader({ request }: LoaderFunctionArgs) {
  return { language: languageOf(request), theme: themeOf(request), renderKey: randomUUID() }
}

/** Language and theme change by a document request only; the document's key must outlive every navigation in it. */
export function shouldRevalidate() {
  return false
}

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce()
  const page = useRouteLoaderData<typeof loader>('root')
  const language = page?.language ?? DEFAULT_LANGUAGE
  return (
    <html lang={language} data-theme={page?.theme ?? 'auto'}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#0b5d60" />
        <meta name="format-detection" content="telephone=no" />
        <Meta />
        <Links />
      </head>
      <body>
        <SpeechProvider language={language}>
          <PageProvider theme={page?.theme} renderKey={page?.renderKey}>
            {children}
          </PageProvider>
        </SpeechProvider>
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  )
}

export default function Root() {
  return <Outlet />
}

export function ErrorBoundary() {
  return <ErrorPage />
}
