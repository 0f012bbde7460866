import { Link } from '@remix-run/react'
import type { projectCard } from '~/domain/project/project.server'
import { funderWords } from '~/i18n/funder'
import { projectWords } from '~/i18n/project'
import { useFormat, useLanguage, useT } from '~/i18n/use-language'
import { LinkButton } from '~/ui/button'
import { DataTable } from '~/ui/data-table'
import { Section } from '~/ui/page-header'
import { CalmList, DescriptionList, StatusChip } from '~/ui/status'
import { Amount } from './project-text'

type Card = Awaited<ReturnType<typeof projectCard>>

/** The facts of a project; what no source states shows as „не е посочено“. */
export function Facts({ project, funder }: { project: Omit<Card['project'], 'createdAt'>; funder: Card['funder'] }) {
  const t = useT(projectWords)
  const ofFunder = useT(funderWords)
  const format = useFormat()
  const day = (value: string | null) => (value ? format.date(value) : null)
  return (
    <Section title={t('facts')} id="facts">
      <DescriptionList
        items={[
          { label: t('projectTitle'), value: project.title },
          { label: t('numberAsWritten'), value: project.numberAsWritten, gender: 'm' },
          { label: t('procedureCode'), value: project.procedureCode, gender: 'f' },
          { label: t('programme'), value: project.programme, gender: 'f' },
          { label: t('funding'), value: project.funding },
          { label: t('euLabel'), value: t(project.isEuFunded ? 'euYes' : 'euNo') },
          {
            label: ofFunder('choice'),
            value: funder ? (
              <Link to={`/funder-profiles/${funder.id}`}>{funder.name}</Link>
            ) : (
              <Link to="/funder-profiles">{ofFunder('noChoice')}</Link>
            ),
          },
          {
            label: t('amount'),
            gender: 'f',
            value:
              project.amountBgn && project.amountKind ? <Amount amountBgn={project.amountBgn} amountKind={project.amountKind} /> : null,
          },
          { label: t('startsOn'), value: day(project.startsOn) },
          { label: t('endsOn'), value: day(project.endsOn), gender: 'm' },
          { label: t('term'), value: project.termMonths ? t('months', { count: project.termMonths }) : null, gender: 'm' },
          { label: t('announcedOn'), value: day(project.announcedOn) },
          { label: t('signedAsWritten'), value: project.signedAsWritten },
          { label: t('plannedStaff'), value: project.plannedStaff ? format.number(project.plannedStaff) : null, gender: 'pl' },
          { label: t('retainUntil'), value: day(project.retainUntil) },
          ...(project.note ? [{ label: t('note'), value: <span className="whitespace-pre-line">{project.note}</span> }] : []),
        ]}
      />
    </Section>
  )
}

/** The activities in their order, with how many trainings each has. */
export function Activities({
  projectId,
  activities,
  mayManage,
}: {
  projectId: string
  activities: Card['activities']
  mayManage: boolean
}) {
  const t = useT(projectWords)
  return (
    <Section
      title={t('activities')}
      id="activities"
      action={
        mayManage ? (
          <LinkButton small to={`/projects/${projectId}/activities`}>
            {t('addActivity')}
          </LinkButton>
        ) : undefined
      }
    >
      {activities.length === 0 ? (
        <p>{t('noActivities')}</p>
      ) : (
        <CalmList>
          {activities.map(({ id, ordinal, title, _count }) => (
            <li key={id}>
              <span>
                {t('activity', { ordinal })}. {title}
              </span>
              <span>{t('activityTrainings', { count: _count.trainings })}</span>
            </li>
          ))}
        </CalmList>
      )}
    </Section>
  )
}

type Training = Omit<Card['trainings'][number], 'startsAt' | 'endsAt' | 'cancelledAt'> &
  Record<'startsAt' | 'endsAt' | 'cancelledAt', Date | string | null>

/** The trainings under a project, the latest first. */
type TrainingsProps = { projectId: string; trainings: Training[]; inAll: number; mayManage: boolean }

export function Trainings({ projectId, trainings, inAll, mayManage }: TrainingsProps) {
  const t = useT(projectWords)
  const format = useFormat()
  const english = useLanguage() === 'en'
  return (
    <Section
      title={t('trainingsHeading')}
      id="trainings"
      action={
        mayManage ? (
          <LinkButton small to={`/trainings/new?project=${projectId}`}>
            {t('newTraining')}
          </LinkButton>
        ) : undefined
      }
    >
      <DataTable
        caption={t('trainingsHeading')}
        captionHidden
        rows={trainings}
        rowKey={({ id }) => id}
        rowTo={({ id }) => `/trainings/${id}`}
        columns={[
          { key: 'training', header: t('training'), cell: ({ course }) => (english && course.titleEn) || course.title },
          {
            key: 'dates',
            header: t('dates'),
            cell: ({ startsAt, endsAt, cancelledAt }) =>
              cancelledAt ? (
                <StatusChip tone="bad">{t('cancelled')}</StatusChip>
              ) : startsAt && endsAt ? (
                format.dateRange(startsAt, endsAt)
              ) : (
                t('noDates')
              ),
          },
          {
            key: 'activity',
            header: t('activityTitle'),
            cell: ({ activity }) => (activity ? t('activity', { ordinal: activity.ordinal }) : t('noActivity')),
          },
          {
            key: 'seats',
            header: t('seats'),
            numeric: true,
            cell: ({ seatsTaken, capacity }) => t('seatsOf', { taken: seatsTaken, capacity }),
          },
        ]}
        empty={<p>{t('noTrainings')}</p>}
      />
      {inAll > trainings.length ? (
        <p>
          <Link to={`/trainings?view=all&project=${projectId}`}>{t('allTrainings', { count: inAll })}</Link>
        </p>
      ) : null}
    </Section>
  )
}
