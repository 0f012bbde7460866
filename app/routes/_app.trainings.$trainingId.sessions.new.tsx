import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { addSession } from '~/domain/session/add-session.server'
import { SessionForm } from '~/domain/session/schema'
import { newSessionPage } from '~/domain/session/session.server'
import { common } from '~/i18n/common'
import { wordTitle } from '~/i18n/page-title'
import { trainingWords } from '~/i18n/training'
import { useT } from '~/i18n/use-language'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { Button, LinkButton } from '~/ui/button'
import { ActionForm, FormActions } from '~/ui/form'
import { PageHeader } from '~/ui/page-header'
import { useFormState } from '~/ui/use-form-state'
import { CheckInFields, SessionFields } from './trainings/session-fields'
import { PlaceFields } from './trainings/training-fields'
import { useTrainingCrumbs } from './trainings/words'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, trainingWords, 'newSession')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, (actor) => newSessionPage(actor, idOf(args.params.trainingId)))
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, SessionForm, async (actor, input, { key }) =>
    redirectWithToast(await addSession(actor, idOf(args.params.trainingId), input, key), 'session.added'),
  )
}

export default function NewSessionPage() {
  const { training } = useLoaderData<typeof loader>()
  const { state, restored } = useFormState(useActionData<typeof action>())
  const t = useT(trainingWords)
  const words = useT(common)
  const crumbs = useTrainingCrumbs()
  return (
    <>
      <PageHeader title={t('newSession')} crumbs={crumbs(training)} />
      <ActionForm state={state} restored={restored}>
        <SessionFields required />
        <PlaceFields hint={t('samePlace')} />
        <CheckInFields />
        <FormActions>
          <Button variant="primary">{t('addSession')}</Button>
          <LinkButton variant="quiet" to={`/trainings/${training.id}`}>
            {words('action.cancel')}
          </LinkButton>
        </FormActions>
      </ActionForm>
    </>
  )
}
