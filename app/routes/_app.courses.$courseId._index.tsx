import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import Archive from 'lucide-react/icons/archive'
import CalendarPlus from 'lucide-react/icons/calendar-plus'
import Pencil from 'lucide-react/icons/pencil'
import { topicsOf } from '~/domain/course/course'
import { findCourse } from '~/domain/course/course.server'
import { archiveCourse } from '~/domain/course/keep-course.server'
import { archiveSchema } from '~/domain/course/schema'
import { can } from '~/domain/policy'
import { courseWords } from '~/i18n/course'
import { pageTitle } from '~/i18n/page-title'
import { useFormat, useLanguage, useT } from '~/i18n/use-language'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { Button, LinkButton } from '~/ui/button'
import { ActionForm, FormActions } from '~/ui/form'
import { PageHeader, Section } from '~/ui/page-header'
import { DescriptionList, StatusChip } from '~/ui/status'
import { useFormState } from '~/ui/use-form-state'
import { LinkedText } from './courses/linked-text'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => pageTitle(matches, data?.course.title)

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => ({
    course: await findCourse(actor, idOf(args.params.courseId)),
    may: {
      manage: can(actor, 'course.manage', null),
      trainings: can(actor, 'training.list', null),
      plan: can(actor, 'training.manage', null),
    },
  }))
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, archiveSchema, async (actor, { intent }) => {
    const courseId = idOf(args.params.courseId)
    await archiveCourse(actor, courseId, intent)
    return redirectWithToast(`/courses/${courseId}`, intent === 'archive' ? 'course.archived' : 'course.restored')
  })
}

export default function CourseCardPage() {
  const { course, may } = useLoaderData<typeof loader>()
  const { state } = useFormState(useActionData<typeof action>())
  const t = useT(courseWords)
  const format = useFormat()
  const language = useLanguage()
  const topics = topicsOf(course.topics)
  const plans = may.plan && !course.archivedAt
  return (
    <>
      <PageHeader
        title={language === 'en' && course.titleEn ? course.titleEn : <span lang="bg">{course.title}</span>}
        crumbs={[{ to: '/courses', label: t('title') }]}
        status={
          course.archivedAt ? <StatusChip icon={Archive}>{t('archived', { date: format.date(course.archivedAt) })}</StatusChip> : undefined
        }
        action={
          may.manage || plans ? (
            <>
              {may.manage ? (
                <LinkButton to={`/courses/${course.id}/edit`} icon={Pencil}>
                  {t('edit')}
                </LinkButton>
              ) : null}
              {plans ? (
                <LinkButton variant="primary" to={`/trainings/new?course=${course.id}`} icon={CalendarPlus}>
                  {t('planOne')}
                </LinkButton>
              ) : null}
            </>
          ) : undefined
        }
      />
      <DescriptionList
        items={[
          { label: t('kind'), value: t(`kinds.${course.kind}`) },
          { label: t('titleEn'), value: course.titleEn ? <span lang="en">{course.titleEn}</span> : null },
          { label: t('duration'), value: format.hours(course.durationMinutes) },
          { label: t('requiredShare'), value: t('percent', { percent: course.requiredSharePercent }) },
          { label: t('legalBasis'), value: course.legalBasis },
          {
            label: t('topics'),
            gender: 'pl',
            value:
              topics.length > 0 ? (
                <ul className="list-disc ps-5">
                  {topics.map((topic, index) => (
                    <li key={index}>{topic}</li>
                  ))}
                </ul>
              ) : null,
          },
        ]}
      />
      {may.trainings ? (
        <p className="mt-4">
          <Link to={`/trainings?course=${course.id}&view=all`}>{t('trainingsHere')}</Link>
        </p>
      ) : null}
      {course.mayReadMaterials && course.materials ? (
        <Section title={t('materials')} id="materials">
          <LinkedText text={course.materials} />
        </Section>
      ) : null}
      {may.manage ? (
        <Section title={t('archiveHeading')}>
          <ActionForm state={state}>
            <p>{t(course.archivedAt ? 'restoreText' : 'archiveText')}</p>
            <FormActions>
              <Button name="intent" value={course.archivedAt ? 'restore' : 'archive'}>
                {t(course.archivedAt ? 'restore' : 'archive')}
              </Button>
            </FormActions>
          </ActionForm>
        </Section>
      ) : null}
    </>
  )
}
