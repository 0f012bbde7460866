import { useEffect, useMemo } from 'react'
import type { FormState } from './form-state'

type Typed = { path: string; state: FormState }
type Nested = { [step: string]: unknown }

/** The form on its way, and the one that never reached the server: in the page's memory alone. */
let sent: Typed | null = null
let unsent: Typed | null = null

const forget = () => void (sent = null)

/**
 * `remember` what a form holds as it is sent, so that it is not lost with the form should the server not be reached: the page of that
 * address begins with it then. `forget` it once there is an answer. Passwords and chosen files are not remembered.
 */
export function useRemembering() {
  // the form goes also when it was not taken; the error page, drawn before this, has looked by then
  useEffect(() => forget, [])
  return useMemo(
    () => ({
      forget,
      remember(form: HTMLFormElement, submitter: HTMLElement | null) {
        const { pathname } = new URL(form.getAttribute('action') ?? '', location.href)
        sent = { path: pathname, state: { initialValue: typedIn(new FormData(form, submitter)) } }
        unsent = null
      },
    }),
    [],
  )
}

/** To be asked by the page that says the server was not reached; returns whether what was typed at `path` waits there. */
export function keepUnsent(path: string): boolean {
  if (sent?.path === path) unsent = sent
  forget()
  return unsent?.path === path
}

/** What was typed at `path` and never reached the server. */
export const unsentAt = (path: string): FormState | null => (unsent?.path === path ? unsent.state : null)

/** The fields of a form as a refused one sends them back, passwords and files apart: `sessions[0].startsAt` lies in `sessions`, `0`, `startsAt`. */
export function typedIn(form: FormData): Record<string, unknown> {
  const all: Nested = {}
  for (const [name, value] of form) {
    if (typeof value !== 'string' || /password/i.test(name)) continue
    const steps = name.split(/[.[\]]+/).filter(Boolean)
    let at = all
    steps.forEach((step, index) => {
      const next = steps[index + 1]
      if (next !== undefined) at = (at[step] ??= /^\d+$/.test(next) ? [] : {}) as Nested
      else at[step] = step in at ? [at[step], value].flat() : value
    })
  }
  return all
}
