import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { USUAL_COLUMNS } from '~/domain/funder/funder'
import { createFunder } from '~/domain/funder/keep-funder.server'
import { LONGEST_STATEMENT, newFunderSchema } from '~/domain/funder/schema'
import { authorize } from '~/domain/policy'
import { common } from '~/i18n/common'
import { funderWords } from '~/i18n/funder'
import { wordTitle } from '~/i18n/page-title'
import { useT } from '~/i18n/use-language'
import { clock } from '~/platform/clock.server'
import { asActor, formAction, redirectWithToast } from '~/platform/handlers.server'
import { chosenFile } from '~/platform/read-form.server'
import { dayOf } from '~/platform/zoned.server'
import { Button, LinkButton } from '~/ui/button'
import { TextField } from '~/ui/fields'
import { ActionForm, FormActions } from '~/ui/form'
import { PageHeader } from '~/ui/page-header'
import { useFormState } from '~/ui/use-form-state'
import { VersionFields } from './funders/version-fields'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, funderWords, 'addTitle')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    authorize(actor, 'funder.manage', null)
    const start = {
      validFrom: dayOf(clock.now(), actor.timeZone),
      showsEuBlock: true,
      statement: null,
      columns: USUAL_COLUMNS,
      hasLogo: false,
    }
    return { start, longestStatement: LONGEST_STATEMENT }
  })
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, newFunderSchema, async (actor, input, { form, key }) =>
    redirectWithToast(await createFunder(actor, input, await chosenFile(form, 'logo'), key), 'funder.created'),
  )
}

export default function NewFunderProfilePage() {
  const { start, longestStatement } = useLoaderData<typeof loader>()
  const { state, restored } = useFormState(useActionData<typeof action>())
  const t = useT(funderWords)
  const words = useT(common)
  return (
    <>
      <PageHeader
        title={t('addTitle')}
        crumbs={[
          { to: '/projects', label: t('projects') },
          { to: '/funder-profiles', label: t('title') },
        ]}
      />
      <ActionForm state={state} restored={restored} encType="multipart/form-data">
        <TextField name="name" label={t('name')} required maxLength={200} autoComplete="off" />
        <VersionFields start={start} longestStatement={longestStatement} />
        <FormActions>
          <Button variant="primary">{words('action.save')}</Button>
          <LinkButton variant="quiet" to="/funder-profiles">
            {words('action.cancel')}
          </LinkButton>
        </FormActions>
      </ActionForm>
    </>
  )
}
