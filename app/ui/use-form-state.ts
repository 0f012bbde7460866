import { useLocation, useRouteLoaderData } from '@remix-run/react'
import { typedValue, type FormState } from './form-state'

type FrameData = { restored?: { path: string; initialValue: Record<string, unknown> } | null }
type Start = { state: FormState | null; restored: boolean }

const NOTHING: Start = { state: null, restored: false }

/**
 * What a page's form starts from: the refused submission, else what was typed here before the login had expired. `actionData` that is
 * no reply to a form counts as nothing. Where a page has several forms, `intent` is the value of this one's hidden field `intent`.
 */
export function useFormState(actionData: unknown, intent?: string): Start {
  const frame = useRouteLoaderData<FrameData>('routes/_app') as FrameData | undefined
  const { pathname } = useLocation()
  const isOurs = (state: FormState) => intent === undefined || typedValue(state, 'intent') === intent
  if (actionData && typeof actionData === 'object' && 'initialValue' in actionData) {
    const state = actionData as FormState
    return isOurs(state) ? { state, restored: false } : NOTHING
  }
  if (frame?.restored?.path === pathname) {
    const state = { initialValue: frame.restored.initialValue }
    return isOurs(state) ? { state, restored: true } : NOTHING
  }
  return NOTHING
}
