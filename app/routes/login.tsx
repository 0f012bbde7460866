import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useSearchParams } from '@remix-run/react'
import { signInSchema } from '~/domain/account/schema'
import { signInAccount } from '~/domain/account/sign-in-account.server'
import { wordTitle } from '~/i18n/page-title'
import { keepChoice } from '~/i18n/preferences'
import { signInWords } from '~/i18n/sign-in'
import { useT } from '~/i18n/use-language'
import { environment } from '~/platform/environment.server'
import { asAnyone, clientAddress, openFormAction, safePath } from '~/platform/handlers.server'
import { endSession } from '~/platform/session.server'
import { Button } from '~/ui/button'
import { TextField } from '~/ui/fields'
import { ActionForm, FormActions } from '~/ui/form'
import { PublicPage } from '~/ui/public-page'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, signInWords, 'title')

export function loader(args: LoaderFunctionArgs) {
  return asAnyone(args, async (principal) => {
    if (principal) throw redirect(safePath(new URL(args.request.url).searchParams.get('next')))
    return null
  })
}

export function action(args: ActionFunctionArgs) {
  return openFormAction(args, signInSchema, async (input, principal) => {
    const signedIn = await signInAccount(input.email, input.password, clientAddress(args.context))
    if (principal) await endSession(principal.sessionId)
    const headers = new Headers({ 'set-cookie': signedIn.sessionCookie })
    headers.append('set-cookie', keepChoice('lang', signedIn.language, environment.secureCookies))
    return redirect(safePath(input.next), { headers })
  })
}

export default function Login() {
  const t = useT(signInWords)
  const state = useActionData<typeof action>()
  const [query] = useSearchParams()
  return (
    <PublicPage>
      <h1>{t('title')}</h1>
      <ActionForm state={state}>
        <input type="hidden" name="next" value={query.get('next') ?? ''} />
        <TextField
          name="email"
          label={t('login')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          maxLength={254}
        />
        <TextField name="password" type="password" label={t('password')} autoComplete="current-password" required maxLength={200} />
        <FormActions>
          <Button variant="primary">{t('submit')}</Button>
        </FormActions>
        <p>{t('help')}</p>
      </ActionForm>
    </PublicPage>
  )
}
