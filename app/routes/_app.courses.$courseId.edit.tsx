import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { findCourse } from '~/domain/course/course.server'
import { updateCourse } from '~/domain/course/keep-course.server'
import { courseSchema } from '~/domain/course/schema'
import { authorize } from '~/domain/policy'
import { pageTitle } from '~/i18n/page-title'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { CoursePage } from './courses/course-page'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => pageTitle(matches, data?.course.title)

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    const course = await findCourse(actor, idOf(args.params.courseId))
    authorize(actor, 'course.manage', null)
    return { course, academicHourMinutes: actor.academicHourMinutes }
  })
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, courseSchema, async (actor, input) => {
    const courseId = idOf(args.params.courseId)
    await updateCourse(actor, courseId, input)
    return redirectWithToast(`/courses/${courseId}`, 'course.saved')
  })
}

export default function EditCoursePage() {
  return <CoursePage {...useLoaderData<typeof loader>()} actionData={useActionData<typeof action>()} />
}
