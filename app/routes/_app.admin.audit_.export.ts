import type { LoaderFunctionArgs } from '@remix-run/node'
import { exportAudit } from '~/domain/audit/export-audit.server'
import { auditQuerySchema } from '~/domain/audit/schema'
import { asActor } from '~/platform/handlers.server'
import { fileAnswer, fileRequest } from '~/platform/table/answer.server'

/** `/admin/audit?format=` with the list's filters. */
export function loader(args: LoaderFunctionArgs) {
  return fileAnswer(args, () =>
    asActor(args, async (actor) => {
      const { params, ...kind } = fileRequest(args.request)
      const query = auditQuerySchema.parse(Object.fromEntries([...params].filter(([, value]) => value !== '')))
      return exportAudit(actor, query, kind)
    }),
  )
}
