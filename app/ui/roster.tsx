import { Form, useBlocker, useNavigate, useNavigation } from '@remix-run/react'
import { useCallback, useEffect, useRef, useState, type FormEvent, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react'
import { Button } from './button'
import { FormContext } from './form-context'
import { ErrorSummary, RestoredNotice, useSubmissionKey } from './form'
import type { FormState } from './form-state'
import { usePage } from './page-context'
import { RosterRows, text, type MarkOption, type RosterLabels, type RosterRow } from './roster-rows'
import { LeaveQuestion } from './leave-question'
import { useRemembering } from './unsent'

export type { MarkOption } from './roster-rows'

type RosterProps = {
  rows: RosterRow[]
  options: MarkOption[]
  labels: RosterLabels & {
    /** „Всички присъстват“: marks those not yet marked; without JavaScript it submits `intent=all-present`. */
    allPresent: string
    /** How the letters work, in a sentence. */
    keys: string
    save: string
    /** The same where the bar is narrow. */
    saveShort: string
    /** „18 от 22 отбелязани“ */
    counter: (marked: number, total: number) => string
    /** „3 незапазени промени“ */
    unsaved: (changes: number) => string
    leave: { title: string; text: string; stay: string; leave: string }
  }
  state?: FormState | null
  /** What was typed before the login had expired was put back into the rows. */
  restored?: boolean
  /** The address that takes the form and names what is marked, so that a login on the way comes back to it. */
  action?: string
  /** Most minutes anybody can be late: the length of the session. */
  maxMinutes: number
  readOnly?: boolean
  /** Hidden fields, such as which session is marked. */
  hidden?: Record<string, string>
  /** Told how many fields differ from the stored rows; the same function at every drawing. */
  onTyped?: (changes: number) => void
  /** Fields of the submission as a whole, above the rows. */
  children?: ReactNode
}

/**
 * The roster: one mark a person by native radio buttons that also take a letter, late and early minutes, one submission for all.
 * Fields are `mark.<id>`, `late.<id>`, `early.<id>`; `intent` is `save` or `all-present`.
 */
export function Roster({ rows, options, labels, state = null, maxMinutes, readOnly, hidden = {}, onTyped, ...rest }: RosterProps) {
  const { formFor } = usePage()
  const [key, renewKey] = useSubmissionKey()
  const { remember, forget } = useRemembering()
  const form = useRef<HTMLFormElement>(null)
  const navigate = useNavigate()
  const navigation = useNavigation()
  const sending = useRef(false)
  const [busy, setBusy] = useState(false)
  const touched = useRef<ReadonlySet<string>>(new Set())
  const [marked, setMarked] = useState(() => rows.filter((row) => row.mark).length)
  const [changes, setChanges] = useState(0)

  const count = useCallback(() => {
    if (!form.current) return
    touched.current = touchedFields(form.current)
    const unsaved = unsavedFields(form.current, rows)
    setMarked(form.current.querySelectorAll('.roster-rows input:checked').length)
    setChanges(unsaved)
    onTyped?.(unsaved)
  }, [onTyped, rows])

  const showRows = useCallback(() => {
    if (form.current) followRows(form.current, touched.current)
    count()
  }, [count])

  useEffect(showRows, [showRows, state, rows])
  // a page that the browser kept was drawn once and may be opened often: each opening is a form of its own
  useEffect(renewKey, [renewKey])
  useEffect(() => {
    if (navigation.state !== 'idle' || !sending.current) return
    sending.current = false
    setBusy(false)
    renewKey()
    forget()
    if (!state?.error) form.current?.reset()
    count()
  }, [navigation.state, state, renewKey, count, forget])

  const guarded = changes > 0 && !busy
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => guarded && !sending.current && leavesPage(currentLocation, nextLocation),
  )
  useEffect(() => {
    if (!guarded) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [guarded])

  function submit(event: FormEvent<HTMLFormElement>) {
    if (sending.current) return event.preventDefault()
    remember(event.currentTarget, (event.nativeEvent as SubmitEvent).submitter)
    sending.current = true
    setBusy(true)
  }

  function markAll(event: MouseEvent) {
    event.preventDefault()
    const first = options[0]!.value
    for (const set of form.current!.querySelectorAll('.roster-rows fieldset'))
      if (!set.querySelector('input:checked')) set.querySelector<HTMLInputElement>(`input[value="${first}"]`)!.checked = true
    count()
  }

  function press(event: KeyboardEvent) {
    const at = event.target as HTMLElement
    if (event.ctrlKey || event.metaKey || event.altKey || !at.closest('.roster-rows') || (at as HTMLInputElement).type === 'number') return
    const option = options.find(({ letter, keys = '' }) => (letter + keys).toLowerCase().includes(event.key.toLowerCase()))
    const set = at.closest('fieldset')
    if (!option || !set || event.key.length !== 1) return
    event.preventDefault()
    set.querySelector<HTMLInputElement>(`input[value="${option.value}"]`)!.checked = true
    count()
    const next = set.nextElementSibling ?? set
    ;(next.querySelector<HTMLInputElement>('input:checked') ?? next.querySelector<HTMLInputElement>('input'))?.focus()
  }

  function follow(event: MouseEvent) {
    const link = (event.target as HTMLElement).closest('a')
    if (!link?.closest('.roster-rows') || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    navigate(link.getAttribute('href')!, { preventScrollReset: true })
  }

  return (
    <FormContext.Provider value={{ state, prefix: '', busy }}>
      <Form
        ref={form}
        method="post"
        action={rest.action}
        preventScrollReset
        onSubmit={submit}
        onChange={count}
        onKeyDown={press}
        onClick={follow}
        autoComplete="off"
      >
        <input type="hidden" name="_for" value={formFor} />
        <input type="hidden" name="_key" value={key} />
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <ErrorSummary state={state} />
        {rest.restored ? <RestoredNotice /> : null}
        {readOnly ? null : (
          <div className="roster-top">
            {/* The first submit button of a form is the one the Enter key presses: it must save and nothing else. */}
            <button name="intent" value="save" className="sr-only" tabIndex={-1} aria-hidden="true">
              {labels.save}
            </button>
            <Button name="intent" value="all-present" onClick={markAll}>
              {labels.allPresent}
            </Button>
            <p className="roster-keys">{labels.keys}</p>
          </div>
        )}
        {rest.children}
        <RosterRows rows={rows} options={options} labels={labels} state={state} maxMinutes={maxMinutes} readOnly={readOnly} />
        {readOnly ? null : (
          <div className="roster-bar">
            <output className="roster-count">{labels.counter(marked, rows.length)}</output>
            <span className="roster-unsaved" role="status">
              {changes > 0 ? labels.unsaved(changes) : ''}
            </span>
            <Button variant="primary" name="intent" value="save">
              <span className="where-wide">{labels.save}</span>
              <span className="where-narrow">{labels.saveShort}</span>
            </Button>
          </div>
        )}
      </Form>
      <LeaveQuestion blocker={blocker} words={labels.leave} />
    </FormContext.Provider>
  )
}

const leavesPage = (from: { pathname: string; search: string }, to: { pathname: string; search: string }) =>
  from.pathname !== to.pathname || from.search !== to.search

/** The names of the marks and minute fields that differ from what they were drawn with: newer rows leave them alone. */
function touchedFields(form: HTMLFormElement): Set<string> {
  const touched = new Set<string>()
  for (const field of fieldsOf(form))
    if (field.type === 'radio' ? field.checked !== field.defaultChecked : field.value !== field.defaultValue) touched.add(field.name)
  return touched
}

/** How many marks and minute fields differ from the stored rows; a refused or restored form is drawn with what was typed, which is not stored. */
function unsavedFields(form: HTMLFormElement, rows: RosterRow[]): number {
  const stored = new Map<string, string | null | undefined>()
  for (const { id, mark, late, early } of rows) stored.set(`mark.${id}`, mark).set(`late.${id}`, text(late)).set(`early.${id}`, text(early))
  const unsaved = new Set<string>()
  for (const field of fieldsOf(form)) {
    if (!stored.has(field.name)) continue
    const value = stored.get(field.name)
    if (field.type === 'radio' ? field.checked !== (field.value === value) : field.value !== value) unsaved.add(field.name)
  }
  return unsaved.size
}

/** Shows newer rows in the fields nobody has touched: of a group of radio buttons the browser itself remembers which were ever pressed. */
function followRows(form: HTMLFormElement, touched: ReadonlySet<string>) {
  for (const field of fieldsOf(form)) {
    if (touched.has(field.name)) continue
    if (field.type === 'radio') field.checked = field.defaultChecked
    else if (field.value !== field.defaultValue) field.value = field.defaultValue
  }
}

const fieldsOf = (form: HTMLFormElement) =>
  [...form.elements].filter((field): field is HTMLInputElement => field instanceof HTMLInputElement && field.type !== 'hidden')
