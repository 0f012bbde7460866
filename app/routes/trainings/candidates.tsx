import { useSearchParams } from '@remix-run/react'
import Users from 'lucide-react/icons/users'
import type { ReactNode } from 'react'
import type { EnrolmentState } from '~/domain/enrolment/enrolment'
import { common } from '~/i18n/common'
import { enrolmentWords } from '~/i18n/enrolment'
import { useT } from '~/i18n/use-language'
import { Button, LinkButton } from '~/ui/button'
import { CheckboxGroup } from '~/ui/fields'
import { ActionForm, FormActions } from '~/ui/form'
import { ListCount, ListToolbar, Pagination } from '~/ui/list-toolbar'
import { EmptyState } from '~/ui/status'
import { useFormState } from '~/ui/use-form-state'
import { EnrolmentChip } from './words'

type Candidate = {
  id: string
  name: string
  employeeNumber: string | null
  position: string | null
  service: string | null
  state: EnrolmentState | null
  canBeChosen: boolean
}

type CandidatesProps = {
  trainingId: string
  rows: Candidate[]
  services: { id: string; name: string }[]
  total: number
  page: number
  rowsPerPage: number
  reply: unknown
  submitLabel: string
  /** That turning the page loses what is ticked on this one. */
  beforeTurning: string
  /** The step to take where there is nobody to choose from at all. */
  first?: ReactNode
  /** Further fields under the list. */
  children?: ReactNode
}

/** Search and filter over people, and a form that takes the ticked ones; who is in the training already is shown with his state. */
export function Candidates({
  trainingId,
  rows,
  services,
  total,
  page,
  rowsPerPage,
  reply,
  submitLabel,
  beforeTurning,
  first,
  children,
}: CandidatesProps) {
  const { state, restored } = useFormState(reply)
  const t = useT(enrolmentWords)
  const words = useT(common)
  const [params] = useSearchParams()
  const filtered = params.get('q') || params.get('service')
  const options = rows.map(({ id, name, employeeNumber, position, service, state: enrolled, canBeChosen }) => ({
    value: id,
    label: name,
    hint: (
      <>
        {[position, service, employeeNumber && t('employeeNumber', { number: employeeNumber })].filter(Boolean).join(', ')}{' '}
        {enrolled ? <EnrolmentChip state={enrolled} /> : null}
      </>
    ),
    disabled: !canBeChosen,
  }))
  return (
    <>
      <ListToolbar
        searchLabel={t('searchLabel')}
        filters={
          services.length > 1
            ? [
                {
                  name: 'service',
                  label: t('service'),
                  empty: t('allServices'),
                  options: services.map(({ id, name }) => ({ value: id, label: name })),
                },
              ]
            : []
        }
      />
      <ListCount total={total} noun={(count) => t('count', count)} />
      {rows.length === 0 ? (
        filtered ? (
          <EmptyState icon={Users} title={t('noneFound')}>
            {t('noneFoundHint')}
          </EmptyState>
        ) : (
          <EmptyState icon={Users} title={t('noStaff')} action={first} />
        )
      ) : (
        <ActionForm state={state} restored={restored} className="form form-long" key={rows.map(({ id }) => id).join()}>
          {children}
          <CheckboxGroup name="persons" label={t('choose')} options={options} />
          <div>
            {total > rowsPerPage ? <p className="field-hint">{beforeTurning}</p> : null}
            <Pagination page={page} total={total} rowsPerPage={rowsPerPage} />
          </div>
          <FormActions>
            <Button variant="primary">{submitLabel}</Button>
            <LinkButton variant="quiet" to={`/trainings/${trainingId}`}>
              {words('action.cancel')}
            </LinkButton>
          </FormActions>
        </ActionForm>
      )}
    </>
  )
}
