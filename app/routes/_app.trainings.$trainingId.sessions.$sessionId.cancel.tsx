import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { cancelSession } from '~/domain/session/cancel-session.server'
import { CancelForm } from '~/domain/session/schema'
import { sessionPage } from '~/domain/session/session.server'
import { wordTitle } from '~/i18n/page-title'
import { trainingWords } from '~/i18n/training'
import { useFormat, useT } from '~/i18n/use-language'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { ConfirmPage } from '~/ui/confirm-page'
import { TextField } from '~/ui/fields'
import { useFormState } from '~/ui/use-form-state'
import { useTrainingCrumbs } from './trainings/words'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, trainingWords, 'cancelSessionTitle')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, (actor) => sessionPage(actor, idOf(args.params.trainingId), idOf(args.params.sessionId)))
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, CancelForm, async (actor, { reason }, { key }) => {
    const trainingId = idOf(args.params.trainingId)
    return redirectWithToast(await cancelSession(actor, trainingId, idOf(args.params.sessionId), reason, key), 'session.was_cancelled')
  })
}

export default function CancelSessionPage() {
  const { training, session } = useLoaderData<typeof loader>()
  const { state } = useFormState(useActionData<typeof action>())
  const t = useT(trainingWords)
  const format = useFormat()
  const crumbs = useTrainingCrumbs()
  return (
    <ConfirmPage
      title={t('cancelSessionTitle')}
      crumbs={crumbs(training)}
      what={t('cancelSessionWhat', { when: format.timeRange(session.startsAt, session.endsAt) })}
      because={t('cancelSessionBecause')}
      confirmLabel={t('cancelSession')}
      danger
      final={t('cancelFinal')}
      cancelLabel={t('cancelNot')}
      cancelTo={`/trainings/${training.id}/sessions/${session.id}`}
      state={state}
    >
      <TextField name="reason" label={t('reason')} hint={t('cancelReasonHint')} required maxLength={1000} />
    </ConfirmPage>
  )
}
