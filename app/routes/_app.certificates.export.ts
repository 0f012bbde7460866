import type { LoaderFunctionArgs } from '@remix-run/node'
import { exportCertificates } from '~/domain/certificate/export-certificates.server'
import { asActor, idOf } from '~/platform/handlers.server'
import { fileAnswer, fileRequest } from '~/platform/table/answer.server'

/** `/certificates?format=` with the register's filters. */
export function loader(args: LoaderFunctionArgs) {
  return fileAnswer(args, () =>
    asActor(args, async (actor) => {
      const { params, ...kind } = fileRequest(args.request)
      const training = params.get('training')
      const year = /^20\d\d$/.test(params.get('year') ?? '') ? Number(params.get('year')) : null
      const q = (params.get('q') ?? '').slice(0, 200)
      return exportCertificates(actor, { q, year, trainingId: training ? idOf(training) : null, page: 1 }, kind)
    }),
  )
}
