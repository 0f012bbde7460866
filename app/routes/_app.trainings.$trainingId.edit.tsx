import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { editTraining, editTrainingPage } from '~/domain/training/edit-training.server'
import { TrainingForm } from '~/domain/training/schema'
import { common } from '~/i18n/common'
import { wordTitle } from '~/i18n/page-title'
import { trainingWords } from '~/i18n/training'
import { useT } from '~/i18n/use-language'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { Button, LinkButton } from '~/ui/button'
import { ActionForm, FormActions } from '~/ui/form'
import { PageHeader } from '~/ui/page-header'
import { useFormState } from '~/ui/use-form-state'
import { TrainingFields } from './trainings/training-fields'
import { useTrainingCrumbs } from './trainings/words'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, trainingWords, 'editTitle')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, (actor) => editTrainingPage(actor, idOf(args.params.trainingId)))
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, TrainingForm, async (actor, input) => {
    const trainingId = idOf(args.params.trainingId)
    const advanced = await editTraining(actor, trainingId, input)
    return redirectWithToast(`/trainings/${trainingId}`, advanced > 0 ? 'training.saved_advanced' : 'training.saved', { count: advanced })
  })
}

export default function EditTrainingPage() {
  const { training, ...choices } = useLoaderData<typeof loader>()
  const { state, restored } = useFormState(useActionData<typeof action>())
  const t = useT(trainingWords)
  const words = useT(common)
  const crumbs = useTrainingCrumbs()
  return (
    <>
      <PageHeader title={t('editTitle')} crumbs={crumbs(training)} />
      <ActionForm state={state} restored={restored}>
        <TrainingFields choices={choices} training={training} />
        <FormActions>
          <Button variant="primary">{words('action.save')}</Button>
          <LinkButton variant="quiet" to={`/trainings/${training.id}`}>
            {words('action.cancel')}
          </LinkButton>
        </FormActions>
      </ActionForm>
    </>
  )
}
