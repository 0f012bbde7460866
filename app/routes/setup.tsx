import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData } from '@remix-run/react'
import { setUpSchema } from '~/domain/account/schema'
import { setUpInstallation } from '~/domain/account/set-up-installation.server'
import { needsSetup } from '~/domain/account/setup-code.server'
import { wordTitle } from '~/i18n/page-title'
import { signInWords } from '~/i18n/sign-in'
import { useT } from '~/i18n/use-language'
import { AppError } from '~/platform/errors'
import { asAnyone, clientAddress, openFormAction } from '~/platform/handlers.server'
import { Button } from '~/ui/button'
import { Checkbox, TextField } from '~/ui/fields'
import { ActionForm, FieldRow, FormActions } from '~/ui/form'
import { PublicPage } from '~/ui/public-page'

export const meta: MetaFunction = ({ matches }) => [
  ...wordTitle(matches, signInWords, 'setupTitle'),
  { name: 'robots', content: 'noindex' },
]

export function loader(args: LoaderFunctionArgs) {
  return asAnyone(args, async () => {
    if (!(await needsSetup())) throw new AppError('not_found', 'error.not_found')
    return null
  })
}

export function action(args: ActionFunctionArgs) {
  return openFormAction(args, setUpSchema, async (input) => {
    const sessionCookie = await setUpInstallation(input, clientAddress(args.context))
    return redirect('/admin/system', { headers: { 'set-cookie': sessionCookie } })
  })
}

export default function SetupPage() {
  const t = useT(signInWords)
  const state = useActionData<typeof action>()
  return (
    <PublicPage>
      <h1>{t('setupTitle')}</h1>
      <p>{t('setupText')}</p>
      <ActionForm state={state}>
        <TextField
          name="code"
          label={t('code')}
          hint={t('codeHint')}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          required
        />
        <h2>{t('admin')}</h2>
        <TextField name="displayName" label={t('yourName')} autoComplete="name" required maxLength={200} />
        <TextField
          name="login"
          label={t('login')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          maxLength={254}
        />
        <TextField
          name="newPassword"
          type="password"
          label={t('newPassword')}
          hint={t('passwordHint')}
          autoComplete="new-password"
          required
          minLength={12}
          maxLength={200}
        />
        <TextField
          name="newPasswordAgain"
          type="password"
          label={t('newPasswordAgain')}
          autoComplete="new-password"
          required
          maxLength={200}
        />
        <h2>{t('municipality')}</h2>
        <TextField name="municipality" label={t('municipalityName')} hint={t('municipalityHint')} required maxLength={100} />
        <FieldRow>
          <TextField name="district" label={t('district')} optional maxLength={100} />
          <TextField name="nsiCode" label={t('nsiCode')} hint={t('nsiHint')} optional maxLength={5} />
        </FieldRow>
        <Checkbox name="asAdmin" label={t('asAdmin')} hint={t('asAdminHint')} defaultChecked />
        <FormActions>
          <Button variant="primary">{t('finish')}</Button>
        </FormActions>
      </ActionForm>
    </PublicPage>
  )
}
