import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import Pencil from 'lucide-react/icons/pencil'
import { can } from '~/domain/policy'
import { attendancesByMonth, projectNumbers } from '~/domain/project/project-numbers.server'
import { projectCard } from '~/domain/project/project.server'
import { attendanceFileWords } from '~/i18n/attendance-file'
import { common } from '~/i18n/common'
import { pageTitle } from '~/i18n/page-title'
import { projectWords } from '~/i18n/project'
import { useFormat, useLanguage, useT } from '~/i18n/use-language'
import { asActor, idOf } from '~/platform/handlers.server'
import { LinkButton } from '~/ui/button'
import { EuBlock } from '~/ui/eu-block'
import { ExportMenu } from '~/ui/export-menu'
import { Figure } from '~/ui/figure'
import { Notice } from '~/ui/notice'
import { PageHeader, Section } from '~/ui/page-header'
import { Stat, Stats } from '~/ui/status'
import { Activities, Facts, Trainings } from './projects/project-card'
import { useProjectName, useWarningText } from './projects/project-text'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, data?.project.title ?? data?.project.numberAsWritten ?? undefined)

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    const projectId = idOf(args.params.projectId)
    const [card, numbers, months] = await Promise.all([
      projectCard(actor, projectId),
      projectNumbers(actor, projectId),
      attendancesByMonth(actor, projectId),
    ])
    return { ...card, numbers, months, mayManage: can(actor, 'project.manage', null) }
  })
}

export default function ProjectCardPage() {
  const { project, warnings, activities, trainings, trainingsInAll, funder, numbers, months, mayManage } = useLoaderData<typeof loader>()
  const t = useT(projectWords)
  const files = useT(attendanceFileWords)
  const words = useT(common)
  const format = useFormat()
  const english = useLanguage() === 'en'
  const nameOf = useProjectName()
  const warningText = useWarningText()
  const here = `/projects/${project.id}`
  // the label names the unit; the number keeps its group's non-breaking spaces
  const hours = format.academicNumber(numbers.attendedMinutes)
  return (
    <>
      <PageHeader
        title={nameOf(project)}
        crumbs={[{ to: '/projects', label: t('title') }]}
        status={project.title && project.numberAsWritten ? project.numberAsWritten : undefined}
        action={
          mayManage ? (
            <LinkButton variant="primary" to={`${here}/edit`} icon={Pencil}>
              {t('edit')}
            </LinkButton>
          ) : undefined
        }
      />
      {project.isEuFunded ? <EuBlock /> : null}
      {warnings.length > 0 ? (
        <Section title={t('warnings')} id="warnings">
          <ul className="grid gap-2">
            {warnings.map((warning) => (
              <li key={warning.id}>
                <Notice tone="warn">
                  <p>{warningText(warning)}</p>
                </Notice>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section title={t('numbers')} id="numbers" action={<ExportMenu to={here} label={files('takeAttendance')} />}>
        <Stats>
          <Stat value={format.number(numbers.persons)} label={t('persons')} note={t('personsNote')} to={`${here}/persons`} />
          <Stat
            value={format.number(numbers.attendances)}
            label={t('attendances')}
            note={t('attendancesNote')}
            to={`${here}/attendances`}
          />
          <Stat value={hours} label={t('hours')} note={format.minutes(numbers.attendedMinutes)} to={`${here}/attendances`} />
        </Stats>
        {months.length > 1 ? (
          <Figure
            title={t('byMonth')}
            labelHead={t('month')}
            valueHead={t('attendances')}
            bars={months.map(({ month, attendances }) => ({
              label: `${month.slice(5)}.${month.slice(0, 4)}${english ? '' : '\u00a0г.'}`,
              value: attendances,
              text: words('attendances', { count: attendances }),
            }))}
          />
        ) : null}
      </Section>
      <Facts project={project} funder={funder} />
      <Activities projectId={project.id} activities={activities} mayManage={mayManage} />
      <Trainings projectId={project.id} trainings={trainings} inAll={trainingsInAll} mayManage={mayManage} />
    </>
  )
}
