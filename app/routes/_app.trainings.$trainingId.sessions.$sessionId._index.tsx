import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { moveSession } from '~/domain/session/move-session.server'
import { SessionForm } from '~/domain/session/schema'
import { sessionPage } from '~/domain/session/session.server'
import { common } from '~/i18n/common'
import { wordTitle } from '~/i18n/page-title'
import { trainingWords } from '~/i18n/training'
import { useFormat, useT } from '~/i18n/use-language'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { Button, LinkButton } from '~/ui/button'
import { ActionForm, FormActions } from '~/ui/form'
import { Notice } from '~/ui/notice'
import { PageHeader, Section } from '~/ui/page-header'
import { StatusChip } from '~/ui/status'
import { useFormState } from '~/ui/use-form-state'
import { CheckInFields, SessionFields } from './trainings/session-fields'
import { PlaceFields } from './trainings/training-fields'
import { useTrainingCrumbs } from './trainings/words'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, trainingWords, 'editSessionTitle')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, (actor) => sessionPage(actor, idOf(args.params.trainingId), idOf(args.params.sessionId)))
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, SessionForm, async (actor, input) => {
    const trainingId = idOf(args.params.trainingId)
    const recounted = await moveSession(actor, trainingId, idOf(args.params.sessionId), input)
    return redirectWithToast(`/trainings/${trainingId}`, recounted > 0 ? 'session.saved_recounted' : 'session.saved', { count: recounted })
  })
}

export default function SessionPage() {
  const { training, session, marked } = useLoaderData<typeof loader>()
  const { state, restored } = useFormState(useActionData<typeof action>())
  const t = useT(trainingWords)
  const words = useT(common)
  const format = useFormat()
  const crumbs = useTrainingCrumbs()
  return (
    <>
      <PageHeader
        title={t('editSessionTitle')}
        crumbs={crumbs(training)}
        status={
          <>
            {format.timeRange(session.startsAt, session.endsAt)}{' '}
            {session.isCancelled ? <StatusChip tone="bad">{t('sessionCancelled')}</StatusChip> : null}
          </>
        }
      />
      {marked > 0 ? <Notice tone="warn">{t('marksWarning', { count: marked })}</Notice> : null}
      {session.isCancelled ? (
        <LinkButton to={`/trainings/${training.id}`}>{words('action.back')}</LinkButton>
      ) : (
        <ActionForm state={state} restored={restored}>
          <SessionFields times={session} required />
          <PlaceFields place={session.place} onlineUrl={session.onlineUrl} hint={t('samePlace')} />
          <CheckInFields session={session} />
          <FormActions>
            <Button variant="primary">{words('action.save')}</Button>
            <LinkButton variant="quiet" to={`/trainings/${training.id}`}>
              {words('action.cancel')}
            </LinkButton>
          </FormActions>
        </ActionForm>
      )}
      {marked === 0 && !session.isCancelled ? (
        <Section title={t('cancelSessionTitle')}>
          <p>{t('cancelSessionText')}</p>
          <LinkButton variant="danger" to={`/trainings/${training.id}/sessions/${session.id}/cancel`}>
            {t('cancelSession')}
          </LinkButton>
        </Section>
      ) : null}
    </>
  )
}
