import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { updateEmployer } from '~/domain/service/keep-employer.server'
import { employerSchema } from '~/domain/service/schema'
import { findEmployer } from '~/domain/service/service.server'
import { pageTitle } from '~/i18n/page-title'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { EmployerPage } from './services/service-fields'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => pageTitle(matches, data?.employer.name)

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => ({ employer: await findEmployer(actor, idOf(args.params.employerId)) }))
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, employerSchema, async (actor, input) => {
    await updateEmployer(actor, idOf(args.params.employerId), input)
    return redirectWithToast('/services', 'service.employer_saved')
  })
}

export default function EditEmployerPage() {
  return <EmployerPage {...useLoaderData<typeof loader>()} actionData={useActionData<typeof action>()} />
}
