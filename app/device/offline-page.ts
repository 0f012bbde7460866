import { offlinePageWords } from '~/i18n/offline-page'
import { keptPages } from './kept-pages'
import { ownerOf } from './store'

const STYLE = `:root{color-scheme:light dark}
body{margin:0;padding:1.5rem 1rem;font:1rem/1.5 'Sofia Sans',system-ui,sans-serif;background:light-dark(#faf9f6,#121817);color:light-dark(#1b2426,#e9edec)}
main{max-width:38rem;margin:0 auto}h1{font-size:1.75rem;line-height:1.2}h2{font-size:1.125rem;margin-top:2rem}
a{color:light-dark(#0b5d60,#74cbc5);text-underline-offset:.18em}a:focus-visible{outline:3px solid;outline-offset:2px}
ul{padding:0;list-style:none}li a,p a{display:inline-flex;align-items:center;min-height:2.75rem}`

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** What is shown for an address that was not kept: what happened, and which pages the device has. `notSent` where a form was on its way. */
export async function offlinePage(address: URL, { notSent }: { notSent: boolean }): Promise<Response> {
  const owner = await ownerOf().catch(() => null)
  const language = owner?.language === 'en' ? 'en' : 'bg'
  const t = offlinePageWords[language]
  const pages = await keptPages().catch(() => [])
  const list = pages.map(({ url, title }) => `<li><a href="${escaped(url)}">${escaped(title)}</a></li>`).join('')
  const html = `<!DOCTYPE html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${t.title}</title><style>${STYLE}</style></head><body><main><h1>${t.title}</h1><p>${notSent ? t.notSent : t.notKept}</p>
${notSent ? '' : `<p><a href="${escaped(address.pathname + address.search)}">${t.again}</a></p>`}
${list ? `<h2>${t.kept}</h2><ul>${list}</ul>` : ''}</main></body></html>`
  return new Response(html, {
    status: 503,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    },
  })
}
