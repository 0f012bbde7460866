import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { acceptInvitation } from '~/domain/account/accept-invitation.server'
import { findInvitation } from '~/domain/account/invitation.server'
import { setPasswordSchema } from '~/domain/account/schema'
import { wordTitle } from '~/i18n/page-title'
import { keepChoice } from '~/i18n/preferences'
import { signInWords } from '~/i18n/sign-in'
import { useT } from '~/i18n/use-language'
import { environment } from '~/platform/environment.server'
import { asAnyone, clientAddress, openFormAction } from '~/platform/handlers.server'
import { endSession } from '~/platform/session.server'
import { Button } from '~/ui/button'
import { TextField } from '~/ui/fields'
import { ActionForm, FormActions } from '~/ui/form'
import { PublicPage } from '~/ui/public-page'

export const meta: MetaFunction = ({ matches }) => [
  ...wordTitle(matches, signInWords, 'inviteTitle'),
  { name: 'robots', content: 'noindex' },
]

export function loader(args: LoaderFunctionArgs) {
  return asAnyone(args, () => findInvitation(args.params['token'] ?? '', clientAddress(args.context)))
}

export function action(args: ActionFunctionArgs) {
  return openFormAction(args, setPasswordSchema, async (input, principal) => {
    const { language, sessionCookie } = await acceptInvitation(args.params['token'] ?? '', input.newPassword)
    if (principal) await endSession(principal.sessionId)
    const headers = new Headers({ 'set-cookie': sessionCookie })
    headers.append('set-cookie', keepChoice('lang', language, environment.secureCookies))
    return redirect('/', { headers })
  })
}

export default function InvitationPage() {
  const { login, municipality, isNew } = useLoaderData<typeof loader>()
  const t = useT(signInWords)
  const state = useActionData<typeof action>()
  return (
    <PublicPage>
      <h1>{isNew ? t('inviteTitle') : t('resetTitle')}</h1>
      <p>{isNew ? t('inviteText', { municipality }) : t('resetText')}</p>
      <ActionForm state={state}>
        <TextField name="username" label={t('yourLogin')} defaultValue={login} autoComplete="username" readOnly />
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
        <FormActions>
          <Button variant="primary">{t('setPassword')}</Button>
        </FormActions>
      </ActionForm>
    </PublicPage>
  )
}
