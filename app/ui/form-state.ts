/** What a refused submission sends back: what was typed, by field name, and the sentences beside each field; `error['']` is the form's own. */
export type FormState = {
  initialValue?: Record<string, unknown> | null
  error?: Record<string, string[] | null> | null
  /** What the refusal speaks of, by the names its sentence uses. */
  values?: Record<string, string | number>
}

/** Returns what was typed into the field `name` (`title`, `sessions[0].startsAt`, `mark.7f…`), undefined where nothing was. */
export function typedValue(state: FormState | null | undefined, name: string): unknown {
  let value: unknown = state?.initialValue
  for (const step of name.split(/[.[\]]+/)) {
    if (step === '') continue
    if (value === null || typeof value !== 'object') return undefined
    value = (value as Record<string, unknown>)[step]
  }
  return value
}

/** Returns the sentences beside the field `name`; the empty name asks for those of the whole form. */
export function errorsOf(state: FormState | null | undefined, name: string): string[] {
  return state?.error?.[name] ?? []
}

/** Whether the submission was refused, so that what was typed counts and not what is stored. */
export function wasRefused(state: FormState | null | undefined): boolean {
  return Boolean(state && (state.initialValue || state.error))
}

/** Returns the id of the control for a field name; `prefix` tells two forms of a page apart. */
export function fieldId(name: string, prefix = ''): string {
  return `${prefix}f-${name.replace(/[^\p{L}\p{N}-]+/gu, '-')}`
}
