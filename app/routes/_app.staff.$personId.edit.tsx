import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { fullName } from '~/domain/person/person'
import { findPerson } from '~/domain/person/person.server'
import { personSchema } from '~/domain/person/schema'
import { updatePerson } from '~/domain/person/update-person.server'
import { authorize } from '~/domain/policy'
import { common } from '~/i18n/common'
import { pageTitle } from '~/i18n/page-title'
import { personWords } from '~/i18n/person'
import { useT } from '~/i18n/use-language'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { Button, LinkButton } from '~/ui/button'
import { ActionForm, FormActions } from '~/ui/form'
import { PageHeader } from '~/ui/page-header'
import { useFormState } from '~/ui/use-form-state'
import { PersonFields } from './staff/person-fields'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => pageTitle(matches, data?.name)

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    const person = await findPerson(actor, idOf(args.params.personId))
    authorize(actor, 'staff.manage', null)
    return { person, name: fullName(person) }
  })
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, personSchema, async (actor, input) => {
    const personId = idOf(args.params.personId)
    await updatePerson(actor, personId, input)
    return redirectWithToast(`/staff/${personId}`, 'person.saved')
  })
}

export default function EditPersonPage() {
  const { person, name } = useLoaderData<typeof loader>()
  const { state, restored } = useFormState(useActionData<typeof action>())
  const t = useT(personWords)
  const words = useT(common)
  return (
    <>
      <PageHeader
        title={t('editTitle')}
        crumbs={[
          { to: '/staff', label: t('staff') },
          { to: `/staff/${person.id}`, label: name },
        ]}
      />
      <ActionForm state={state} restored={restored}>
        <PersonFields person={person} />
        <FormActions>
          <Button variant="primary">{words('action.save')}</Button>
          <LinkButton variant="quiet" to={`/staff/${person.id}`}>
            {words('action.cancel')}
          </LinkButton>
        </FormActions>
      </ActionForm>
    </>
  )
}
