import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ROLES } from '~/domain/account/account'
import { personsWithoutAccount, personWithoutAccount, servicesToChoose } from '~/domain/account/account.server'
import { inviteAccount } from '~/domain/account/invite-account.server'
import { linkAddress } from '~/domain/account/password-link.server'
import { inviteSchema } from '~/domain/account/schema'
import { authorize } from '~/domain/policy'
import { accountWords } from '~/i18n/account'
import { common } from '~/i18n/common'
import { wordTitle } from '~/i18n/page-title'
import { useT } from '~/i18n/use-language'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { Button, LinkButton } from '~/ui/button'
import { CopyField } from '~/ui/copy-field'
import { Checkbox, CheckboxGroup, SearchField, TextField } from '~/ui/fields'
import { ActionForm, FormActions } from '~/ui/form'
import { Notice } from '~/ui/notice'
import { PageHeader, Section } from '~/ui/page-header'
import { CalmList, PersonChip } from '~/ui/status'
import { useFormState } from '~/ui/use-form-state'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, accountWords, 'invite')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    authorize(actor, 'account.manage', null)
    const params = new URL(args.request.url).searchParams
    const q = (params.get('q') ?? '').slice(0, 200)
    const personId = params.get('personId')
    const [services, found, person] = await Promise.all([
      servicesToChoose(actor),
      personsWithoutAccount(actor, q),
      personId ? personWithoutAccount(actor, idOf(personId)) : null,
    ])
    return { services, found, person, q }
  })
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, inviteSchema, async (actor, input, { key }) => {
    const { path, isAdded, token } = await inviteAccount(actor, input, key)
    if (token) return { link: linkAddress(token, args.request.url), name: input.displayName, path }
    return isAdded ? redirectWithToast(path, 'account.exists_added') : redirect(path)
  })
}

export default function InvitePage() {
  const t = useT(accountWords)
  const said = useActionData<typeof action>()
  const crumbs = [{ to: '/admin/accounts', label: t('title') }]
  if (said && 'link' in said) {
    return (
      <>
        <PageHeader title={said.name} crumbs={crumbs} />
        <Notice tone="good" title={t('linkTitle')}>
          <p>{t('linkText', { name: said.name })}</p>
        </Notice>
        <CopyField label={t('linkLabel')} value={said.link} labels={{ copy: t('copy'), copied: t('copied') }} />
        <FormActions>
          <LinkButton to={said.path}>{t('toAccount')}</LinkButton>
          <LinkButton variant="quiet" to="/admin/accounts/new" document>
            {t('inviteAnother')}
          </LinkButton>
        </FormActions>
      </>
    )
  }
  return (
    <>
      <PageHeader title={t('invite')} crumbs={crumbs} />
      <ForWhom />
      <InviteForm said={said} />
    </>
  )
}

function ForWhom() {
  const { found, person, q } = useLoaderData<typeof loader>()
  const t = useT(accountWords)
  return (
    <Section title={t('forWhom')}>
      <p>{t('forWhomHint')}</p>
      {person ? (
        <>
          <p>
            {t('chosenPerson')}: <PersonChip name={person.name} position={person.position} service={person.service} />
          </p>
          <LinkButton variant="quiet" to="/admin/accounts/new">
            {t('nobody')}
          </LinkButton>
        </>
      ) : (
        <>
          <form className="toolbar-filter" role="search">
            <SearchField name="q" label={t('findPerson')} defaultValue={q} maxLength={200} />
            <Button>{t('find')}</Button>
          </form>
          {q && found.length === 0 ? <p role="status">{t('noPersons')}</p> : null}
          {found.length > 0 ? (
            <CalmList>
              {found.map((one) => (
                <li key={one.id}>
                  <PersonChip name={one.name} position={one.position} service={one.service} to={`/admin/accounts/new?personId=${one.id}`} />
                </li>
              ))}
            </CalmList>
          ) : null}
        </>
      )}
    </Section>
  )
}

function InviteForm({ said }: { said: unknown }) {
  const { services, person } = useLoaderData<typeof loader>()
  const t = useT(accountWords)
  const words = useT(common)
  const start = useFormState(said)
  return (
    <ActionForm {...start} key={person?.id ?? ''}>
      <input type="hidden" name="personId" value={person?.id ?? ''} />
      <TextField name="displayName" label={t('name')} defaultValue={person?.name} autoComplete="off" required maxLength={200} />
      <TextField
        name="login"
        label={t('login')}
        hint={t('loginHint')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={254}
      />
      <Checkbox name="sameAccount" label={t('sameAccount')} hint={t('sameAccountHint')} />
      <CheckboxGroup
        name="roles"
        label={t('roles')}
        hint={t('rolesHint')}
        defaultValue={person ? ['employee'] : []}
        options={ROLES.map((role) => ({
          value: role,
          label: words(`role.${role}`),
          hint: t(`roleHints.${role}`),
          disabled: role === 'manager' && services.length === 0,
        }))}
      />
      {services.length > 0 ? (
        <CheckboxGroup
          name="serviceIds"
          label={t('services')}
          hint={t('servicesHint')}
          optional
          options={services.map(({ id, name }) => ({ value: id, label: name }))}
        />
      ) : (
        <p>{t('noServices')}</p>
      )}
      <FormActions>
        <Button variant="primary">{t('inviteSubmit')}</Button>
        <LinkButton variant="quiet" to="/admin/accounts">
          {words('action.cancel')}
        </LinkButton>
      </FormActions>
    </ActionForm>
  )
}
