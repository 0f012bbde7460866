import type { LoaderFunctionArgs } from '@remix-run/node'
import { exportTrainedPersons } from '~/domain/project/export-trained-persons.server'
import { asActor, idOf } from '~/platform/handlers.server'
import { fileAnswer, fileRequest } from '~/platform/table/answer.server'

/** `/projects/:id/persons?format=` */
export function loader(args: LoaderFunctionArgs) {
  return fileAnswer(args, () =>
    asActor(args, async (actor) => exportTrainedPersons(actor, idOf(args.params.projectId), fileRequest(args.request))),
  )
}
