import { common } from '~/i18n/common'
import { personWords } from '~/i18n/person'
import { useT } from '~/i18n/use-language'
import { Button, LinkButton } from '~/ui/button'
import { ActionForm, FormActions } from '~/ui/form'
import { PageHeader } from '~/ui/page-header'
import { useFormState } from '~/ui/use-form-state'
import { FirstEmployer } from '../services/service-fields'
import { PostFields } from './person-fields'

type PostPageProps = Pick<Parameters<typeof PostFields>[0], 'places' | 'post'> & {
  person: { id: string; name: string }
  actionData: unknown
}

/** The form of one post, a new one or an old one to correct or end. */
export function PostPage({ person, places, post, actionData }: PostPageProps) {
  const { state, restored } = useFormState(actionData)
  const t = useT(personWords)
  const words = useT(common)
  return (
    <>
      <PageHeader
        title={post ? t('editPostTitle') : t('addPostTitle')}
        crumbs={[
          { to: '/staff', label: t('staff') },
          { to: `/staff/${person.id}`, label: person.name },
        ]}
      />
      {places.length === 0 ? (
        <FirstEmployer>{t('noWorkplace')}</FirstEmployer>
      ) : (
        <ActionForm state={state} restored={restored}>
          <PostFields places={places} post={post} ends />
          <FormActions>
            <Button variant="primary">{words('action.save')}</Button>
            <LinkButton variant="quiet" to={`/staff/${person.id}`}>
              {words('action.cancel')}
            </LinkButton>
          </FormActions>
        </ActionForm>
      )}
    </>
  )
}
