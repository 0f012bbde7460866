import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { changePassword } from '~/domain/account/change-password.server'
import { linkAddress } from '~/domain/account/password-link.server'
import { installationSchema } from '~/domain/account/schema'
import { createMunicipality, inviteAdmin } from '~/domain/municipality/create-municipality.server'
import { listMunicipalities } from '~/domain/municipality/municipality.server'
import { systemCheck } from '~/domain/municipality/system-check.server'
import { accountWords } from '~/i18n/account'
import { common } from '~/i18n/common'
import { translateError } from '~/i18n/errors.server'
import { wordTitle } from '~/i18n/page-title'
import { passwordWords } from '~/i18n/password'
import { languageOf } from '~/i18n/preferences'
import { systemWords } from '~/i18n/system'
import { useT } from '~/i18n/use-language'
import { asInstallation, installationAction, principalOf } from '~/platform/handlers.server'
import { Button, LinkButton } from '~/ui/button'
import { CopyField } from '~/ui/copy-field'
import { Notice } from '~/ui/notice'
import { PageHeader, Section } from '~/ui/page-header'
import { PasswordForm } from '~/ui/password-form'
import { PublicPage } from '~/ui/public-page'
import { useFormState } from '~/ui/use-form-state'
import { AddMunicipality, CheckList, Municipalities, NameAdmin } from './system/system-parts'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, systemWords, 'title')

export function loader(args: LoaderFunctionArgs) {
  return asInstallation(args, async (actor) => {
    const [municipalities, checks, principal] = await Promise.all([listMunicipalities(actor), systemCheck(actor), principalOf(args)])
    return { municipalities, checks, login: principal!.login, name: principal!.name, worksHere: principal!.actor !== null }
  })
}

export function action(args: ActionFunctionArgs) {
  return installationAction(args, installationSchema, async (actor, input) => {
    if (input.intent === 'password') {
      const sessionCookie = await changePassword((await principalOf(args))!, input.currentPassword, input.newPassword)
      return data(
        { changed: translateError(languageOf(args.request), 'account.password_changed') },
        { headers: { 'set-cookie': sessionCookie } },
      )
    }
    const { name, token } =
      input.intent === 'municipality' ? await createMunicipality(actor, input) : await inviteAdmin(actor, input.municipalityId, input)
    return { named: name, link: token && linkAddress(token, args.request.url) }
  })
}

export default function SystemPage() {
  const { municipalities, checks, login, name, worksHere } = useLoaderData<typeof loader>()
  const t = useT(systemWords)
  const words = useT(common)
  const accounts = useT(accountWords)
  const passwords = useT(passwordWords)
  const said = useActionData<typeof action>()
  const password = useFormState(said, 'password')
  const withoutAdmin = municipalities.filter((row) => !row.hasAdmin)
  return (
    <PublicPage wide>
      <PageHeader
        title={t('title')}
        status={`${name}, ${words('role.installation')}`}
        action={
          <Form method="post" action="/logout">
            <Button>{words('action.signOut')}</Button>
          </Form>
        }
      />
      {worksHere ? (
        <p>
          <LinkButton to="/">{t('toWork')}</LinkButton>
        </p>
      ) : null}
      {said && 'changed' in said ? <Notice tone="good">{said.changed}</Notice> : null}
      {said && 'named' in said ? (
        <Notice tone="good" title={t('done', { name: said.named })}>
          <p>{said.link ? t('linkText') : t('noLinkText')}</p>
        </Notice>
      ) : null}
      {said && 'named' in said && said.link ? (
        <CopyField label={accounts('linkLabel')} value={said.link} labels={{ copy: accounts('copy'), copied: accounts('copied') }} />
      ) : null}
      <CheckList checks={checks} />
      <Municipalities rows={municipalities} />
      <NameAdmin key={withoutAdmin.length} rows={withoutAdmin} said={said} />
      <AddMunicipality key={`of-${municipalities.length}`} said={said} />
      <Section title={passwords('title')}>
        <PasswordForm state={password.state} login={login} />
      </Section>
    </PublicPage>
  )
}
