import type { LoaderFunctionArgs } from '@remix-run/node'
import { exportProjectAttendance } from '~/domain/attendance/export-attendance.server'
import { asActor, idOf } from '~/platform/handlers.server'
import { fileAnswer, fileRequest } from '~/platform/table/answer.server'

/** `/projects/:id?format=`: every person in every session, absences too. */
export function loader(args: LoaderFunctionArgs) {
  return fileAnswer(args, () =>
    asActor(args, async (actor) =>
      exportProjectAttendance(actor, idOf(args.params.projectId), { ...fileRequest(args.request), presentOnly: false }),
    ),
  )
}
