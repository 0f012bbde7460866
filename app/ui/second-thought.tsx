import { useContext } from 'react'
import { Checkbox } from './fields'
import { FormContext, useFieldState } from './form-context'

/**
 * Asks once more, with a tick under `name` and a link to what is there already, in a form that came back because of it; nothing before.
 * The link opens beside the form, so that what was typed stays.
 */
export function SecondThought({ name, label, hint, see }: { name: string; label: string; hint: string; see: string }) {
  const { state } = useContext(FormContext)
  const { errors, value } = useFieldState(name, undefined)
  if (errors.length === 0 && value === undefined) return null
  const path = state?.values?.['path']
  return (
    <div>
      <Checkbox name={name} label={label} hint={hint} />
      {errors.length > 0 && typeof path === 'string' ? (
        <p>
          <a href={path} target="_blank" rel="noopener">
            {see}
          </a>
        </p>
      ) : null}
    </div>
  )
}
