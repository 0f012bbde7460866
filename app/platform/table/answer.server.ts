import { translator } from '~/i18n/dictionary'
import { languageOf } from '~/i18n/preferences'
import { tableWords } from '~/i18n/table'
import { safePath, type HandlerArgs } from '../handlers.server'
import { orPlainPage } from '../plain-page.server'
import { turnstile } from '../turnstile'
import { formatAsked, type FileKind, type TableFile } from './file.server'

/** What is asked of a list's file: its format, the language of its words, and the list's own filters. */
export type FileRequest = FileKind & { params: URLSearchParams }

/** Reads it from an address. Throws `invalid` for a format there is not. */
export function fileRequest(request: Request): FileRequest {
  const params = new URL(request.url).searchParams
  return { format: formatAsked(params.get('format')), language: languageOf(request), params }
}

/** An export holds a connection and a file in memory: as many as this leave most connections of the process to everybody else. */
const AT_ONCE = 2
const inTurn = turnstile(AT_ONCE)

/** The page a file's address belongs to, with its filters. */
function pageOf(request: Request): string {
  const { pathname, searchParams } = new URL(request.url)
  searchParams.delete('format')
  return safePath(`${pathname.replace(/\/export$/, '') || '/'}${searchParams.size > 0 ? `?${searchParams}` : ''}`)
}

/**
 * Answers with the file that `run` makes, two at a time in a process. The browser keeps it and shows nothing of it in its own frame. A
 * refusal is a page in words with the way back, and whoever is not signed in comes back to the page the file belongs to.
 */
export function fileAnswer({ request }: HandlerArgs, run: () => Promise<TableFile>): Promise<Response> {
  const language = languageOf(request)
  const t = translator(tableWords, language)
  const link = { to: pageOf(request), label: t('back') }
  return orPlainPage({ language, title: t('refusedTitle'), link }, async () => {
    try {
      return fileResponse(await inTurn(run))
    } catch (thrown) {
      if (!(thrown instanceof Response) || !thrown.headers.get('location')?.startsWith('/login?next=')) throw thrown
      return new Response(null, { status: 302, headers: { location: `/login?next=${encodeURIComponent(pageOf(request))}` } })
    }
  })
}

const fileResponse = ({ bytes, contentType, disposition }: TableFile) =>
  new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': contentType,
      'content-disposition': disposition,
      'content-length': String(bytes.length),
      'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
      'cache-control': 'private, no-store',
    },
  })
