import { AMOUNT_KINDS } from '~/domain/project/project'
import type { Project } from '~/domain/project/project.server'
import { common } from '~/i18n/common'
import { funderWords } from '~/i18n/funder'
import { projectWords } from '~/i18n/project'
import { useT } from '~/i18n/use-language'
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
  const ofFunder = useT(funderWords)
  const words = useT(common)
  const nameOf = useProjectName()
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
        <TextField name="title" label={t('projectTitle')} defaultValue={project?.title} optional maxLength={500} autoComplete="off" />
        <TextField
          name="numberAsWritten"
          label={t('numberAsWritten')}
          hint={t('numberHint')}
          defaultValue={project?.numberAsWritten}
          optional
          maxLength={100}
          autoComplete="off"
        />
        <TextField
          name="procedureCode"
          label={t('procedureCode')}
          defaultValue={project?.procedureCode}
          optional
          maxLength={100}
          autoComplete="off"
        />
        <TextField name="programme" label={t('programme')} defaultValue={project?.programme} optional maxLength={300} autoComplete="off" />
        <TextField
          name="funding"
          label={t('funding')}
          hint={t('fundingHint')}
          defaultValue={project?.funding}
          optional
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
          optional
          empty={ofFunder('noChoice')}
          options={funders.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <TextField
          name="amountBgn"
          label={t('amountBgn')}
          hint={t('amountHint')}
          defaultValue={project?.amountBgn?.replace('.', ',')}
          optional
          maxLength={40}
          inputMode="decimal"
          autoComplete="off"
        />
        <RadioGroup
          name="amountKind"
          label={t('amountKind')}
          defaultValue={project?.amountKind}
          optional
          options={[{ value: '', label: words('notGiven') }, ...AMOUNT_KINDS.map((value) => ({ value, label: t(`amountKinds.${value}`) }))]}
        />
        <FieldRow>
          <DateField name="startsOn" label={t('startsOn')} defaultValue={project?.startsOn} optional {...DAYS} />
          <DateField name="endsOn" label={t('endsOn')} defaultValue={project?.endsOn} optional {...DAYS} />
          <NumberField
            name="termMonths"
            label={t('termMonths')}
            defaultValue={project?.termMonths}
            optional
            min={1}
            max={240}
            step={1}
            inputMode="numeric"
          />
        </FieldRow>
        <FieldRow>
          <DateField
            name="announcedOn"
            label={t('announcedOn')}
            hint={t('announcedHint')}
            defaultValue={project?.announcedOn}
            optional
            {...DAYS}
          />
          <TextField
            name="signedAsWritten"
            label={t('signedAsWritten')}
            hint={t('signedHint')}
            defaultValue={project?.signedAsWritten}
            optional
            maxLength={200}
            autoComplete="off"
          />
        </FieldRow>
        <FieldRow>
          <NumberField
            name="plannedStaff"
            label={t('plannedStaff')}
            defaultValue={project?.plannedStaff}
            optional
            min={1}
            max={100_000}
            step={1}
            inputMode="numeric"
          />
          <DateField
            name="retainUntil"
            label={t('retainUntil')}
            hint={t('retainHint')}
            defaultValue={project?.retainUntil}
            optional
            {...DAYS}
          />
        </FieldRow>
        <TextArea name="note" label={t('note')} defaultValue={project?.note ?? undefined} optional maxLength={5000} />
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
