import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { trainingPage } from '~/domain/training/training-page.server'
import { enrolmentWords } from '~/i18n/enrolment'
import { formatPlace } from '~/i18n/format'
import { pageTitle } from '~/i18n/page-title'
import { rowsPerPageOf } from '~/i18n/preferences'
import { trainingWords } from '~/i18n/training'
import { useFormat, useT } from '~/i18n/use-language'
import { asActor, idOf } from '~/platform/handlers.server'
import { LinkButton } from '~/ui/button'
import { EuBlock } from '~/ui/eu-block'
import { Notice } from '~/ui/notice'
import { PageHeader, Section } from '~/ui/page-header'
import { DescriptionList } from '~/ui/status'
import { NextStep, PrimaryAction, primaryOf } from './trainings/next-step'
import { PeopleList } from './trainings/people-list'
import { SessionsList } from './trainings/sessions-list'
import { useTitle } from './trainings/title'
import { Lines, TrainingChip, TrainingDates } from './trainings/words'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => pageTitle(matches, data?.training.title)

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, (actor) => {
    const params = new URL(args.request.url).searchParams
    return trainingPage(actor, idOf(args.params.trainingId), {
      state: params.get('state'),
      page: Math.trunc(Number(params.get('page'))) || 1,
      rowsPerPage: rowsPerPageOf(args.request),
    })
  })
}

export default function TrainingPage() {
  const page = useLoaderData<typeof loader>()
  const { training, project, sessions, people, counts, own, may } = page
  const format = useFormat()
  const t = useT(trainingWords)
  const tt = useT(enrolmentWords)
  const titleOf = useTitle()
  const primary = primaryOf(page)
  return (
    <>
      <PageHeader
        title={titleOf(training)}
        crumbs={[{ to: '/trainings', label: t('title') }]}
        status={
          <>
            <TrainingChip state={training.state} /> <TrainingDates {...training} /> · {t('trainer')}: {training.trainer} ·{' '}
            {t('seatsOf', { taken: training.seatsTaken, capacity: training.capacity })}
          </>
        }
        action={primary ? <PrimaryAction {...primary} /> : undefined}
      />
      {project?.isEuFunded ? <EuBlock /> : null}
      {training.isInvented ? <Notice tone="info">{t('invented')}</Notice> : null}
      <OutsideTerm page={page} />
      <NextStep page={page} primary={primary} />
      {own ? (
        <Section title={tt('yourState')}>
          <p>
            {tt(`stateOwn.${own.state}`)} <Link to={`/trainings/${training.id}/enrolments/${own.id}`}>{tt('history')}</Link>
          </p>
          {own.attended ? (
            <p>{t('ownAttended', { hours: format.hours(own.attended.minutes), scheduled: format.hours(own.attended.scheduled) })}</p>
          ) : null}
        </Section>
      ) : null}
      <SessionsList trainingId={training.id} sessions={sessions} may={may} />
      {people ? <PeopleList trainingId={training.id} people={people} counts={counts} may={may} primary={primary?.action ?? null} /> : null}
      <About page={page} />
    </>
  )
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

function OutsideTerm({ page: { outsideTerm, term } }: { page: Page }) {
  const t = useT(trainingWords)
  const format = useFormat()
  if (outsideTerm.length === 0 || !term) return null
  return (
    <Notice tone="warn" title={t('outsideTerm')}>
      {outsideTerm.includes('before') && term.startsOn ? <p>{t('beforeTerm', { date: format.date(term.startsOn) })}</p> : null}
      {outsideTerm.includes('after') && term.endsOn ? <p>{t('afterTerm', { date: format.date(term.endsOn) })}</p> : null}
      <p>{t('outsideTermNote')}</p>
    </Notice>
  )
}

function About({ page: { training, project, may } }: { page: Page }) {
  const t = useT(trainingWords)
  const titleOf = useTitle()
  const projectName = project && (project.title ?? t('noProjectTitle'))
  return (
    <Section
      title={t('about')}
      action={
        may.manage ? (
          <>
            <LinkButton small to={`/trainings/${training.id}/edit`}>
              {t('edit')}
            </LinkButton>
            {may.cancel ? (
              <LinkButton small variant="quiet" to={`/trainings/${training.id}/cancel`}>
                {t('cancelTraining')}
              </LinkButton>
            ) : null}
          </>
        ) : undefined
      }
    >
      <DescriptionList
        items={[
          {
            label: t('course'),
            value: may.openCourse ? <Link to={`/courses/${training.courseId}`}>{titleOf(training)}</Link> : titleOf(training),
          },
          {
            label: t('project'),
            value: project ? may.openProject ? <Link to={`/projects/${project.id}`}>{projectName}</Link> : projectName : t('noWork'),
          },
          ...(project?.activity ? [{ label: t('activity'), value: project.activity }] : []),
          { label: t('where'), value: training.place ? formatPlace(training.place) : null },
          ...(training.onlineUrl ? [{ label: t('onlineUrl'), value: <a href={training.onlineUrl}>{t('openLink')}</a> }] : []),
          ...(training.note ? [{ label: t('note'), value: <Lines text={training.note} /> }] : []),
          ...(training.topics.length > 0
            ? [
                {
                  label: t('topics'),
                  value: (
                    <ul>
                      {training.topics.map((topic, index) => (
                        <li key={index}>{topic}</li>
                      ))}
                    </ul>
                  ),
                },
              ]
            : []),
          ...(training.materials ? [{ label: t('materials'), value: <Lines text={training.materials} /> }] : []),
        ]}
      />
    </Section>
  )
}
