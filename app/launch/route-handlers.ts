import { createRequestHandler, type ServerBuild } from '@remix-run/node'
import { matchRoutes } from '@remix-run/router'
import { UUID_FORM } from '~/platform/uuid'

type Handler = ReturnType<typeof createRequestHandler>
type Node = { id: string; path?: string; index?: boolean; caseSensitive?: boolean; children: Node[] }

const ID = new RegExp(UUID_FORM, 'g')

function treeOf(build: ServerBuild, parentId?: string): Node[] {
  return Object.values(build.routes)
    .filter((route) => route?.parentId === parentId)
    .map((route) => ({
      id: route!.id,
      path: route!.path,
      index: route!.index,
      caseSensitive: route!.caseSensitive,
      children: treeOf(build, route!.id),
    }))
}

const only = <T>(all: Record<string, T>, ids: Set<string>) => Object.fromEntries(Object.entries(all).filter(([id]) => ids.has(id)))

/**
 * Answers with Remix, which makes the patterns of all routes anew for every request: a quarter of the work of a light page. An address
 * that differs from another only in ids is therefore matched once and then answered by a handler that knows its own routes alone; the
 * number of such handlers is the number of routes. Every other address is answered by the handler that knows all.
 */
export function routeHandlers(build: ServerBuild, mode: string | undefined): (path: string) => Handler {
  const whole = createRequestHandler(build, mode)
  const tree = treeOf(build)
  const byShape = new Map<string, Handler>()

  function make(path: string): Handler | null {
    const matches = matchRoutes(tree as never, path)
    if (!matches || Object.values(matches.at(-1)!.params).some((value) => !value?.match(ID))) return null
    const ids = new Set(matches.map((match) => (match.route as unknown as Node).id))
    return createRequestHandler(
      { ...build, routes: only(build.routes, ids), assets: { ...build.assets, routes: only(build.assets.routes, ids) } },
      mode,
    )
  }

  return (path) => {
    const shape = path.replace(ID, ':id')
    const known = byShape.get(shape)
    if (known) return known
    const made = path.includes('.data') || path.startsWith('/__') ? null : make(path)
    if (made) byShape.set(shape, made)
    return made ?? whole
  }
}

/**
 * Where `?format=` is answered: a page cannot answer a browser with a file, so each list has the file's own route beside it, `…/export`.
 * Returns that path for a path that has one, else the path itself.
 */
export function fileRoutes(build: ServerBuild): (path: string) => string {
  const tree = treeOf(build)
  return (path) => {
    const there = `${path.replace(/\/+$/, '')}/export`
    const leaf = matchRoutes(tree as never, there)?.at(-1)?.route as unknown as Node | undefined
    return leaf?.path && /(^|\/)export$/.test(leaf.path) ? there : path
  }
}
