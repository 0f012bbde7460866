import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { postOf, updatePost } from '~/domain/person/keep-post.server'
import { fullName } from '~/domain/person/person'
import { findPerson } from '~/domain/person/person.server'
import { postSchema } from '~/domain/person/schema'
import { workplaces } from '~/domain/person/workplace.server'
import { authorize } from '~/domain/policy'
import { wordTitle } from '~/i18n/page-title'
import { personWords } from '~/i18n/person'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { PostPage } from './staff/post-page'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, personWords, 'editPostTitle')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    const person = await findPerson(actor, idOf(args.params.personId))
    authorize(actor, 'staff.manage', null)
    const { position, category, startsOn, endsOn, employer, service } = postOf(person, idOf(args.params.postId))
    const workplace = service ? `service.${service.id}` : `employer.${employer.id}`
    return {
      person: { id: person.id, name: fullName(person) },
      post: { workplace, position, category, startsOn, endsOn },
      places: await workplaces(actor),
    }
  })
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, postSchema, async (actor, input) => {
    const personId = idOf(args.params.personId)
    await updatePost(actor, personId, idOf(args.params.postId), input)
    return redirectWithToast(`/staff/${personId}`, 'person.post_saved')
  })
}

export default function EditPostPage() {
  return <PostPage {...useLoaderData<typeof loader>()} actionData={useActionData<typeof action>()} />
}
