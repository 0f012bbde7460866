import { useT } from '~/i18n/use-language'
import { passwordWords } from '~/i18n/password'
import { Button } from './button'
import { TextField } from './fields'
import { ActionForm, FormActions } from './form'
import type { FormState } from './form-state'

const LENGTHS = { minLength: 12, maxLength: 200 }

/**
 * Changes the password of whoever is signed in: the present one, and the new one twice. Posts `intent=password`.
 * The name for signing in goes along unseen, for password managers.
 */
export function PasswordForm({ state, login }: { state: FormState | null; login: string }) {
  const t = useT(passwordWords)
  return (
    <ActionForm state={state} id="password">
      <input type="hidden" name="intent" value="password" />
      <input type="text" name="username" defaultValue={login} autoComplete="username" readOnly hidden />
      <TextField
        name="currentPassword"
        type="password"
        label={t('currentPassword')}
        autoComplete="current-password"
        required
        maxLength={200}
      />
      <TextField
        name="newPassword"
        type="password"
        label={t('newPassword')}
        hint={t('passwordHint')}
        autoComplete="new-password"
        required
        {...LENGTHS}
      />
      <TextField name="newPasswordAgain" type="password" label={t('newPasswordAgain')} autoComplete="new-password" required {...LENGTHS} />
      <FormActions>
        <Button>{t('changePassword')}</Button>
      </FormActions>
    </ActionForm>
  )
}
