import { useLocation, useRouteLoaderData } from '@remix-run/react'
import { typedValue, type FormState } from './form-state'
import { unsentAt } from './unsent'

type FrameData = { restored?: { path: string; initialValue: Record<string, unknown> } | null }
type Start = { state: FormState | null; restored: boolean }

const NOTHING: Start = { state: null, restored: false }

/**
 * What a page's form starts from: the refused submission, else what was typed here and never reached the server, else what was typed
 * before the login had expired. `actionData` that is no reply to a form counts as nothing. Where a page has several forms, `belongs` is
 * the value of this one's hidden field `intent`; where one page shows several things by its search, the hidden fields that say which:
 * what was typed about another one is not for this.
 */
export function useFormState(actionData: unknown, belongs: string | { [hidden: string]: string } = {}): Start {
  const frame = useRouteLoaderData<FrameData>('routes/_app') as FrameData | undefined
  const { pathname } = useLocation()
  const wanted = Object.entries(typeof belongs === 'string' ? { intent: belongs } : belongs)
  const isOurs = (state: FormState) => wanted.every(([name, value]) => typedValue(state, name) === value)
  if (actionData && typeof actionData === 'object' && 'initialValue' in actionData) {
    const state = actionData as FormState
    // an answer the browser gave itself brings nothing back: what was typed is still in the form
    const isOwn = state.initialValue === null && typeof belongs !== 'string'
    return isOwn || isOurs(state) ? { state, restored: false } : NOTHING
  }
  const unsent = unsentAt(pathname)
  if (unsent && isOurs(unsent)) return { state: unsent, restored: true }
  if (frame?.restored?.path === pathname) {
    const state = { initialValue: frame.restored.initialValue }
    return isOurs(state) ? { state, restored: true } : NOTHING
  }
  return NOTHING
}
