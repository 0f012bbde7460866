import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { funderChoices } from '~/domain/funder/funder.server'
import { authorize } from '~/domain/policy'
import { createProject } from '~/domain/project/keep-project.server'
import { newProjectSchema } from '~/domain/project/schema'
import { wordTitle } from '~/i18n/page-title'
import { projectWords } from '~/i18n/project'
import { asActor, formAction, redirectWithToast } from '~/platform/handlers.server'
import { ProjectPage } from './projects/project-page'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, projectWords, 'addTitle')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    authorize(actor, 'project.manage', null)
    return { funders: await funderChoices(actor) }
  })
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, newProjectSchema, async (actor, input, { key }) =>
    redirectWithToast(await createProject(actor, input, key), 'project.created'),
  )
}

export default function NewProjectPage() {
  return <ProjectPage {...useLoaderData<typeof loader>()} actionData={useActionData<typeof action>()} />
}
