import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { createCourse } from '~/domain/course/keep-course.server'
import { newCourseSchema } from '~/domain/course/schema'
import { authorize } from '~/domain/policy'
import { courseWords } from '~/i18n/course'
import { wordTitle } from '~/i18n/page-title'
import { asActor, formAction, redirectWithToast } from '~/platform/handlers.server'
import { CoursePage } from './courses/course-page'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, courseWords, 'addTitle')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    authorize(actor, 'course.manage', null)
    return { academicHourMinutes: actor.academicHourMinutes }
  })
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, newCourseSchema, async (actor, input, { key }) =>
    redirectWithToast(await createCourse(actor, input, key), 'course.created'),
  )
}

export default function NewCoursePage() {
  return <CoursePage {...useLoaderData<typeof loader>()} actionData={useActionData<typeof action>()} />
}
