import type { SystemCheck } from '~/domain/municipality/system-check.server'
import { systemWords } from '~/i18n/system'
import { useFormat, useT } from '~/i18n/use-language'
import { Button } from '~/ui/button'
import { DataTable } from '~/ui/data-table'
import { Checkbox, SelectField, TextField } from '~/ui/fields'
import { ActionForm, FieldRow, FormActions } from '~/ui/form'
import { Section } from '~/ui/page-header'
import { CalmList, EmptyState, StatusChip } from '~/ui/status'
import { useFormState } from '~/ui/use-form-state'

type Row = { id: string; name: string; district: string | null; nsiCode: string | null; createdAt: string; hasAdmin: boolean }

/** What an operator looks at first, each with its verdict in words. */
export function CheckList({ checks }: { checks: SystemCheck[] }) {
  const t = useT(systemWords)
  return (
    <Section title={t('check')}>
      <CalmList>
        {checks.map(({ what, verdict, detail, jobs }) => (
          <li key={what}>
            <span className="person">
              <span>{t(`what.${what}`)}</span>
              <small>
                {what === 'jobs' && !jobs
                  ? t('noJobs')
                  : t(`${verdict === 'good' ? 'good' : 'other'}.${what}`, { detail, waiting: 0, failed: 0, ...jobs })}
              </small>
            </span>
            <StatusChip tone={verdict}>{t(`verdicts.${verdict}`)}</StatusChip>
          </li>
        ))}
      </CalmList>
    </Section>
  )
}

export function Municipalities({ rows }: { rows: Row[] }) {
  const t = useT(systemWords)
  const format = useFormat()
  return (
    <Section title={t('municipalities')}>
      <DataTable
        caption={t('municipalities')}
        captionHidden
        rows={rows}
        rowKey={(row) => row.id}
        columns={[
          { key: 'name', header: t('name'), cell: (row) => row.name },
          { key: 'district', header: t('district'), cell: (row) => row.district ?? '–' },
          { key: 'nsiCode', header: t('nsiCode'), cell: (row) => row.nsiCode ?? '–' },
          { key: 'created', header: t('created'), cell: (row) => format.date(row.createdAt) },
          {
            key: 'admin',
            header: t('admin'),
            cell: (row) => <StatusChip tone={row.hasAdmin ? 'good' : 'warn'}>{row.hasAdmin ? t('hasAdmin') : t('noAdmin')}</StatusChip>,
          },
        ]}
        empty={<EmptyState title={t('none')} />}
      />
    </Section>
  )
}

function AdminFields() {
  const t = useT(systemWords)
  return (
    <>
      <TextField name="displayName" label={t('adminName')} autoComplete="off" required maxLength={200} />
      <TextField
        name="login"
        label={t('adminLogin')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={254}
      />
      <Checkbox name="sameAccount" label={t('sameAccount')} />
    </>
  )
}

/** For the municipalities in which no administrator can sign in; absent where there is none. */
export function NameAdmin({ rows, said }: { rows: Row[]; said: unknown }) {
  const t = useT(systemWords)
  const start = useFormState(said, 'admin')
  if (rows.length === 0) return null
  return (
    <Section title={t('nameAdmin')}>
      <ActionForm {...start} id="admin">
        <input type="hidden" name="intent" value="admin" />
        <p>{t('nameAdminText')}</p>
        <SelectField
          name="municipalityId"
          label={t('municipalityOf')}
          required
          empty
          options={rows.map(({ id, name, district }) => ({ value: id, label: district ? `${name} (${district})` : name }))}
        />
        <AdminFields />
        <FormActions>
          <Button>{t('invite')}</Button>
        </FormActions>
      </ActionForm>
    </Section>
  )
}

export function AddMunicipality({ said }: { said: unknown }) {
  const t = useT(systemWords)
  const start = useFormState(said, 'municipality')
  return (
    <Section title={t('add')}>
      <ActionForm {...start} id="municipality">
        <input type="hidden" name="intent" value="municipality" />
        <TextField name="municipality" label={t('name')} autoComplete="off" required maxLength={100} />
        <FieldRow>
          <TextField name="district" label={t('district')} optional autoComplete="off" maxLength={100} />
          <TextField name="nsiCode" label={t('nsiCode')} optional autoComplete="off" maxLength={5} />
        </FieldRow>
        <h3>{t('firstAdmin')}</h3>
        <AdminFields />
        <FormActions>
          <Button variant="primary">{t('create')}</Button>
        </FormActions>
      </ActionForm>
    </Section>
  )
}
