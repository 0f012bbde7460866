import { memo } from 'react'
import { errorsOf, fieldId, typedValue, wasRefused, type FormState } from './form-state'

export type MarkTone = 'good' | 'bad' | 'warn'
export type MarkOption = {
  value: string
  label: string
  /** The letter that sets this mark, in the alphabet of the page's language. */
  letter: string
  /** Other keys for the same mark, as one string: `pm` for the Latin letters on the key of П. */
  keys?: string
  tone: MarkTone
  /** Late arrival and early leave make sense with this mark. */
  minutes?: boolean
}
export type RosterRow = {
  id: string
  name: string
  detail?: string | null
  mark?: string | null
  /** Minutes. */
  late?: number | null
  early?: number | null
  note?: string | null
  historyTo?: string
}
export type RosterLabels = {
  /** Names the two minute fields together, „Закъснение, напускане“. */
  minutes: string
  late: string
  early: string
  history: string
}

const TONE_CLASS: Record<MarkTone, string> = { good: 'g', bad: 'b', warn: 'w' }

type RowsProps = {
  rows: RosterRow[]
  options: MarkOption[]
  labels: RosterLabels
  state?: FormState | null
  maxMinutes: number
  readOnly?: boolean
}

/** The rows alone, drawn once: what is marked lives in the native controls, so marking one person draws nothing anew. */
export const RosterRows = memo(function RosterRows({ rows, options, labels, state, maxMinutes, readOnly }: RowsProps) {
  const refused = wasRefused(state) && Boolean(state?.initialValue)
  const anyError = Boolean(state?.error)
  return (
    <div className="roster-rows">
      {rows.map((row) => {
        const shown = refused
          ? {
              mark: typedValue(state, `mark.${row.id}`),
              late: typedValue(state, `late.${row.id}`),
              early: typedValue(state, `early.${row.id}`),
            }
          : row
        return RosterRowSet({ row, shown, options, labels, maxMinutes, readOnly, errors: anyError ? rowErrors(state, row.id) : '' })
      })}
    </div>
  )
})

const rowErrors = (state: FormState | null | undefined, id: string) =>
  ['mark', 'late', 'early'].flatMap((field) => errorsOf(state, `${field}.${id}`)).join(' ')

type Shown = { mark?: unknown; late?: unknown; early?: unknown }
type RowSetProps = Omit<RowsProps, 'rows' | 'state'> & { row: RosterRow; shown: Shown; errors: string }

/** Called as a function: two hundred rows need no component of their own. */
function RosterRowSet({ row, shown, options, labels, maxMinutes, readOnly, errors }: RowSetProps) {
  const [late, early] = [text(shown.late), text(shown.early)]
  return (
    <fieldset key={row.id} id={errors ? fieldId(`mark.${row.id}`) : undefined} disabled={readOnly}>
      <legend>
        {row.name}
        {row.detail ? <small>{row.detail}</small> : null}
        {row.note ? <small className="roster-note">{row.note}</small> : null}
      </legend>
      <div>
        {options.map((option) => (
          <label key={option.value} className={TONE_CLASS[option.tone]}>
            <input type="radio" name={`mark.${row.id}`} value={option.value} defaultChecked={shown.mark === option.value} />
            {option.label}
          </label>
        ))}
      </div>
      {readOnly && !late && !early ? null : (
        <details open={Boolean(late || early || errors)}>
          <summary>{labels.minutes}</summary>
          {minuteField(labels.late, `late.${row.id}`, late, maxMinutes, errors)}
          {minuteField(labels.early, `early.${row.id}`, early, maxMinutes, errors)}
        </details>
      )}
      {row.historyTo ? <a href={row.historyTo}>{labels.history}</a> : null}
      {errors ? <p className="field-error">{errors}</p> : null}
    </fieldset>
  )
}

/** Only a row with an error is linked to, so only its fields carry ids: two hundred rows are paid for in bytes. */
function minuteField(label: string, name: string, value: string, max: number, errors: string) {
  return (
    <label>
      {label}
      <input type="number" name={name} id={errors ? fieldId(name) : undefined} min="0" max={max} defaultValue={value || undefined} />
    </label>
  )
}

/** Minutes as their field holds them: none are an empty field. */
export const text = (value: unknown) => (value === null || value === undefined || value === 0 ? '' : String(value))
