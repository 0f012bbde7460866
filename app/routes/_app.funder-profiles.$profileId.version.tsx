import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { funderPage } from '~/domain/funder/funder.server'
import { addFunderVersion } from '~/domain/funder/keep-funder.server'
import { LONGEST_STATEMENT, funderVersionSchema } from '~/domain/funder/schema'
import { common } from '~/i18n/common'
import { funderWords } from '~/i18n/funder'
import { wordTitle } from '~/i18n/page-title'
import { useT } from '~/i18n/use-language'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { chosenFile } from '~/platform/read-form.server'
import { daysAfter } from '~/platform/zoned.server'
import { Button, LinkButton } from '~/ui/button'
import { ActionForm, FormActions } from '~/ui/form'
import { PageHeader } from '~/ui/page-header'
import { useFormState } from '~/ui/use-form-state'
import { VersionFields } from './funders/version-fields'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, funderWords, 'addVersionTitle')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    const { profile, versions, today } = await funderPage(actor, idOf(args.params.profileId))
    const { validFrom, showsEuBlock, statement, columns, hasLogo } = versions[0]!
    const earliest = daysAfter(validFrom < today ? today : validFrom, 1)
    return {
      profile,
      earliest,
      start: { validFrom: earliest, showsEuBlock, statement, columns, hasLogo },
      longestStatement: LONGEST_STATEMENT,
    }
  })
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, funderVersionSchema, async (actor, input, { form, key }) => {
    const profileId = idOf(args.params.profileId)
    return redirectWithToast(await addFunderVersion(actor, profileId, input, await chosenFile(form, 'logo'), key), 'funder.version_added')
  })
}

export default function NewFunderVersionPage() {
  const { profile, start, earliest, longestStatement } = useLoaderData<typeof loader>()
  const { state, restored } = useFormState(useActionData<typeof action>())
  const t = useT(funderWords)
  const words = useT(common)
  const back = `/funder-profiles/${profile.id}`
  return (
    <>
      <PageHeader
        title={t('addVersionTitle')}
        crumbs={[
          { to: '/projects', label: t('projects') },
          { to: '/funder-profiles', label: t('title') },
          { to: back, label: profile.name },
        ]}
      />
      <ActionForm state={state} restored={restored} encType="multipart/form-data">
        <VersionFields start={start} earliest={earliest} longestStatement={longestStatement} />
        <FormActions>
          <Button variant="primary">{words('action.save')}</Button>
          <LinkButton variant="quiet" to={back}>
            {words('action.cancel')}
          </LinkButton>
        </FormActions>
      </ActionForm>
    </>
  )
}
