import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { funderChoices } from '~/domain/funder/funder.server'
import { authorize } from '~/domain/policy'
import { updateProject } from '~/domain/project/keep-project.server'
import { findProject } from '~/domain/project/project.server'
import { projectSchema } from '~/domain/project/schema'
import { wordTitle } from '~/i18n/page-title'
import { projectWords } from '~/i18n/project'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { ProjectPage } from './projects/project-page'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, projectWords, 'editTitle')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    const project = await findProject(actor, idOf(args.params.projectId))
    authorize(actor, 'project.manage', null)
    return { project, funders: await funderChoices(actor) }
  })
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, projectSchema, async (actor, input) => {
    const projectId = idOf(args.params.projectId)
    await updateProject(actor, projectId, input)
    return redirectWithToast(`/projects/${projectId}`, 'project.saved')
  })
}

export default function EditProjectPage() {
  return <ProjectPage {...useLoaderData<typeof loader>()} actionData={useActionData<typeof action>()} />
}
