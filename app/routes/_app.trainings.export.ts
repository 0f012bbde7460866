import type { LoaderFunctionArgs } from '@remix-run/node'
import { exportTrainings } from '~/domain/training/export-trainings.server'
import { TrainingsFilterForm } from '~/domain/training/schema'
import { asActor } from '~/platform/handlers.server'
import { fileAnswer, fileRequest } from '~/platform/table/answer.server'

/** `/trainings?format=` with the list's filters. */
export function loader(args: LoaderFunctionArgs) {
  return fileAnswer(args, () =>
    asActor(args, async (actor) => {
      const { params, ...kind } = fileRequest(args.request)
      const { course, project, trainer, ...filter } = TrainingsFilterForm.parse(Object.fromEntries(params))
      return exportTrainings(actor, { ...filter, courseId: course, projectId: project, trainerAccountId: trainer }, kind)
    }),
  )
}
