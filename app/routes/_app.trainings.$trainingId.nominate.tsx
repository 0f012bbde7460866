import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { candidatesPage } from '~/domain/enrolment/candidates.server'
import { nominatePersons } from '~/domain/enrolment/nominate-persons.server'
import { CandidatesFilterForm, NominateForm } from '~/domain/enrolment/schema'
import { enrolmentWords } from '~/i18n/enrolment'
import { wordTitle } from '~/i18n/page-title'
import { useT } from '~/i18n/use-language'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { TextArea } from '~/ui/fields'
import { PageHeader } from '~/ui/page-header'
import { Candidates } from './trainings/candidates'
import { useTitle } from './trainings/title'
import { useTrainingCrumbs } from './trainings/words'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, enrolmentWords, 'nominateTitle')

export function loader(args: LoaderFunctionArgs) {
  const { page, ...filter } = CandidatesFilterForm.parse(Object.fromEntries(new URL(args.request.url).searchParams))
  return asActor(args, (actor) => candidatesPage(actor, idOf(args.params.trainingId), 'nominate', filter, page))
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, NominateForm, async (actor, input) => {
    const trainingId = idOf(args.params.trainingId)
    const nominated = await nominatePersons(actor, trainingId, input)
    return redirectWithToast(`/trainings/${trainingId}`, 'enrolment.nominated', nominated)
  })
}

export default function NominatePage() {
  const { training, ...list } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const t = useT(enrolmentWords)
  const titleOf = useTitle()
  const crumbs = useTrainingCrumbs()
  return (
    <>
      <PageHeader
        title={t('nominateTitle')}
        crumbs={crumbs(training)}
        status={`${titleOf(training)} · ${t('freeSeats', { free: training.free, capacity: training.capacity })}`}
      />
      <Candidates {...list} trainingId={training.id} reply={reply} submitLabel={t('nominateChosen')} beforeTurning={t('nominateFirst')}>
        <TextArea name="reason" label={t('reasonForNomination')} optional maxLength={1000} rows={3} />
      </Candidates>
    </>
  )
}
