import { createHash } from 'node:crypto'
import { translator } from '~/i18n/dictionary'
import type { Language } from '~/i18n/language'
import { languageOf } from '~/i18n/preferences'
import { refusalWords } from '~/i18n/refusal'

const STYLE =
  ':root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{max-width:34rem;margin:3rem auto;padding:0 1rem}h1{font-size:1.375rem;line-height:1.3}'
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

type PlainPage = {
  status: number
  language: Language
  title: string
  text: string
  /** Where to go instead. */
  link?: { to: string; label: string }
  /** The browser asks again after so many seconds, and other clients are told to. */
  retrySeconds?: number
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** A page of its own for an address that otherwise answers with a file: no script, no other request. */
export function plainPage({ status, language, title, text, link, retrySeconds }: PlainPage): Response {
  const html = `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">${
    retrySeconds ? `<meta http-equiv="refresh" content="${retrySeconds}">` : ''
  }<title>${escaped(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escaped(title)}</h1><p role="status">${escaped(text)}</p>${
    link ? `<p><a href="${escaped(link.to)}">${escaped(link.label)}</a></p>` : ''
  }</main></body></html>`
  return new Response(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'cache-control': 'private, no-store',
      ...(retrySeconds ? { 'retry-after': String(retrySeconds) } : {}),
    },
  })
}

/** What a refusal of `asActor` carries: the status and the sentence for the reader. */
type Refused = { data: { message: string }; init: { status: number } }
const isRefused = (thrown: unknown): thrown is Refused =>
  typeof thrown === 'object' && thrown !== null && typeof (thrown as Partial<Refused>).data?.message === 'string' && 'init' in thrown

/** Runs the action of an address without a page of its own (leaving, switching, choosing); what is refused becomes a plain page that leads home. */
export function refusingPlainly<T>(request: Request, run: () => Promise<T>): Promise<T | Response> {
  const language = languageOf(request)
  const t = translator(refusalWords, language)
  return orPlainPage({ language, title: t('title'), link: { to: '/', label: t('home') } }, run)
}

/** Runs a loader that answers with a file; what `asActor` refuses becomes a plain page with its status and its sentence. */
export async function orPlainPage<T>(page: Pick<PlainPage, 'language' | 'title' | 'link'>, run: () => Promise<T>): Promise<T | Response> {
  try {
    return await run()
  } catch (thrown) {
    if (!isRefused(thrown)) throw thrown
    return plainPage({ ...page, status: thrown.init.status, text: thrown.data.message })
  }
}
