import { useLocation, useRouteLoaderData } from '@remix-run/react'
import type { FormState } from './form-state'

type FrameData = { restored?: { path: string; initialValue: Record<string, unknown> } | null }

/**
 * What a page's form starts from: the refused submission, else what was typed here before the login had expired. `actionData` that is
 * no reply to a form counts as nothing.
 */
export function useFormState(actionData: unknown): { state: FormState | null; restored: boolean } {
  const frame = useRouteLoaderData<FrameData>('routes/_app') as FrameData | undefined
  const { pathname } = useLocation()
  if (actionData && typeof actionData === 'object' && 'initialValue' in actionData)
    return { state: actionData as FormState, restored: false }
  if (frame?.restored?.path === pathname) return { state: { initialValue: frame.restored.initialValue }, restored: true }
  return { state: null, restored: false }
}
