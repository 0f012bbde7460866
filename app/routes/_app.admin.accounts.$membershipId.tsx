import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { accountPage, personsWithoutAccount, servicesToChoose } from '~/domain/account/account.server'
import { deactivateAccount } from '~/domain/account/deactivate-account.server'
import { endRole } from '~/domain/account/end-role.server'
import { grantRole } from '~/domain/account/grant-role.server'
import { linkAddress } from '~/domain/account/password-link.server'
import { renewPasswordLink } from '~/domain/account/renew-password-link.server'
import { membershipSchema } from '~/domain/account/schema'
import { linkPerson, renameMembership } from '~/domain/account/update-membership.server'
import { accountWords } from '~/i18n/account'
import { pageTitle } from '~/i18n/page-title'
import { useT } from '~/i18n/use-language'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { ConfirmPage } from '~/ui/confirm-page'
import { CopyField } from '~/ui/copy-field'
import { Notice } from '~/ui/notice'
import { PageHeader } from '~/ui/page-header'
import { useFormState } from '~/ui/use-form-state'
import { LinkAndEnd, NameAndPerson } from './accounts/account-parts'
import { EndedRoles, Roles } from './accounts/account-roles'
import { Login, StateChip } from './accounts/account-words'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => pageTitle(matches, data?.account.name)

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    const params = new URL(args.request.url).searchParams
    const account = await accountPage(actor, idOf(args.params['membershipId']))
    const q = (params.get('q') ?? '').slice(0, 200)
    const [services, found] = await Promise.all([servicesToChoose(actor), personsWithoutAccount(actor, q)])
    return { account, services, found, q, confirms: params.get('confirm') === 'deactivate' }
  })
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, membershipSchema, async (actor, input) => {
    const membershipId = idOf(args.params['membershipId'])
    const here = `/admin/accounts/${membershipId}`
    switch (input.intent) {
      case 'grant':
        await grantRole(actor, membershipId, input.role, input.serviceId)
        return redirectWithToast(here, 'account.role_given')
      case 'end':
        await endRole(actor, membershipId, input.grantId)
        return redirectWithToast(here, 'account.role_ended')
      case 'rename':
        await renameMembership(actor, membershipId, input.displayName)
        return redirectWithToast(here, 'account.saved')
      case 'person':
        await linkPerson(actor, membershipId, input.personId)
        return redirectWithToast(here, 'account.saved')
      case 'deactivate':
        await deactivateAccount(actor, membershipId)
        return redirectWithToast(here, 'account.deactivated')
      case 'link':
        return { link: linkAddress(await renewPasswordLink(actor, membershipId), args.request.url) }
    }
  })
}

export default function AccountPage() {
  const { account, services, found, q, confirms } = useLoaderData<typeof loader>()
  const t = useT(accountWords)
  const said = useActionData<typeof action>()
  const deactivating = useFormState(said, 'deactivate')
  const crumbs = [{ to: '/admin/accounts', label: t('title') }]
  const here = `/admin/accounts/${account.membershipId}`
  if (confirms) {
    return (
      <ConfirmPage
        title={t('deactivateTitle')}
        crumbs={[...crumbs, { to: here, label: account.name }]}
        what={t('deactivateWhat', { name: account.name })}
        affects={account.upcomingTrainings > 0 ? <p>{t('deactivateTrainings', { count: account.upcomingTrainings })}</p> : undefined}
        confirmLabel={t('deactivate')}
        danger
        cancelTo={here}
        state={deactivating.state}
      >
        <input type="hidden" name="intent" value="deactivate" />
        <p>{t('deactivateBack')}</p>
      </ConfirmPage>
    )
  }
  return (
    <>
      <PageHeader
        title={account.name}
        crumbs={crumbs}
        status={
          <>
            <span>
              <Login login={account.login} />
            </span>
            <StateChip state={account.grants.every(({ endedAt }) => endedAt) ? 'inactive' : account.hasPassword ? 'active' : 'invited'} />
          </>
        }
      />
      {said && 'link' in said ? (
        <>
          <Notice tone="good" title={t(account.hasPassword ? 'newLinkTitle' : 'linkTitle')}>
            <p>{t('linkText', { name: account.name })}</p>
          </Notice>
          <CopyField label={t('linkLabel')} value={said.link} labels={{ copy: t('copy'), copied: t('copied') }} />
        </>
      ) : null}
      <Roles key={account.grants.length} account={account} services={services} said={said} />
      <NameAndPerson account={account} found={found} q={q} said={said} />
      <LinkAndEnd account={account} said={said} />
      <EndedRoles grants={account.grants} />
    </>
  )
}
