import { translator } from '~/i18n/dictionary'
import { languageOf } from '~/i18n/preferences'
import { tableWords } from '~/i18n/table'
import { safePath, type HandlerArgs } from '../handlers.server'
import { plainPage } from '../plain-page.server'
import { formatAsked, type FileKind, type TableFile } from './file.server'

/** What is asked of a list's file: its format, the language of its words, and the list's own filters. */
export type FileRequest = FileKind & { params: URLSearchParams }

/** Reads it from an address. Throws `invalid` for a format there is not. */
export function fileRequest(request: Request): FileRequest {
  const params = new URL(request.url).searchParams
  return { format: formatAsked(params.get('format')), language: languageOf(request), params }
}

/** What a refusal of a loader carries: the status and the sentence for the reader. */
type Refused = { data: { message: string }; init: { status: number } }
const isRefused = (thrown: unknown): thrown is Refused =>
  typeof thrown === 'object' && thrown !== null && typeof (thrown as Partial<Refused>).data?.message === 'string' && 'init' in thrown

/** The page a file's address belongs to, with its filters. */
function pageOf(request: Request): string {
  const { pathname, searchParams } = new URL(request.url)
  searchParams.delete('format')
  return safePath(`${pathname.replace(/\/export$/, '') || '/'}${searchParams.size > 0 ? `?${searchParams}` : ''}`)
}

/**
 * Answers with the file that `run` makes. The browser keeps it and shows nothing of it in its own frame. A refusal is a page in words
 * with the way back, and whoever is not signed in comes back to the page the file belongs to.
 */
export async function fileAnswer(args: HandlerArgs, run: () => Promise<TableFile>): Promise<Response> {
  const { request } = args
  try {
    const { bytes, contentType, disposition } = await run()
    return new Response(new Uint8Array(bytes), {
      headers: {
        'content-type': contentType,
        'content-disposition': disposition,
        'content-length': String(bytes.length),
        'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
        'cache-control': 'private, no-store',
      },
    })
  } catch (thrown) {
    if (thrown instanceof Response && thrown.headers.get('location')?.startsWith('/login?next='))
      return new Response(null, { status: 302, headers: { location: `/login?next=${encodeURIComponent(pageOf(request))}` } })
    if (!isRefused(thrown)) throw thrown
    const language = languageOf(request)
    const t = translator(tableWords, language)
    const link = { to: pageOf(request), label: t('back') }
    return plainPage({ status: thrown.init.status, language, title: t('refusedTitle'), text: thrown.data.message, link })
  }
}
