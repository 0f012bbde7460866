import { createContext, useContext } from 'react'
import { errorsOf, fieldId, typedValue, wasRefused, type FormState } from './form-state'

type FormContextValue = { state: FormState | null | undefined; prefix: string; busy: boolean }

export const FormContext = createContext<FormContextValue>({ state: null, prefix: '', busy: false })

/** Whether the form around is being sent. */
export const useFormBusy = (): boolean => useContext(FormContext).busy

/** Returns a field's id, its errors, and what to show in it: what was typed where a submission was refused, else the stored value. */
export function useFieldState(name: string, stored: unknown) {
  const { state, prefix } = useContext(FormContext)
  const refused = wasRefused(state) && Boolean(state?.initialValue)
  const value = refused ? typedValue(state, name) : stored
  return { id: fieldId(name, prefix), errors: errorsOf(state, name), value, refused }
}
