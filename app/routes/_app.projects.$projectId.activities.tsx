import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { authorize } from '~/domain/policy'
import { addActivity } from '~/domain/project/add-activity.server'
import { findProject } from '~/domain/project/project.server'
import { activitySchema } from '~/domain/project/schema'
import { common } from '~/i18n/common'
import { wordTitle } from '~/i18n/page-title'
import { projectWords } from '~/i18n/project'
import { useT } from '~/i18n/use-language'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { Button, LinkButton } from '~/ui/button'
import { TextArea } from '~/ui/fields'
import { ActionForm, FormActions } from '~/ui/form'
import { PageHeader } from '~/ui/page-header'
import { useFormState } from '~/ui/use-form-state'
import { useProjectName } from './projects/project-text'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, projectWords, 'addActivityTitle')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    const { id, title, numberAsWritten } = await findProject(actor, idOf(args.params.projectId))
    authorize(actor, 'project.manage', null)
    return { project: { id, title, numberAsWritten } }
  })
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, activitySchema, async (actor, { title }, { key }) =>
    redirectWithToast(await addActivity(actor, idOf(args.params.projectId), title, key), 'project.activity_added'),
  )
}

export default function NewActivityPage() {
  const { project } = useLoaderData<typeof loader>()
  const { state, restored } = useFormState(useActionData<typeof action>())
  const t = useT(projectWords)
  const words = useT(common)
  const back = `/projects/${project.id}`
  return (
    <>
      <PageHeader
        title={t('addActivityTitle')}
        crumbs={[
          { to: '/projects', label: t('title') },
          { to: back, label: useProjectName()(project) },
        ]}
      />
      <ActionForm state={state} restored={restored}>
        <TextArea name="title" label={t('activityTitle')} hint={t('activityTitleHint')} required maxLength={500} rows={3} />
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
