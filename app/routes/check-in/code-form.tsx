import { checkInWords } from '~/i18n/check-in'
import { useT } from '~/i18n/use-language'
import { Button } from '~/ui/button'
import { TextField } from '~/ui/fields'
import { ActionForm, FormActions } from '~/ui/form'
import type { FormState } from '~/ui/form-state'

/** The code of the room's screen, typed by hand. */
export function CodeForm({ state = null, primary }: { state?: FormState | null; primary?: boolean }) {
  const t = useT(checkInWords)
  return (
    <ActionForm state={state} action="/check-in" className="form code-entry">
      <TextField
        name="code"
        label={t('code')}
        hint={t('codeIntro')}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        required
        maxLength={20}
      />
      <FormActions>
        <Button variant={primary ? 'primary' : 'secondary'}>{t('find')}</Button>
      </FormActions>
    </ActionForm>
  )
}
