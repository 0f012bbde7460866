import type { accountPage } from '~/domain/account/account.server'
import { ROLES } from '~/domain/account/account'
import { accountWords } from '~/i18n/account'
import { common } from '~/i18n/common'
import { useFormat, useT } from '~/i18n/use-language'
import { Button } from '~/ui/button'
import { SelectField } from '~/ui/fields'
import { ActionForm, FormActions } from '~/ui/form'
import { Section } from '~/ui/page-header'
import { CalmList } from '~/ui/status'
import { useFormState } from '~/ui/use-form-state'

type ShownAccount = Awaited<ReturnType<typeof accountPage>>
type Grant = ShownAccount['grants'][number]
type Named = { id: string; name: string }

const Intent = ({ value }: { value: string }) => <input type="hidden" name="intent" value={value} />

function useRoleName() {
  const words = useT(common)
  return ({ role, service }: Pick<Grant, 'role' | 'service'>) => (service ? `${words(`role.${role}`)} (${service})` : words(`role.${role}`))
}

/** The roles held now, each with a button that ends it, and the form that gives another. */
export function Roles({ account, services, said }: { account: ShownAccount; services: Named[]; said: unknown }) {
  const t = useT(accountWords)
  const words = useT(common)
  const format = useFormat()
  const nameOf = useRoleName()
  const ending = useFormState(said, 'end')
  const granting = useFormState(said, 'grant')
  const held = account.grants.filter((grant) => !grant.endedAt)
  return (
    <Section title={t('roles')}>
      {held.length === 0 ? <p>{t('noRoles')}</p> : null}
      {ending.state ? (
        <ActionForm state={ending.state} id="ended">
          {null}
        </ActionForm>
      ) : null}
      {held.length > 0 ? (
        <CalmList>
          {held.map((grant) => (
            <li key={grant.id}>
              <span>
                {nameOf(grant)}
                <br />
                <small>
                  {grant.grantedBy
                    ? t('grantedBy', { when: format.date(grant.grantedAt), who: grant.grantedBy })
                    : t('granted', { when: format.date(grant.grantedAt) })}
                </small>
              </span>
              <ActionForm className="" id={`end-${grant.id}`}>
                <Intent value="end" />
                <input type="hidden" name="grantId" value={grant.id} />
                <Button small aria-label={t('endOf', { role: nameOf(grant) })}>
                  {t('end')}
                </Button>
              </ActionForm>
            </li>
          ))}
        </CalmList>
      ) : null}
      <ActionForm {...granting} id="grant">
        <Intent value="grant" />
        <SelectField
          name="role"
          label={t('grantTitle')}
          empty
          required
          options={ROLES.map((role) => ({
            value: role,
            label: words(`role.${role}`),
            disabled: role === 'manager' && services.length === 0,
          }))}
        />
        {services.length > 0 ? (
          <SelectField
            name="serviceId"
            label={t('services')}
            hint={t('servicesHint')}
            optional
            empty
            options={services.map(({ id, name }) => ({ value: id, label: name }))}
          />
        ) : null}
        <FormActions>
          <Button>{t('grant')}</Button>
        </FormActions>
      </ActionForm>
    </Section>
  )
}

/** Roles of the past, with who ended them and when. */
export function EndedRoles({ grants }: { grants: Grant[] }) {
  const t = useT(accountWords)
  const format = useFormat()
  const nameOf = useRoleName()
  const ended = grants.filter((grant) => grant.endedAt !== null)
  if (ended.length === 0) return null
  return (
    <Section title={t('history')}>
      <CalmList>
        {ended.map((grant) => (
          <li key={grant.id}>
            <span>
              {nameOf(grant)}
              <br />
              <small>
                {t('granted', { when: format.date(grant.grantedAt) })},{' '}
                {grant.endedBy
                  ? t('endedBy', { when: format.date(grant.endedAt!), who: grant.endedBy })
                  : t('ended', { when: format.date(grant.endedAt!) })}
              </small>
            </span>
          </li>
        ))}
      </CalmList>
    </Section>
  )
}
