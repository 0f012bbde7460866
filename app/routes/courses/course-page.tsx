import { COURSE_KINDS, USUAL_SHARE_PERCENT } from '~/domain/course/course'
import { common } from '~/i18n/common'
import { courseWords } from '~/i18n/course'
import { useT } from '~/i18n/use-language'
import { Button, LinkButton } from '~/ui/button'
import { NumberField, SelectField, TextArea, TextField } from '~/ui/fields'
import { ActionForm, FieldRow, FormActions } from '~/ui/form'
import { PageHeader } from '~/ui/page-header'
import { SecondThought } from '~/ui/second-thought'
import { useFormState } from '~/ui/use-form-state'
import { DurationField } from './duration-field'

type Course = {
  id: string
  kind: string
  title: string
  titleEn: string | null
  topics: string
  durationMinutes: number
  requiredSharePercent: number
  legalBasis: string | null
  materials: string | null
}

/** The form of a course, a new one or one to correct. */
export function CoursePage({
  course,
  academicHourMinutes,
  actionData,
}: {
  course?: Course
  academicHourMinutes: number
  actionData: unknown
}) {
  const { state, restored } = useFormState(actionData)
  const t = useT(courseWords)
  const words = useT(common)
  const back = course ? `/courses/${course.id}` : '/courses'
  return (
    <>
      <PageHeader
        title={t(course ? 'editTitle' : 'addTitle')}
        crumbs={[{ to: '/courses', label: t('title') }, ...(course ? [{ to: back, label: course.title }] : [])]}
      />
      <ActionForm state={state} restored={restored}>
        <SecondThought name="another" label={t('another')} hint={t('anotherHint')} see={t('seeSame')} />
        <TextField name="title" label={t('courseTitle')} defaultValue={course?.title} required maxLength={300} autoComplete="off" />
        <TextField
          name="titleEn"
          label={t('titleEn')}
          hint={t('titleEnHint')}
          defaultValue={course?.titleEn}
          optional
          maxLength={300}
          lang="en"
          autoComplete="off"
        />
        <SelectField
          name="kind"
          label={t('kind')}
          defaultValue={course?.kind}
          required
          empty
          options={COURSE_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        />
        <TextArea
          name="topics"
          label={t('topics')}
          hint={t('topicsHint')}
          defaultValue={course?.topics}
          optional
          rows={6}
          maxLength={5000}
        />
        <FieldRow>
          <DurationField durationMinutes={course?.durationMinutes} academicHourMinutes={academicHourMinutes} />
          <NumberField
            name="requiredSharePercent"
            label={t('requiredSharePercent')}
            hint={t('requiredShareHint')}
            defaultValue={course?.requiredSharePercent ?? USUAL_SHARE_PERCENT}
            required
            min={1}
            max={100}
            step={1}
            inputMode="numeric"
          />
        </FieldRow>
        <TextField
          name="legalBasis"
          label={t('legalBasis')}
          hint={t('legalBasisHint')}
          defaultValue={course?.legalBasis}
          optional
          maxLength={500}
          autoComplete="off"
        />
        <TextArea
          name="materials"
          label={t('materials')}
          hint={t('materialsHint')}
          defaultValue={course?.materials ?? undefined}
          optional
          rows={8}
          maxLength={20_000}
        />
        <FormActions>
          <Button variant="primary">{words('action.save')}</Button>
          <LinkButton variant="quiet" to={back}>
            {words('action.cancel')}
          </LinkButton>
        </FormActions>
      </ActionForm>
    </>
  )
}
