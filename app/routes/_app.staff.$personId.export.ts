import type { LoaderFunctionArgs } from '@remix-run/node'
import { exportPersonAttendance } from '~/domain/attendance/export-attendance.server'
import { asActor, idOf } from '~/platform/handlers.server'
import { fileAnswer, fileRequest } from '~/platform/table/answer.server'

/** `/staff/:id?format=`: all attendance of one person. */
export function loader(args: LoaderFunctionArgs) {
  return fileAnswer(args, () =>
    asActor(args, async (actor) => exportPersonAttendance(actor, idOf(args.params.personId), fileRequest(args.request))),
  )
}
