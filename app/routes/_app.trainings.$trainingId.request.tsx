import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { requestPage, requestPlace } from '~/domain/enrolment/request-place.server'
import { RequestForm } from '~/domain/enrolment/schema'
import { enrolmentWords } from '~/i18n/enrolment'
import { wordTitle } from '~/i18n/page-title'
import { useT } from '~/i18n/use-language'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { LinkButton } from '~/ui/button'
import { ConfirmPage } from '~/ui/confirm-page'
import { TextArea } from '~/ui/fields'
import { Notice } from '~/ui/notice'
import { PageHeader } from '~/ui/page-header'
import { useFormState } from '~/ui/use-form-state'
import { useTitle } from './trainings/title'
import { TrainingDates, useTrainingCrumbs } from './trainings/words'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, enrolmentWords, 'requestTitle')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, (actor) => requestPage(actor, idOf(args.params.trainingId)))
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, RequestForm, async (actor, input, { key }) => {
    const trainingId = idOf(args.params.trainingId)
    await requestPlace(actor, trainingId, input, key)
    return redirectWithToast(`/trainings/${trainingId}`, 'enrolment.requested')
  })
}

export default function RequestPage() {
  const { training, name, state: own, isPossible } = useLoaderData<typeof loader>()
  const { state } = useFormState(useActionData<typeof action>())
  const t = useT(enrolmentWords)
  const titleOf = useTitle()
  const crumbs = useTrainingCrumbs()
  if (!isPossible)
    return (
      <>
        <PageHeader title={t('requestTitle')} crumbs={crumbs(training)} />
        <Notice tone="info" title={t('requestImpossible')}>
          {own ? <p>{t(`stateOwn.${own}`)}</p> : null}
        </Notice>
        <LinkButton to={`/trainings/${training.id}`}>{t('backToTraining')}</LinkButton>
      </>
    )
  return (
    <ConfirmPage
      title={t('requestTitle')}
      crumbs={crumbs(training)}
      what={t('requestWhat', { title: titleOf(training) })}
      affects={
        <p>
          {name}, <TrainingDates {...training} />
        </p>
      }
      confirmLabel={t('request')}
      cancelTo={`/trainings/${training.id}`}
      state={state}
    >
      {training.free <= 0 ? <Notice tone="info">{t('requestFull')}</Notice> : null}
      <TextArea name="reason" label={t('message')} optional maxLength={1000} rows={3} />
    </ConfirmPage>
  )
}
