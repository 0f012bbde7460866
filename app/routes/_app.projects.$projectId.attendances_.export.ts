import type { LoaderFunctionArgs } from '@remix-run/node'
import { exportProjectAttendance } from '~/domain/attendance/export-attendance.server'
import { asActor, idOf } from '~/platform/handlers.server'
import { fileAnswer, fileRequest } from '~/platform/table/answer.server'

/** `/projects/:id/attendances?format=`: the attendances behind the project's second number, as the page lists them. */
export function loader(args: LoaderFunctionArgs) {
  return fileAnswer(args, () =>
    asActor(args, async (actor) =>
      exportProjectAttendance(actor, idOf(args.params.projectId), { ...fileRequest(args.request), presentOnly: true }),
    ),
  )
}
