import Building from 'lucide-react/icons/building'
import { ANNEXES } from '~/domain/service/annexes'
import { EMPLOYER_KINDS } from '~/domain/service/employer'
import { common } from '~/i18n/common'
import { serviceWords } from '~/i18n/service'
import { useT } from '~/i18n/use-language'
import { Button, LinkButton } from '~/ui/button'
import { CheckboxGroup, RadioGroup, SelectField, TextField } from '~/ui/fields'
import { ActionForm, FormActions } from '~/ui/form'
import { PageHeader } from '~/ui/page-header'
import { EmptyState } from '~/ui/status'
import { useFormState } from '~/ui/use-form-state'

function Actions() {
  const words = useT(common)
  return (
    <FormActions>
      <Button variant="primary">{words('action.save')}</Button>
      <LinkButton variant="quiet" to="/services">
        {words('action.cancel')}
      </LinkButton>
    </FormActions>
  )
}

type Employer = { id: string; name: string; kind: string }

/** The form of an employer, a new one or one to correct. */
export function EmployerPage({ employer, actionData }: { employer?: Employer; actionData: unknown }) {
  const { state, restored } = useFormState(actionData)
  const t = useT(serviceWords)
  return (
    <>
      <PageHeader
        title={employer?.name ?? t('addEmployerTitle')}
        crumbs={[{ to: '/services', label: t('title') }]}
        status={employer ? t('editEmployerTitle') : undefined}
      />
      <ActionForm state={state} restored={restored}>
        <TextField name="name" label={t('name')} defaultValue={employer?.name} required maxLength={200} autoComplete="off" />
        <RadioGroup
          name="kind"
          label={t('kind')}
          defaultValue={employer?.kind}
          required
          options={EMPLOYER_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        />
        <Actions />
      </ActionForm>
    </>
  )
}

/** Where there is no employer yet: the way to the first one, in place of a form that could not be sent. `children` say what waits for it. */
export function FirstEmployer({ children }: { children: string }) {
  const t = useT(serviceWords)
  const add = (
    <LinkButton variant="primary" to="/employers/new">
      {t('addEmployer')}
    </LinkButton>
  )
  return (
    <EmptyState icon={Building} title={t('emptyTitle')} action={add}>
      {children}
    </EmptyState>
  )
}

type Service = { name: string; employer: { name: string }; annexes: number[] }
type ServicePageProps = { service?: Service; employers?: Omit<Employer, 'kind'>[]; employerId?: string; actionData: unknown }

/** The form of a service: of a new one the employer is chosen, of an old one it stays. */
export function ServicePage({ service, employers = [], employerId, actionData }: ServicePageProps) {
  const { state, restored } = useFormState(actionData)
  const t = useT(serviceWords)
  const header = (
    <PageHeader
      title={service?.name ?? t('addServiceTitle')}
      crumbs={[{ to: '/services', label: t('title') }]}
      status={service ? `${t('editServiceTitle')} · ${service.employer.name}` : undefined}
    />
  )
  if (!service && employers.length === 0)
    return (
      <>
        {header}
        <FirstEmployer>{t('noEmployer')}</FirstEmployer>
      </>
    )
  return (
    <>
      {header}
      <ActionForm state={state} restored={restored}>
        {service ? null : (
          <SelectField
            name="employerId"
            label={t('employer')}
            defaultValue={employerId}
            required
            empty
            options={employers.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <TextField name="name" label={t('name')} defaultValue={service?.name} required maxLength={200} autoComplete="off" />
        <CheckboxGroup
          name="annexes"
          label={t('annexes')}
          hint={t('annexesHint')}
          defaultValue={service?.annexes.map(String)}
          options={ANNEXES.map(({ annex, title }) => ({
            value: String(annex),
            label: <span lang="bg">{title}</span>,
            hint: t('annex', { annex: String(annex) }),
          }))}
        />
        <Actions />
      </ActionForm>
    </>
  )
}
