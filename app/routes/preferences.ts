import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { z } from 'zod'
import { isLanguage, isTheme } from '~/i18n/language'
import { keepChoice, ROWS_PER_PAGE } from '~/i18n/preferences'
import { openFormAction } from '~/platform/handlers.server'
import { refusingPlainly } from '~/platform/plain-page.server'

const NAME = /^[\w-]{1,40}$/
const LARGEST_CHOICE = 64 * 1024

/** Keeps a choice of the screen (language, appearance, columns and length of lists) in a cookie and leads back; concerns nobody's data. */
export function action(args: ActionFunctionArgs) {
  return refusingPlainly(args.request, () =>
    openFormAction(args, z.object({}), async (_, __, { form }) => keepChoices(form, new URL(args.request.url)), LARGEST_CHOICE),
  )
}

function keepChoices(form: FormData, url: URL) {
  const headers = new Headers()
  const keep = (name: string, value: string) => headers.append('set-cookie', keepChoice(name, value, url.protocol === 'https:'))
  const [language, theme, list, rows] = ['lang', 'theme', 'list', 'rows'].map((name) => form.get(name))
  if (isLanguage(language)) keep('lang', language)
  if (isTheme(theme)) keep('theme', theme)
  if (ROWS_PER_PAGE.includes(Number(rows))) keep('rows', String(rows))
  if (typeof list === 'string' && NAME.test(list)) {
    const columns = form.getAll('column').filter((column): column is string => typeof column === 'string' && NAME.test(column))
    keep(`columns-${list}`, columns.slice(0, 40).join(',') || '-')
  }
  return redirect(pathWithin(form.get('returnTo'), url), { headers, status: 303 })
}

export function loader() {
  return redirect('/')
}

/** Only a path of this site is led back to: `//elsewhere` and `/\elsewhere` are other sites to a browser. */
function pathWithin(value: unknown, here: URL): string {
  if (typeof value !== 'string' || !value.startsWith('/')) return '/'
  const there = URL.canParse(value, here.origin) ? new URL(value, here.origin) : here
  return there.origin === here.origin ? there.pathname + there.search : '/'
}
