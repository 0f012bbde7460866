import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { changePassword } from '~/domain/account/change-password.server'
import { ownAccountSchema } from '~/domain/account/schema'
import { endOtherSessions, ownAccount, updateAccount } from '~/domain/account/update-account.server'
import { accountWords } from '~/i18n/account'
import { common } from '~/i18n/common'
import { LANGUAGES } from '~/i18n/language'
import { wordTitle } from '~/i18n/page-title'
import { passwordWords } from '~/i18n/password'
import { keepChoice } from '~/i18n/preferences'
import { useFormat, useT } from '~/i18n/use-language'
import { environment } from '~/platform/environment.server'
import { asActor, formAction, principalOf, redirectWithToast } from '~/platform/handlers.server'
import { Button } from '~/ui/button'
import { RadioGroup, TextField } from '~/ui/fields'
import { ActionForm, FormActions } from '~/ui/form'
import { PageHeader, Section } from '~/ui/page-header'
import { PasswordForm } from '~/ui/password-form'
import { CalmList, DescriptionList, StatusChip } from '~/ui/status'
import { useFormState } from '~/ui/use-form-state'
import { Login } from './accounts/account-words'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, accountWords, 'mine')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async () => ownAccount((await principalOf(args))!))
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, ownAccountSchema, async (actor, input) => {
    const principal = (await principalOf(args))!
    if (input.intent === 'profile') {
      await updateAccount(actor, input.displayName, input.language)
      const answer = await redirectWithToast('/account', 'account.saved')
      answer.headers.append('set-cookie', keepChoice('lang', input.language, environment.secureCookies))
      return answer
    }
    if (input.intent === 'password') {
      const sessionCookie = await changePassword(principal, input.currentPassword, input.newPassword)
      const answer = await redirectWithToast('/account', 'account.password_changed')
      answer.headers.append('set-cookie', sessionCookie)
      return answer
    }
    return redirectWithToast('/account', 'account.sessions_ended', { count: await endOtherSessions(principal) })
  })
}

export default function OwnAccountPage() {
  const { name, login, language, places, sessions } = useLoaderData<typeof loader>()
  const t = useT(accountWords)
  const words = useT(common)
  const passwords = useT(passwordWords)
  const format = useFormat()
  const said = useActionData<typeof action>()
  const profile = useFormState(said, 'profile')
  const password = useFormState(said, 'password')
  return (
    <>
      <PageHeader title={t('mine')} crumbs={[]} />
      <DescriptionList
        items={[
          { label: t('login'), value: <Login login={login} /> },
          ...places.map((place) => ({
            label: t('worksIn', { municipality: place.municipality }),
            value: place.roles.map((role) => words(`role.${role}`)).join(', '),
          })),
        ]}
      />
      <ActionForm {...profile} id="profile" reloadDocument>
        <input type="hidden" name="intent" value="profile" />
        <TextField name="displayName" label={t('displayName')} defaultValue={name} autoComplete="name" required maxLength={200} />
        <RadioGroup
          name="language"
          label={t('language')}
          defaultValue={language}
          inline
          options={LANGUAGES.map((code) => ({ value: code, label: t(`languages.${code}`) }))}
        />
        <FormActions>
          <Button variant="primary">{words('action.save')}</Button>
        </FormActions>
      </ActionForm>
      <Section title={passwords('title')}>
        <PasswordForm state={password.state} login={login} />
      </Section>
      <Section title={t('sessionsTitle')}>
        <CalmList>
          {sessions.map(({ createdAt, isThis }, index) => (
            <li key={index}>
              <span>{t('session', { when: format.dateTime(createdAt) })}</span>
              {isThis ? <StatusChip tone="info">{t('thisSession')}</StatusChip> : null}
            </li>
          ))}
        </CalmList>
        {sessions.length > 1 ? (
          <ActionForm id="sessions">
            <input type="hidden" name="intent" value="sessions" />
            <FormActions>
              <Button>{t('endOthers')}</Button>
            </FormActions>
          </ActionForm>
        ) : (
          <p>{t('onlyThis')}</p>
        )}
      </Section>
    </>
  )
}
