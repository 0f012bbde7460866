import { Link } from '@remix-run/react'
import type { accountPage } from '~/domain/account/account.server'
import { accountWords } from '~/i18n/account'
import { common } from '~/i18n/common'
import { useFormat, useT } from '~/i18n/use-language'
import { Button, LinkButton } from '~/ui/button'
import { SearchField, TextField } from '~/ui/fields'
import { ActionForm, FormActions } from '~/ui/form'
import { Section } from '~/ui/page-header'
import { CalmList, PersonChip } from '~/ui/status'
import { useFormState } from '~/ui/use-form-state'

type ShownAccount = Awaited<ReturnType<typeof accountPage>>
type Found = { id: string; name: string; position: string | null; service: string | null }

const Intent = ({ value }: { value: string }) => <input type="hidden" name="intent" value={value} />

/** The name in this municipality, and the employee the account belongs to: found in one step, linked in the next. */
export function NameAndPerson({ account, found, q, said }: { account: ShownAccount; found: Found[]; q: string; said: unknown }) {
  const t = useT(accountWords)
  const words = useT(common)
  const renaming = useFormState(said, 'rename')
  const linking = useFormState(said, 'person')
  return (
    <>
      <Section title={t('name')}>
        <ActionForm {...renaming} id="rename">
          <Intent value="rename" />
          <TextField name="displayName" label={t('rename')} defaultValue={account.name} autoComplete="off" required maxLength={200} />
          <FormActions>
            <Button>{words('action.save')}</Button>
          </FormActions>
        </ActionForm>
      </Section>
      <Section title={t('person')} id="person">
        {linking.state ? (
          <ActionForm state={linking.state} id="linked">
            {null}
          </ActionForm>
        ) : null}
        {account.person ? (
          <>
            <p>
              <Link to={`/staff/${account.person.id}`}>{account.person.name}</Link>
            </p>
            <ActionForm id="unlink" className="">
              <Intent value="person" />
              <Button>{t('unlink')}</Button>
            </ActionForm>
          </>
        ) : (
          <>
            <p>{t('forWhomHint')}</p>
            <form className="toolbar-filter" role="search" action="#person">
              <SearchField name="q" label={t('findPerson')} defaultValue={q} maxLength={200} />
              <Button>{t('find')}</Button>
            </form>
            {q && found.length === 0 ? <p role="status">{t('noPersons')}</p> : null}
            {found.length > 0 ? <Candidates found={found} /> : null}
          </>
        )}
      </Section>
    </>
  )
}

function Candidates({ found }: { found: Found[] }) {
  const t = useT(accountWords)
  return (
    <CalmList>
      {found.map((one) => (
        <li key={one.id}>
          <PersonChip name={one.name} position={one.position} service={one.service} />
          <ActionForm id={`link-${one.id}`} className="">
            <Intent value="person" />
            <input type="hidden" name="personId" value={one.id} />
            <Button small aria-label={`${t('link')}: ${one.name}`}>
              {t('link')}
            </Button>
          </ActionForm>
        </li>
      ))}
    </CalmList>
  )
}

/** A new one-time link, unless the account is not this municipality's alone; and the way to the page that deactivates. */
export function LinkAndEnd({ account, said }: { account: ShownAccount; said: unknown }) {
  const t = useT(accountWords)
  const format = useFormat()
  const renewing = useFormState(said, 'link')
  return (
    <>
      <Section title={t('newLink')}>
        {account.worksElsewhere ? (
          <p>{t('newLinkElsewhere')}</p>
        ) : (
          <ActionForm {...renewing} id="link">
            <Intent value="link" />
            <p>{t('newLinkText')}</p>
            {account.linkUntil ? <p>{t('linkUntil', { until: format.dateTime(account.linkUntil) })}</p> : null}
            <FormActions>
              <Button>{t('newLink')}</Button>
            </FormActions>
          </ActionForm>
        )}
      </Section>
      {account.grants.some((grant) => !grant.endedAt) ? (
        <Section title={t('deactivateTitle')}>
          <p>{t('deactivateBack')}</p>
          <LinkButton variant="danger" to="?confirm=deactivate">
            {t('deactivate')}
          </LinkButton>
        </Section>
      ) : null}
    </>
  )
}
