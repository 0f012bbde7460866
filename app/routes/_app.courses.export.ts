import type { LoaderFunctionArgs } from '@remix-run/node'
import { exportCourses } from '~/domain/course/export-courses.server'
import { courseFilterSchema } from '~/domain/course/schema'
import { can } from '~/domain/policy'
import { asActor } from '~/platform/handlers.server'
import { fileAnswer, fileRequest } from '~/platform/table/answer.server'

/** `/courses?format=` with the list's filters. */
export function loader(args: LoaderFunctionArgs) {
  return fileAnswer(args, () =>
    asActor(args, async (actor) => {
      const { params, ...format } = fileRequest(args.request)
      const { q, kind, view } = courseFilterSchema.parse({
        q: params.get('q') ?? '',
        kind: params.get('kind') ?? undefined,
        view: params.get('view') ?? undefined,
      })
      return exportCourses(actor, { q, kind, archived: view === 'archived' && can(actor, 'course.manage', null) }, format)
    }),
  )
}
