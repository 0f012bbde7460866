import { device, ownerOf, type KeptPage } from './store'

const ASSETS = 'assets'
const MOST_PAGES = 30
const ASSET = /\/assets\/[\w.$-]+\.(?:js|css|woff2|svg)/g

/** What a page tells the worker so that it can be opened without a line. */
export type PageToKeep = { url: string; for: string; title: string; language: string; assets: string[] }

/** Forgets all pages; what waits to be sent stays. */
export async function forgetPages(): Promise<void> {
  const db = await device()
  await db.clear('pages')
  await db.clear('owner')
}

/** Says who uses the device; pages kept for somebody else are forgotten. */
export async function ownedBy(owner: string, language: string): Promise<void> {
  const known = await ownerOf()
  if (known && known.for !== owner) await forgetPages()
  await (await device()).put('owner', { for: owner, language }, 'owner')
}

/** Keeps a page as it came: `answer` is its document, `null` to ask for it anew. Forgets all pages when nobody is signed in any more. */
export async function keepPage(page: PageToKeep, answer: Response | null): Promise<void> {
  const response = answer ?? (await fetch(page.url))
  if (response.redirected) return forgetPages()
  if (!response.ok) return dropPage(page.url)
  const html = await response.text()
  if (!html.includes(page.for)) return
  const keptAt = Date.now()
  const assets = [...new Set([...(html.match(ASSET) ?? []), ...page.assets])]
  const cache = await caches.open(ASSETS)
  for (const asset of assets) if (!(await cache.match(asset))) await cache.add(asset)
  const owner = await ownerOf()
  if (owner?.for !== page.for) return
  const db = await device()
  await db.put('pages', {
    ...page,
    assets,
    keptAt,
    html: html.replace('<html ', `<html data-kept="${keptAt}" `),
    policy: response.headers.get('content-security-policy') ?? '',
  })
  await prune(cache)
}

/** Drops the oldest pages beyond the most that are kept, and every asset no kept page needs: those of earlier versions, for one. */
async function prune(cache: Cache) {
  const db = await device()
  const pages = (await db.getAll('pages')).sort((a, b) => b.keptAt - a.keptAt)
  for (const { url } of pages.splice(MOST_PAGES)) await db.delete('pages', url)
  const needed = new Set(pages.flatMap(({ assets }) => assets))
  for (const request of await cache.keys()) if (!needed.has(new URL(request.url).pathname)) await cache.delete(request)
}

export async function dropPage(url: string): Promise<void> {
  await (await device()).delete('pages', url)
}

/** The pages of whoever uses the device now, newest first. */
export async function keptPages(): Promise<KeptPage[]> {
  const owner = await ownerOf()
  if (!owner) return []
  const pages = await (await device()).getAll('pages')
  return pages.filter((page) => page.for === owner.for).sort((a, b) => b.keptAt - a.keptAt)
}

/** The page kept for an address; for an address that names no session, the newest of that path. */
export async function keptPage(address: URL): Promise<Response | null> {
  const pages = await keptPages()
  const found =
    pages.find(({ url }) => url === address.pathname + address.search) ??
    (address.search ? undefined : pages.find(({ url }) => url.split('?')[0] === address.pathname))
  if (!found) return null
  return new Response(found.html, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': found.policy, 'cache-control': 'no-store' },
  })
}

/** A script or style by its lasting name: the kept one, else from the server. */
export const asset = async (request: Request): Promise<Response> =>
  (await (await caches.open(ASSETS)).match(request, { ignoreVary: true })) ?? fetch(request)
