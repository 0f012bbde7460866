import { Form, useNavigation, type FormProps } from '@remix-run/react'
import { useEffect, useId, useMemo, useRef, useState, type FormEvent, type ReactNode } from 'react'
import { useT } from '~/i18n/use-language'
import { FormContext } from './form-context'
import { fieldId, typedValue, type FormState } from './form-state'
import { Notice } from './notice'
import { usePage } from './page-context'
import { formKey, randomKey } from './submission-key'
import { useRemembering } from './unsent'
import { uiWords } from './words'

/** How long the server is waited for where the browser believes that there is no line. */
const PATIENCE_MS = 4000

type ActionFormProps = Omit<FormProps, 'method' | 'style' | 'id'> & {
  /** What the action sent back, or null. */
  state?: FormState | null
  /** Tells two forms of a page apart; also the form's id. */
  id?: string
  /** What was typed before the login had expired, or the line was lost, was put back into the fields. */
  restored?: boolean
  children: ReactNode
}

/**
 * A form that posts to an action. It carries whom it was drawn for (`_for`) and its submission key (`_key`), shows the errors of a
 * refused submission on top and moves the focus there, and is sent once however often the button is pressed. Without a line it stays as it
 * was filled in; where the line is lost on the way, its page begins with what was typed.
 */
export function ActionForm({ state = null, id, restored, children, className = 'form', onSubmit, ...rest }: ActionFormProps) {
  const { formFor } = usePage()
  const navigation = useNavigation()
  // what the server may have taken without being able to say so is the same submission when it is sent again
  const [key, renewKey] = useSubmissionKey(restored ? typedValue(state, '_key') : null)
  const { remember, forget } = useRemembering()
  const { refusal, isReached } = useLine()
  const [sent, setSent] = useState(false)
  const sending = useRef(false)
  const busy = sent && navigation.state !== 'idle'
  const prefix = id ? `${id}-` : ''

  useEffect(() => {
    if (navigation.state !== 'idle' || !sending.current) return
    sending.current = false
    setSent(false)
    renewKey()
    forget()
  }, [navigation.state, renewKey, forget])

  function submit(event: FormEvent<HTMLFormElement>) {
    const { submitter } = event.nativeEvent as SubmitEvent
    if (sending.current || !isReached(event.currentTarget, submitter)) return event.preventDefault()
    onSubmit?.(event)
    if (event.defaultPrevented || rest.reloadDocument) return
    remember(event.currentTarget, submitter)
    sending.current = true
    setSent(true)
  }

  const context = useMemo(() => ({ state, prefix, busy }), [state, prefix, busy])
  return (
    <FormContext.Provider value={context}>
      <Form {...rest} id={id} method="post" className={className} onSubmit={submit}>
        <input type="hidden" name="_for" value={formFor} />
        <input type="hidden" name="_key" value={key} />
        <ErrorSummary state={refusal ?? state} prefix={prefix} />
        {restored ? <RestoredNotice /> : null}
        {children}
      </Form>
    </FormContext.Provider>
  )
}

/**
 * Whether a form may be sent: always while the browser believes in its line. Without one the server is asked, which may be on the same
 * machine; the form is sent again by itself if it answers, and else `refusal` says so.
 */
function useLine() {
  const t = useT(uiWords)
  const [refusal, setRefusal] = useState<FormState | null>(null)
  const answered = useRef(false)
  async function askServer(form: HTMLFormElement, submitter: HTMLElement | null) {
    const answer = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => null)
    if (!answer) return setRefusal({ error: { '': [t('noLine')] } })
    answered.current = true
    form.requestSubmit(submitter)
    answered.current = false
  }
  function isReached(form: HTMLFormElement, submitter: HTMLElement | null): boolean {
    if (navigator.onLine || answered.current) {
      setRefusal(null)
      return true
    }
    void askServer(form, submitter)
    return false
  }
  return { refusal, isReached }
}

/**
 * The key of the document's form first, the same on server and browser, or the one of the submission that is sent `again`; a new one after
 * each submission.
 */
export function useSubmissionKey(again?: unknown): [string, () => void] {
  const { renderKey } = usePage()
  const formId = useId()
  const [fresh, setFresh] = useState<string | null>(null)
  const renew = useMemo(() => () => setFresh(randomKey()), [])
  return [fresh ?? (typeof again === 'string' ? again : formKey(renderKey, formId)), renew]
}

/** All errors of a refused submission, each a link to its field; takes the focus when it appears. */
export function ErrorSummary({ state, prefix = '' }: { state?: FormState | null; prefix?: string }) {
  const t = useT(uiWords)
  const box = useRef<HTMLDivElement>(null)
  const errors = allErrors(state)
  useEffect(() => {
    if (allErrors(state).length > 0) box.current?.focus()
  }, [state])
  if (errors.length === 0) return null
  return (
    <div ref={box} role="alert" tabIndex={-1} className="summary-errors">
      <h2>{t('errorsTitle')}</h2>
      <ul>
        {errors.map(({ name, sentence }) => (
          <li key={name + sentence}>{name ? <a href={`#${fieldId(name, prefix)}`}>{sentence}</a> : sentence}</li>
        ))}
      </ul>
    </div>
  )
}

const allErrors = (state?: FormState | null) =>
  Object.entries(state?.error ?? {}).flatMap(([name, sentences]) => (sentences ?? []).map((sentence) => ({ name, sentence })))

/** That what was typed before the login had expired, or the line was lost, is back in the fields. */
export function RestoredNotice() {
  return <Notice tone="info">{useT(uiWords)('restored')}</Notice>
}

/** The row of buttons that ends a form. */
export function FormActions({ children }: { children: ReactNode }) {
  return <div className="form-actions">{children}</div>
}

/** Fields side by side where there is room; a `pair` of short ones also on a phone. */
export function FieldRow({ pair, children }: { pair?: boolean; children: ReactNode }) {
  return <div className={pair ? 'field-row field-pair' : 'field-row'}>{children}</div>
}
