import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { createPerson } from '~/domain/person/create-person.server'
import { PersonFields, PostFields } from './staff/person-fields'
import { newPersonSchema } from '~/domain/person/schema'
import { workplaces } from '~/domain/person/workplace.server'
import { authorize } from '~/domain/policy'
import { common } from '~/i18n/common'
import { wordTitle } from '~/i18n/page-title'
import { personWords } from '~/i18n/person'
import { useT } from '~/i18n/use-language'
import { asActor, formAction, redirectWithToast } from '~/platform/handlers.server'
import { Button, LinkButton } from '~/ui/button'
import { ActionForm, FormActions } from '~/ui/form'
import { PageHeader } from '~/ui/page-header'
import { useFormState } from '~/ui/use-form-state'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, personWords, 'addTitle')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    authorize(actor, 'staff.manage', null)
    return { places: await workplaces(actor) }
  })
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, newPersonSchema, async (actor, input, { key }) =>
    redirectWithToast(await createPerson(actor, input, key), 'person.created'),
  )
}

export default function NewPersonPage() {
  const { places } = useLoaderData<typeof loader>()
  const { state, restored } = useFormState(useActionData<typeof action>())
  const t = useT(personWords)
  const words = useT(common)
  return (
    <>
      <PageHeader title={t('addTitle')} crumbs={[{ to: '/staff', label: t('staff') }]} />
      <ActionForm state={state} restored={restored}>
        <PersonFields />
        <div>
          <h2>{t('firstPost')}</h2>
          <p>{t('firstPostHint')}</p>
        </div>
        <PostFields places={places} optional />
        <FormActions>
          <Button variant="primary">{words('action.save')}</Button>
          <LinkButton variant="quiet" to="/staff">
            {words('action.cancel')}
          </LinkButton>
        </FormActions>
      </ActionForm>
    </>
  )
}
