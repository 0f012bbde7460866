import type { LoaderFunctionArgs } from '@remix-run/node'
import { exportTrainingAttendance } from '~/domain/attendance/export-attendance.server'
import { asActor, idOf } from '~/platform/handlers.server'
import { fileAnswer, fileRequest } from '~/platform/table/answer.server'

/** `/trainings/:id/attendance?format=`: of one session where `session=` names it, else of the whole training. */
export function loader(args: LoaderFunctionArgs) {
  return fileAnswer(args, () =>
    asActor(args, async (actor) => {
      const { params, ...kind } = fileRequest(args.request)
      const session = params.get('session')
      return exportTrainingAttendance(actor, idOf(args.params.trainingId), session ? idOf(session) : null, kind)
    }),
  )
}
