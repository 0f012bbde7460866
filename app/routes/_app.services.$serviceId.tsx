import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { authorize } from '~/domain/policy'
import { updateService } from '~/domain/service/keep-service.server'
import { serviceSchema } from '~/domain/service/schema'
import { findService } from '~/domain/service/service.server'
import { pageTitle } from '~/i18n/page-title'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { ServicePage } from './services/service-fields'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => pageTitle(matches, data?.service.name)

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    const service = await findService(actor, idOf(args.params.serviceId))
    authorize(actor, 'service.manage', null)
    return { service }
  })
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, serviceSchema, async (actor, input) => {
    await updateService(actor, idOf(args.params.serviceId), input)
    return redirectWithToast('/services', 'service.saved')
  })
}

export default function EditServicePage() {
  return <ServicePage {...useLoaderData<typeof loader>()} actionData={useActionData<typeof action>()} />
}
