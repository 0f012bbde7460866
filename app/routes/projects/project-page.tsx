import { AMOUNT_KINDS } from '~/domain/project/project'
import type { Project } from '~/domain/project/project.server'
import { common } from '~/i18n/common'
import { funderWords } from '~/i18n/funder'
import { projectWords } from '~/i18n/project'
import { useLanguage, useT } from '~/i18n/use-language'
import { Button, LinkButton } from '~/ui/button'
import { Checkbox, DateField, NumberField, RadioGroup, SelectField, TextArea, TextField } from '~/ui/fields'
import { ActionForm, FieldRow, FormActions } from '~/ui/form'
import { PageHeader } from '~/ui/page-header'
import { SecondThought } from '~/ui/second-thought'
import { useFormState } from '~/ui/use-form-state'
import { useProjectName } from './project-text'

type Facts = Omit<Project, 'createdAt' | 'municipalityId'>

const DAYS = { min: '1990-01-01', max: '2099-12-31' }

/** The form of a project, a new one or one to correct. Every fact may be unknown. */
export function ProjectPage({
  project,
  funders,
  actionData,
}: {
  project?: Facts
  funders: { id: string; name: string }[]
  actionData: unknown
}) {
  const { state, restored } = useFormState(actionData)
  const t = useT(projectWords)
  const language = useLanguage()
  const ofFunder = useT(funderWords)
  const words = useT(common)
  const nameOf = useProjectName()
  const [whole, cents] = project?.amountBgn?.split('.') ?? []
  const amount = whole && `${whole.replace(/\B(?=(\d{3})+$)/g, '\u00a0')}${language === 'bg' ? ',' : '.'}${cents}`
  const back = project ? `/projects/${project.id}` : '/projects'
  return (
    <>
      <PageHeader
        title={t(project ? 'editTitle' : 'addTitle')}
        crumbs={[{ to: '/projects', label: t('title') }, ...(project ? [{ to: back, label: nameOf(project) }] : [])]}
      />
      <ActionForm state={state} restored={restored}>
        <SecondThought name="another" label={t('another')} hint={t('anotherHint')} see={t('seeSame')} />
        <p>{t('unknownHint')}</p>
        <TextField name="title" label={t('projectTitle')} defaultValue={project?.title} maxLength={500} autoComplete="off" />
        <TextField
          name="numberAsWritten"
          label={t('numberAsWritten')}
          hint={t('numberHint')}
          defaultValue={project?.numberAsWritten}
          maxLength={100}
          autoComplete="off"
        />
        <TextField
          name="procedureCode"
          label={t('procedureCode')}
          defaultValue={project?.procedureCode}
          maxLength={100}
          autoComplete="off"
        />
        <TextField name="programme" label={t('programme')} defaultValue={project?.programme} maxLength={300} autoComplete="off" />
        <TextField
          name="funding"
          label={t('funding')}
          hint={t('fundingHint')}
          defaultValue={project?.funding}
          maxLength={500}
          autoComplete="off"
        />
        <Checkbox
          name="isEuFunded"
          label={t('isEuFunded')}
          hint={t('isEuFundedHint')}
          defaultChecked={project ? project.isEuFunded : true}
        />
        <SelectField
          name="funderProfileId"
          label={ofFunder('choice')}
          hint={ofFunder('choiceHint')}
          defaultValue={project?.funderProfileId}
          empty={ofFunder('noChoice')}
          options={funders.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <TextField
          name="amountBgn"
          label={t('amountBgn')}
          hint={t('amountHint')}
          defaultValue={amount}
          maxLength={40}
          inputMode="decimal"
          autoComplete="off"
        />
        <RadioGroup
          name="amountKind"
          label={t('amountKind')}
          defaultValue={project?.amountKind}
          options={[
            { value: '', label: words('notGivenOf.f') },
            ...AMOUNT_KINDS.map((value) => ({ value, label: t(`amountKinds.${value}`) })),
          ]}
        />
        <FieldRow>
          <DateField name="startsOn" label={t('startsOn')} defaultValue={project?.startsOn} {...DAYS} />
          <DateField name="endsOn" label={t('endsOn')} defaultValue={project?.endsOn} {...DAYS} />
          <NumberField
            name="termMonths"
            label={t('termMonths')}
            defaultValue={project?.termMonths}
            min={1}
            max={240}
            step={1}
            inputMode="numeric"
          />
        </FieldRow>
        <FieldRow>
          <DateField name="announcedOn" label={t('announcedOn')} hint={t('announcedHint')} defaultValue={project?.announcedOn} {...DAYS} />
          <TextField
            name="signedAsWritten"
            label={t('signedAsWritten')}
            hint={t('signedHint')}
            defaultValue={project?.signedAsWritten}
            maxLength={200}
            autoComplete="off"
          />
        </FieldRow>
        <FieldRow>
          <NumberField
            name="plannedStaff"
            label={t('plannedStaff')}
            defaultValue={project?.plannedStaff}
            min={1}
            max={100_000}
            step={1}
            inputMode="numeric"
          />
          <DateField name="retainUntil" label={t('retainUntil')} hint={t('retainHint')} defaultValue={project?.retainUntil} {...DAYS} />
        </FieldRow>
        <TextArea name="note" label={t('note')} defaultValue={project?.note ?? undefined} maxLength={5000} />
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
