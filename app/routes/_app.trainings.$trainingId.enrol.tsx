import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { candidatesPage } from '~/domain/enrolment/candidates.server'
import { enrolPersons } from '~/domain/enrolment/enrol-persons.server'
import { CandidatesFilterForm, EnrolForm } from '~/domain/enrolment/schema'
import { enrolmentWords } from '~/i18n/enrolment'
import { wordTitle } from '~/i18n/page-title'
import { useT } from '~/i18n/use-language'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { LinkButton } from '~/ui/button'
import { Checkbox } from '~/ui/fields'
import { PageHeader } from '~/ui/page-header'
import { Candidates } from './trainings/candidates'
import { useTitle } from './trainings/title'
import { useTrainingCrumbs } from './trainings/words'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, enrolmentWords, 'enrolTitle')

const filterOf = (request: Request) => CandidatesFilterForm.parse(Object.fromEntries(new URL(request.url).searchParams))

export function loader(args: LoaderFunctionArgs) {
  const { page, ...filter } = filterOf(args.request)
  return asActor(args, (actor) => candidatesPage(actor, idOf(args.params.trainingId), 'enrol', filter, page))
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, EnrolForm, async (actor, input) => {
    const trainingId = idOf(args.params.trainingId)
    const enrolled = await enrolPersons(actor, trainingId, input, filterOf(args.request))
    return redirectWithToast(`/trainings/${trainingId}`, 'enrolment.enrolled', enrolled)
  })
}

export default function EnrolPage() {
  const { training, total, ...list } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const t = useT(enrolmentWords)
  const titleOf = useTitle()
  const crumbs = useTrainingCrumbs()
  return (
    <>
      <PageHeader
        title={t('enrolTitle')}
        crumbs={crumbs(training)}
        status={`${titleOf(training)} · ${t('freeSeats', { free: training.free, capacity: training.capacity })}`}
      />
      <Candidates
        {...list}
        total={total}
        trainingId={training.id}
        reply={reply}
        submitLabel={t('enrolChosen')}
        beforeTurning={t('enrolFirst')}
        first={
          <LinkButton variant="primary" to="/staff/new">
            {t('addEmployee')}
          </LinkButton>
        }
      >
        {total > 1 ? <Checkbox name="everybody" label={t('everybody', { count: total })} /> : null}
        <Checkbox name="whenFull" value="waiting" label={t('whenFull')} hint={t('whenFullHint')} />
      </Candidates>
    </>
  )
}
