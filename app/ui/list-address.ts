/** Returns `?…` with the given parameters changed (null removes one); any change but of the page itself begins again at page 1. */
export function listAddress(current: URLSearchParams, changes: Record<string, string | number | null>): string {
  const next = new URLSearchParams(current)
  if (!('page' in changes)) next.delete('page')
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') next.delete(name)
    else next.set(name, String(value))
  }
  const text = next.toString()
  return text ? `?${text}` : '?'
}

export type Sort = { key: string; descending: boolean }

/** Reads `sort=name` or `sort=-name`; an unknown column gives `fallback`. */
export function sortOf(params: URLSearchParams, allowed: readonly string[], fallback: Sort): Sort {
  const text = params.get('sort') ?? ''
  const key = text.replace(/^-/, '')
  return allowed.includes(key) ? { key, descending: text.startsWith('-') } : fallback
}

/** Returns the page asked for, from 1 to the last one there is. */
export function pageOf(params: URLSearchParams, total: number, rowsPerPage: number): number {
  const asked = Number(params.get('page') ?? 1)
  const last = Math.max(1, Math.ceil(total / rowsPerPage))
  return Number.isInteger(asked) ? Math.min(Math.max(asked, 1), last) : 1
}

/** Returns the pages a pager shows: first, last, the current one with its neighbours; 0 stands for a gap. */
export function pagesShown(page: number, last: number): number[] {
  const wanted = [1, page - 1, page, page + 1, last].filter(
    (number, index, all) => number >= 1 && number <= last && all.indexOf(number) === index,
  )
  wanted.sort((a, b) => a - b)
  return wanted.flatMap((number, index) => {
    const gap = number - (wanted[index - 1] ?? number - 1)
    return gap === 1 ? [number] : gap === 2 ? [number - 1, number] : [0, number]
  })
}
