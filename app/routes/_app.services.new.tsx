import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { authorize } from '~/domain/policy'
import { createService } from '~/domain/service/keep-service.server'
import { newServiceSchema } from '~/domain/service/schema'
import { employerChoices } from '~/domain/service/service.server'
import { wordTitle } from '~/i18n/page-title'
import { serviceWords } from '~/i18n/service'
import { asActor, formAction, redirectWithToast } from '~/platform/handlers.server'
import { ServicePage } from './services/service-fields'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, serviceWords, 'addServiceTitle')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    authorize(actor, 'service.manage', null)
    return { employers: await employerChoices(actor) }
  })
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, newServiceSchema, async (actor, input, { key }) =>
    redirectWithToast(await createService(actor, input, key), 'service.created'),
  )
}

export default function NewServicePage() {
  const { employers } = useLoaderData<typeof loader>()
  const [params] = useSearchParams()
  return <ServicePage employers={employers} employerId={params.get('employer') ?? undefined} actionData={useActionData<typeof action>()} />
}
