import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import Plus from 'lucide-react/icons/plus'
import { funderPage } from '~/domain/funder/funder.server'
import { renameFunder } from '~/domain/funder/keep-funder.server'
import { renameFunderSchema } from '~/domain/funder/schema'
import { common } from '~/i18n/common'
import { funderWords } from '~/i18n/funder'
import { pageTitle } from '~/i18n/page-title'
import { useT } from '~/i18n/use-language'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { Button, LinkButton } from '~/ui/button'
import { TextField } from '~/ui/fields'
import { ActionForm, FormActions } from '~/ui/form'
import { PageHeader, Section } from '~/ui/page-header'
import { CalmList } from '~/ui/status'
import { useFormState } from '~/ui/use-form-state'
import { VersionFacts } from './funders/version-facts'
import { useProjectName } from './projects/project-text'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => pageTitle(matches, data?.profile.name)

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, (actor) => funderPage(actor, idOf(args.params.profileId)))
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, renameFunderSchema, async (actor, { name }) => {
    const profileId = idOf(args.params.profileId)
    await renameFunder(actor, profileId, name)
    return redirectWithToast(`/funder-profiles/${profileId}`, 'funder.renamed')
  })
}

export default function FunderProfilePage() {
  const { profile, versions, projects } = useLoaderData<typeof loader>()
  const { state, restored } = useFormState(useActionData<typeof action>())
  const t = useT(funderWords)
  const words = useT(common)
  const nameOf = useProjectName()
  const here = `/funder-profiles/${profile.id}`
  return (
    <>
      <PageHeader
        title={profile.name}
        crumbs={[
          { to: '/projects', label: t('projects') },
          { to: '/funder-profiles', label: t('title') },
        ]}
        action={
          <LinkButton variant="primary" to={`${here}/version`} icon={Plus}>
            {t('addVersion')}
          </LinkButton>
        }
      />
      {versions.map((version) => (
        <VersionFacts key={version.id} version={version} preview={`${here}/versions/${version.id}.pdf`} />
      ))}
      <Section title={t('usedTitle')} id="projects">
        {projects.length === 0 ? (
          <p>{t('notUsed')}</p>
        ) : (
          <CalmList>
            {projects.map((project) => (
              <li key={project.id}>
                <Link to={`/projects/${project.id}`}>{nameOf(project)}</Link>
              </li>
            ))}
          </CalmList>
        )}
      </Section>
      <Section title={t('rename')} id="rename">
        <ActionForm state={state} restored={restored}>
          <TextField name="name" label={t('name')} defaultValue={profile.name} required maxLength={200} autoComplete="off" />
          <FormActions>
            <Button>{words('action.save')}</Button>
          </FormActions>
        </ActionForm>
      </Section>
    </>
  )
}
