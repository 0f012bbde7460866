import { WHO, type Who, type World } from './world'

/**
 * What one gets. `login`: sent to sign in. `system`: the installation's administrator is sent to his page. `home`: sent home.
 * `sees`: the page with the marker in it. `blank`: the page without it. `done`: the change is made, with one audit event.
 * `same`: an answer, and nothing changed. A number: refused with this status, and nothing changed.
 */
export type Outcome = 'login' | 'system' | 'home' | 'sees' | 'blank' | 'done' | 'same' | 401 | 403 | 404 | 409 | 422

type Text = string | ((world: World) => string)
export type Row = {
  route: string
  method: 'loader' | 'action'
  /** Tells rows of one route and method apart. */
  about: string
  path: (world: World) => string
  params: (world: World) => Record<string, string>
  form: ((world: World) => Record<string, string | string[] | Blob>) | null
  /** What only those who `see` find in the answer. */
  marker: (world: World) => string
  /** What a person may not find in an answer that is his to see. */
  conceals: Partial<Record<Who, (world: World) => string[]>>
  /** Open to everybody: the names in it are no secret. */
  isPublic: boolean
  /** How many audit events a change leaves: one a command. */
  events: number
  outcomes: Record<Who, Outcome>
}

type Details = {
  about?: string
  path: Text
  params?: (world: World) => Record<string, string>
  form?: Row['form']
  marker?: Text
  conceals?: Row['conceals']
  isPublic?: boolean
  events?: number
}

const read = (text: Text | undefined) => (typeof text === 'function' ? text : () => text ?? '')

/** `outcomes` are ten words: nobody, foreign, employee, trainer, other trainer, supervisor, manager, coordinator, admin, installation. */
function row(method: Row['method'], route: string, outcomes: string, details: Details): Row {
  const words = outcomes.trim().split(/\s+/)
  if (words.length !== WHO.length) throw new Error(`${route} ${method}: ${words.length} outcomes`)
  return {
    route,
    method,
    about: details.about ?? '',
    path: read(details.path),
    params: details.params ?? (() => ({})),
    form: details.form ?? (method === 'action' ? () => ({}) : null),
    marker: read(details.marker),
    conceals: details.conceals ?? {},
    isPublic: details.isPublic ?? false,
    events: details.events ?? 1,
    outcomes: Object.fromEntries(WHO.map((who, i) => [who, /^\d+$/.test(words[i]!) ? Number(words[i]) : words[i]])) as Row['outcomes'],
  }
}

export const loads = (route: string, outcomes: string, details: Details) => row('loader', route, outcomes, details)
export const acts = (route: string, outcomes: string, details: Details) => row('action', route, outcomes, details)
