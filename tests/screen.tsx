import type { ComponentType } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { matchRoutes } from 'react-router-dom'
import { createStaticRouter, StaticRouterProvider } from 'react-router-dom/server'
import { SpeechProvider } from '~/i18n/use-language'
import type { Language } from '~/i18n/language'

/** The HTML of a page with what its loader and its action gave, as a browser without JavaScript reads it. */
export function screen(
  Page: ComponentType,
  loaderData: unknown,
  { at = '/', language = 'bg' as Language, actionData = null as unknown } = {},
): string {
  const { pathname, search } = new URL(at, 'http://app.test')
  const location = { pathname, search, hash: '', state: null, key: 'default' }
  const routes = [{ id: 'page', path: '*', Component: Page, loader: () => null }]
  const context = {
    basename: '/',
    location,
    matches: matchRoutes(routes, location)!,
    loaderData: { page: JSON.parse(JSON.stringify(loaderData)) as unknown },
    actionData: actionData ? { page: actionData } : null,
    errors: null,
    statusCode: 200,
    loaderHeaders: {},
    actionHeaders: {},
    activeDeferreds: null,
  }
  return renderToStaticMarkup(
    <SpeechProvider language={language}>
      <StaticRouterProvider router={createStaticRouter(routes, context)} context={context} hydrate={false} />
    </SpeechProvider>,
  )
}

/** The words of a piece of HTML, with one space between what stands apart. */
export const wordsOf = (html: string): string =>
  html
    .replaceAll('<wbr/>', '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&#x27;|&quot;|&amp;/g, (sign) => ({ '&#x27;': "'", '&quot;': '"' })[sign] ?? '&')
    .replaceAll(/ +/g, ' ')
    .trim()
