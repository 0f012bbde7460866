import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { cancelTraining, cancelTrainingPage } from '~/domain/training/cancel-training.server'
import { CancelTrainingForm } from '~/domain/training/schema'
import { wordTitle } from '~/i18n/page-title'
import { trainingWords } from '~/i18n/training'
import { useT } from '~/i18n/use-language'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { ConfirmPage } from '~/ui/confirm-page'
import { TextField } from '~/ui/fields'
import { useFormState } from '~/ui/use-form-state'
import { useTitle } from './trainings/title'
import { useTrainingCrumbs } from './trainings/words'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, trainingWords, 'cancelTitle')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, (actor) => cancelTrainingPage(actor, idOf(args.params.trainingId)))
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, CancelTrainingForm, async (actor, { reason }, { key }) =>
    redirectWithToast(await cancelTraining(actor, idOf(args.params.trainingId), reason, key), 'training.was_cancelled'),
  )
}

export default function CancelTrainingPage() {
  const { training, people, sessions } = useLoaderData<typeof loader>()
  const { state } = useFormState(useActionData<typeof action>())
  const t = useT(trainingWords)
  const titleOf = useTitle()
  const crumbs = useTrainingCrumbs()
  return (
    <ConfirmPage
      title={t('cancelTitle')}
      crumbs={crumbs(training)}
      what={t('cancelWhat', { title: titleOf(training) })}
      affects={
        <ul>
          <li>{t('cancelPeople', { count: people })}</li>
          <li>{t('cancelSessions', { count: sessions })}</li>
        </ul>
      }
      because={t('cancelBecause')}
      confirmLabel={t('cancelTraining')}
      danger
      final={t('cancelFinal')}
      cancelLabel={t('cancelNot')}
      cancelTo={`/trainings/${training.id}`}
      state={state}
    >
      <TextField name="reason" label={t('reason')} hint={t('cancelReasonHint')} required maxLength={1000} />
    </ConfirmPage>
  )
}
