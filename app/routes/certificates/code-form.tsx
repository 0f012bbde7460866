import { Form } from '@remix-run/react'
import { useMemo } from 'react'
import { useT } from '~/i18n/use-language'
import { verifyWords } from '~/i18n/verify'
import { Button } from '~/ui/button'
import { TextField } from '~/ui/fields'
import { ErrorSummary } from '~/ui/form'
import { FormContext } from '~/ui/form-context'

const EXAMPLE = '7K3M-9QWX-2HTB-VR5N'

/** Asks for the code of a certificate; a GET form, so that the answer has an address. */
export function CodeForm({ typed = '', error = null }: { typed?: string; error?: string | null }) {
  const t = useT(verifyWords)
  const state = useMemo(() => (error ? { initialValue: { code: typed }, error: { code: [error] } } : null), [typed, error])
  const context = useMemo(() => ({ state, prefix: '', busy: false }), [state])
  return (
    <FormContext.Provider value={context}>
      <Form action="/verify" className="form" reloadDocument>
        <ErrorSummary state={state} />
        <TextField
          name="code"
          label={t('code')}
          hint={
            <>
              {t('hint')} <span className="code-sign">{EXAMPLE}</span>. {t('hintRest')}
            </>
          }
          defaultValue={typed}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          required
          maxLength={100}
        />
        <div className="form-actions">
          <Button variant="primary">{t('check')}</Button>
        </div>
      </Form>
    </FormContext.Provider>
  )
}
