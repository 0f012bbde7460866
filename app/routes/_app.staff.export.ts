import type { LoaderFunctionArgs } from '@remix-run/node'
import { exportStaff } from '~/domain/person/export-staff.server'
import { personFilterSchema } from '~/domain/person/schema'
import { asActor } from '~/platform/handlers.server'
import { fileAnswer, fileRequest } from '~/platform/table/answer.server'

/** `/staff?format=` with the list's filters. */
export function loader(args: LoaderFunctionArgs) {
  return fileAnswer(args, () =>
    asActor(args, async (actor) => {
      const { params, ...kind } = fileRequest(args.request)
      const { q, service, category } = personFilterSchema.parse({
        q: params.get('q') ?? '',
        service: params.get('service') ?? undefined,
        category: params.get('category') ?? undefined,
      })
      return exportStaff(actor, { q, serviceId: service, category }, kind)
    }),
  )
}
