import CircleAlert from 'lucide-react/icons/circle-alert'
import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react'
import { useT } from '~/i18n/use-language'
import { useFieldState } from './form-context'
import { Icon } from './icon'
import { uiWords } from './words'

type Frame = { name: string; label: ReactNode; hint?: ReactNode; optional?: boolean }
type Stored = string | number | null | undefined
type Input = Omit<InputHTMLAttributes<HTMLInputElement>, 'name' | 'style' | 'id' | 'defaultValue' | 'className'>

const describe = (id: string, hint: ReactNode, errors: string[]) =>
  [hint ? `${id}-hint` : '', errors.length ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined

/** Puts a calendar day, an instant's local text or a number into the form a native input takes. */
const asText = (value: unknown): string => (value === null || value === undefined ? '' : String(value))

function Hint({ id, hint }: { id: string; hint: ReactNode }) {
  return hint ? (
    <p id={`${id}-hint`} className="field-hint">
      {hint}
    </p>
  ) : null
}

function Errors({ id, errors }: { id: string; errors: string[] }) {
  return errors.length ? (
    <p id={`${id}-error`} className="field-error">
      <Icon of={CircleAlert} />
      {errors.join('\n')}
    </p>
  ) : null
}

function Optional({ show }: { show?: boolean }) {
  const t = useT(uiWords)
  return show ? <span className="field-optional"> {t('optional')}</span> : null
}

function Field({
  id,
  label,
  hint,
  errors,
  optional,
  className,
  children,
}: Omit<Frame, 'name'> & { id: string; errors: string[]; className?: string; children: ReactNode }) {
  return (
    <div className={`field${errors.length ? ' field-bad' : ''}${className ? ` ${className}` : ''}`}>
      <label htmlFor={id}>
        {label}
        <Optional show={optional} />
      </label>
      <Hint id={id} hint={hint} />
      <Errors id={id} errors={errors} />
      {children}
    </div>
  )
}

function InputField({
  name,
  label,
  hint,
  optional,
  defaultValue,
  look = '',
  className,
  ...input
}: Frame & Input & { defaultValue?: Stored; look?: string; className?: string }) {
  const { id, errors, value } = useFieldState(name, defaultValue)
  return (
    <Field id={id} label={label} hint={hint} errors={errors} optional={optional} className={className}>
      <input
        {...input}
        id={id}
        name={name}
        defaultValue={input.type === 'password' ? undefined : asText(value)}
        className={`control${look}`}
        aria-invalid={errors.length > 0 || undefined}
        aria-describedby={describe(id, hint, errors)}
      />
    </Field>
  )
}

type TextProps = Frame & Input & { defaultValue?: Stored }

/** One line of text; also `type="email"`, `"password"`, `"url"`, `"tel"`. */
export const TextField = (props: TextProps) => <InputField type="text" {...props} />
/** A number; `min`, `max` and `step` come from the server's rule. */
export const NumberField = (props: TextProps) => (
  <InputField type="number" inputMode="decimal" step="any" {...props} look=" control-number" />
)
/** A calendar day as `2024-03-14`. */
export const DateField = (props: TextProps) => <InputField type="date" {...props} look=" control-short" />
/** A wall-clock time as `09:30`. */
export const TimeField = (props: TextProps) => <InputField type="time" {...props} look=" control-number" />
/** What a list is searched by. */
export const SearchField = (props: TextProps) => (
  <InputField type="search" enterKeyHint="search" autoComplete="off" {...props} className="field-search" />
)

type AreaProps = Frame &
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'name' | 'style' | 'id' | 'className' | 'defaultValue'> & { defaultValue?: Stored }

export function TextArea({ name, label, hint, optional, defaultValue, rows = 4, ...area }: AreaProps) {
  const { id, errors, value } = useFieldState(name, defaultValue)
  return (
    <Field id={id} label={label} hint={hint} errors={errors} optional={optional}>
      <textarea
        {...area}
        id={id}
        name={name}
        rows={rows}
        defaultValue={asText(value)}
        className="control"
        aria-invalid={errors.length > 0 || undefined}
        aria-describedby={describe(id, hint, errors)}
      />
    </Field>
  )
}

export type Option = { value: string; label: string; hint?: ReactNode; disabled?: boolean }
type SelectProps = Frame &
  Omit<SelectHTMLAttributes<HTMLSelectElement>, 'name' | 'style' | 'id' | 'className' | 'defaultValue'> & {
    options: Option[]
    /** The first, empty choice; `true` says „Изберете“. Left out, the first option is chosen. */
    empty?: string | true
    defaultValue?: Stored
  }

export function SelectField({ name, label, hint, optional, defaultValue, options, empty, ...select }: SelectProps) {
  const t = useT(uiWords)
  const { id, errors, value } = useFieldState(name, defaultValue)
  return (
    <Field id={id} label={label} hint={hint} errors={errors} optional={optional}>
      <select
        {...select}
        id={id}
        name={name}
        defaultValue={asText(value)}
        className="control"
        aria-invalid={errors.length > 0 || undefined}
        aria-describedby={describe(id, hint, errors)}
      >
        {empty ? <option value="">{empty === true ? t('choose') : empty}</option> : null}
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  )
}

type GroupProps = Frame & { options: (Omit<Option, 'label'> & { label: ReactNode })[]; required?: boolean; inline?: boolean }

function Choices({
  name,
  label,
  hint,
  optional,
  options,
  required,
  inline,
  type,
  isOn,
}: GroupProps & { type: 'radio' | 'checkbox'; isOn: (value: string, typed: unknown) => boolean }) {
  const { id, errors, value } = useFieldState(name, undefined)
  return (
    <fieldset className={`field${errors.length ? ' field-bad' : ''}`} aria-describedby={describe(id, hint, errors)}>
      <legend>
        {label}
        <Optional show={optional} />
      </legend>
      <Hint id={id} hint={hint} />
      <Errors id={id} errors={errors} />
      <div className={inline ? 'choices-inline' : undefined}>
        {options.map((option, index) => (
          <label key={option.value} className="choice">
            <input
              id={index === 0 ? id : undefined}
              type={type}
              name={name}
              value={option.value}
              defaultChecked={isOn(option.value, value)}
              disabled={option.disabled}
              required={type === 'radio' ? required : undefined}
            />
            <span>
              {option.label}
              {option.hint ? <small>{option.hint}</small> : null}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** One of a few choices, all seen at once. */
export function RadioGroup({ defaultValue, ...group }: GroupProps & { defaultValue?: Stored }) {
  const { refused } = useFieldState(group.name, undefined)
  return <Choices {...group} type="radio" isOn={(value, typed) => value === asText(refused ? typed : defaultValue)} />
}

/** Any of a few choices under one name. */
export function CheckboxGroup({ defaultValue = [], ...group }: GroupProps & { defaultValue?: readonly string[] }) {
  const { refused } = useFieldState(group.name, undefined)
  return (
    <Choices
      {...group}
      type="checkbox"
      isOn={(value, typed) => (refused ? [typed].flat().includes(value) : defaultValue.includes(value))}
    />
  )
}

/** A single yes. Sends `value` („on“) when ticked and nothing when not. */
export function Checkbox({
  name,
  label,
  hint,
  defaultChecked = false,
  value = 'on',
  ...input
}: Frame & Omit<Input, 'value' | 'type'> & { value?: string }) {
  const { id, errors, value: typed, refused } = useFieldState(name, undefined)
  return (
    <div className={`field${errors.length ? ' field-bad' : ''}`}>
      <Errors id={id} errors={errors} />
      <div className="choice">
        <input
          {...input}
          type="checkbox"
          id={id}
          name={name}
          value={value}
          defaultChecked={refused ? typed !== undefined : defaultChecked}
          aria-invalid={errors.length > 0 || undefined}
          aria-describedby={describe(id, hint, errors)}
        />
        <label htmlFor={id}>
          {label}
          {hint ? <small id={`${id}-hint`}>{hint}</small> : null}
        </label>
      </div>
    </div>
  )
}
