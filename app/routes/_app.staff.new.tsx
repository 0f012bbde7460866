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
import { serviceWords } from '~/i18n/service'
import { useT } from '~/i18n/use-language'
import { asActor, formAction, redirectWithToast } from '~/platform/handlers.server'
import { Button, LinkButton } from '~/ui/button'
import { ActionForm, FormActions } from '~/ui/form'
import { Notice } from '~/ui/notice'
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
  const service = useT(serviceWords)
  const words = useT(common)
  return (
    <>
      <PageHeader title={t('addTitle')} crumbs={[{ to: '/staff', label: t('staff') }]} />
      {places.length > 0 ? null : (
        <Notice title={service('emptyTitle')}>
          <p>{t('postLater')}</p>
          <LinkButton to="/employers/new">{service('addEmployer')}</LinkButton>
        </Notice>
      )}
      <ActionForm state={state} restored={restored}>
        <PersonFields />
        {places.length > 0 ? (
          <>
            <div>
              <h2>{t('firstPost')}</h2>
              <p>{t('firstPostHint')}</p>
            </div>
            <PostFields places={places} optional />
          </>
        ) : null}
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
