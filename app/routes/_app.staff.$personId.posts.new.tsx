import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { addPost } from '~/domain/person/keep-post.server'
import { fullName } from '~/domain/person/person'
import { findPerson } from '~/domain/person/person.server'
import { postSchema } from '~/domain/person/schema'
import { workplaces } from '~/domain/person/workplace.server'
import { authorize } from '~/domain/policy'
import { wordTitle } from '~/i18n/page-title'
import { personWords } from '~/i18n/person'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { PostPage } from './staff/post-page'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, personWords, 'addPostTitle')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    const person = await findPerson(actor, idOf(args.params.personId))
    authorize(actor, 'staff.manage', null)
    return { person: { id: person.id, name: fullName(person) }, places: await workplaces(actor) }
  })
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, postSchema, async (actor, input, { key }) =>
    redirectWithToast(await addPost(actor, idOf(args.params.personId), input, key), 'person.post_added'),
  )
}

export default function NewPostPage() {
  return <PostPage {...useLoaderData<typeof loader>()} actionData={useActionData<typeof action>()} />
}
