import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { approveEnrolment, refuseEnrolment, withdrawEnrolment } from '~/domain/enrolment/decide-enrolment.server'
import type { EnrolmentState } from '~/domain/enrolment/enrolment'
import { enrolmentPage } from '~/domain/enrolment/enrolment.server'
import { DecisionForm } from '~/domain/enrolment/schema'
import { enrolmentWords } from '~/i18n/enrolment'
import { pageTitle } from '~/i18n/page-title'
import { useFormat, useT } from '~/i18n/use-language'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { Notice } from '~/ui/notice'
import { PageHeader, Section } from '~/ui/page-header'
import { Timeline } from '~/ui/status'
import { Decisions } from './trainings/decisions'
import { useTitle } from './trainings/title'
import { EnrolmentChip, TrainingDates, useTrainingCrumbs } from './trainings/words'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => pageTitle(matches, data?.person.name)

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    const page = await enrolmentPage(actor, idOf(args.params.trainingId), idOf(args.params.enrolmentId))
    return { ...page, isOwn: actor.personId === page.person.id }
  })
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, DecisionForm, async (actor, input, { key }) => {
    const [trainingId, enrolmentId] = [idOf(args.params.trainingId), idOf(args.params.enrolmentId)]
    const page = `/trainings/${trainingId}/enrolments/${enrolmentId}`
    switch (input.intent) {
      case 'approve':
        return redirectWithToast(page, `enrolment.${await approveEnrolment(actor, trainingId, enrolmentId, input.whenFull, key)}`)
      case 'refuse':
        return redirectWithToast(page, `enrolment.${await refuseEnrolment(actor, trainingId, enrolmentId, input.refusal, key)}`)
      case 'withdraw': {
        const from = await withdrawEnrolment(actor, trainingId, enrolmentId, input.reason, key)
        return redirectWithToast(`/trainings/${trainingId}`, `enrolment.${from}`)
      }
    }
  })
}

/** Whether the sentence says more than the state beside the name. */
const saysMore = (state: EnrolmentState) => state !== 'approved' && state !== 'withdrawn'

export default function EnrolmentPage() {
  const { person, state, steps, training, may, attended, isOwn } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const t = useT(enrolmentWords)
  const format = useFormat()
  const crumbs = useTrainingCrumbs()
  const titleOf = useTitle()
  return (
    <>
      <PageHeader
        title={person.name}
        crumbs={crumbs(training)}
        status={
          <>
            <span className="basis-full">
              {titleOf(training)}, <TrainingDates {...training} />
            </span>
            <EnrolmentChip state={state} /> {[person.position, person.service].filter(Boolean).join(', ')}{' '}
            {may.openPerson ? <Link to={`/staff/${person.id}`}>{t('profile')}</Link> : null}
          </>
        }
      />
      {isOwn && saysMore(state) ? <Notice tone="info">{t(`stateOwn.${state}`)}</Notice> : null}
      {may.withdraw && attended > 0 ? <Notice tone="info">{t('attendedKeeps')}</Notice> : null}
      <Decisions
        may={{ ...may, withdraw: may.withdraw && attended === 0 }}
        free={training.free}
        isOwn={isOwn}
        holdsPlace={state === 'approved'}
        reply={reply}
      />
      <Section title={t('history')}>
        <Timeline
          events={steps.map((step) => ({
            id: step.id,
            when: format.dateTime(step.at),
            who: step.who ?? t('automatic'),
            title: step.isAdvance ? t('advance') : t(`state.${step.state}`),
            detail: step.reason,
          }))}
        />
      </Section>
    </>
  )
}
