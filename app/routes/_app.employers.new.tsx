import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData } from '@remix-run/react'
import { authorize } from '~/domain/policy'
import { createEmployer } from '~/domain/service/keep-employer.server'
import { employerSchema } from '~/domain/service/schema'
import { wordTitle } from '~/i18n/page-title'
import { serviceWords } from '~/i18n/service'
import { asActor, formAction, redirectWithToast } from '~/platform/handlers.server'
import { EmployerPage } from './services/service-fields'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, serviceWords, 'addEmployerTitle')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    authorize(actor, 'service.manage', null)
    return null
  })
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, employerSchema, async (actor, input, { key }) =>
    redirectWithToast(await createEmployer(actor, input, key), 'service.employer_created'),
  )
}

export default function NewEmployerPage() {
  return <EmployerPage actionData={useActionData<typeof action>()} />
}
