import { DEFAULT_LANGUAGE, isLanguage, isTheme, type Language, type Theme } from './language'

const YEAR_SECONDS = 365 * 24 * 3600

function cookie(request: Request, name: string): string | undefined {
  const found = (request.headers.get('cookie') ?? '').split(/;\s*/).find((pair) => pair.startsWith(`${name}=`))
  if (found === undefined) return undefined
  try {
    return decodeURIComponent(found.slice(name.length + 1))
  } catch {
    return undefined
  }
}

/** Returns the language chosen with the switch, or Bulgarian. */
export function languageOf(request: Request): Language {
  const chosen = cookie(request, 'lang')
  return isLanguage(chosen) ? chosen : DEFAULT_LANGUAGE
}

/** Returns the theme chosen with the switch, or `auto`: what the device prefers. */
export function themeOf(request: Request): Theme {
  const chosen = cookie(request, 'theme')
  return isTheme(chosen) ? chosen : 'auto'
}

/** Returns the columns a person chose to see in the list named `list`, or undefined where nothing was chosen. */
export function columnsOf(request: Request, list: string): string[] | undefined {
  return cookie(request, `columns-${list}`)?.split(',').filter(Boolean)
}

/** Returns how many rows a page the person wants in lists, or undefined where nothing was chosen. */
export function rowsPerPageOf(request: Request): number | undefined {
  const rows = Number(cookie(request, 'rows'))
  return ROWS_PER_PAGE.includes(rows) ? rows : undefined
}

export const ROWS_PER_PAGE = [25, 50, 100, 200]

/** Returns a `set-cookie` value that keeps a choice of the screen for a year. */
export function keepChoice(name: string, value: string, secure: boolean): string {
  return `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax; HttpOnly${secure ? '; Secure' : ''}`
}
