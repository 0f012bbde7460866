import type { AccountActor } from '~/platform/actor'
import { recordEvent } from '~/platform/audit.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { once } from '~/platform/submission.server'
import { changes } from '../changes'
import { dateOf, dateOrNull } from '../day'
import { authorize } from '../policy'
import { findPersonIn, type FoundPerson } from './person.server'
import type { PostFacts } from './schema'
import { workplaceOf } from './workplace.server'

/** A post of the person found before. Throws `not_found` for one that is not his. */
export function postOf(person: FoundPerson, postId: string) {
  const post = person.posts.find((one) => one.id === postId)
  if (!post) throw new AppError('not_found', 'person.post_not_found')
  return post
}

async function postColumns(tx: Tx, actor: AccountActor, input: PostFacts) {
  const place = await workplaceOf(tx, actor, input.workplace)
  return {
    ...place,
    position: input.position,
    category: input.category,
    startsOn: dateOf(input.startsOn),
    endsOn: dateOrNull(input.endsOn),
  }
}

/**
 * Adds a post to a person's history; returns the path of the profile. Throws `not_found`, `forbidden`, and `conflict` for the same post
 * at the same place from the same day.
 */
export function addPost(actor: AccountActor, personId: string, input: PostFacts, key: string | null): Promise<string> {
  return inMunicipality(actor, async (tx) => {
    const person = await findPersonIn(tx, actor, personId)
    authorize(actor, 'staff.manage', null)
    return once(tx, actor, key, async () => {
      const columns = await postColumns(tx, actor, input)
      const { employerId, serviceId, position, startsOn } = columns
      if (await tx.assignment.findFirst({ where: { personId, employerId, serviceId, position, startsOn }, select: { id: true } }))
        throw new AppError('conflict', 'person.post_taken', { field: 'position' })
      const post = await tx.assignment.create({
        data: { municipalityId: actor.municipalityId, personId: person.id, ...columns },
        select: { id: true },
      })
      await recordEvent(tx, actor, 'post.added', { type: 'person', id: person.id }, { postId: post.id, ...input })
      return `/staff/${person.id}`
    })
  })
}

/** Corrects a post, or ends it by giving its last day. Throws `not_found` and `forbidden`. */
export async function updatePost(actor: AccountActor, personId: string, postId: string, input: PostFacts): Promise<void> {
  await inMunicipality(actor, async (tx) => {
    const person = await findPersonIn(tx, actor, personId)
    authorize(actor, 'staff.manage', null)
    const { position, category, startsOn, endsOn, ...before } = postOf(person, postId)
    const workplace = before.service ? `service.${before.service.id}` : `employer.${before.employer.id}`
    const changed = changes({ workplace, position, category, startsOn, endsOn }, input)
    if (Object.keys(changed).length === 0) return
    await tx.assignment.update({
      where: { id: postId, municipalityId: actor.municipalityId },
      data: await postColumns(tx, actor, input),
      select: { id: true },
    })
    const ends = endsOn === null && input.endsOn !== null
    await recordEvent(tx, actor, ends ? 'post.ended' : 'post.updated', { type: 'person', id: personId }, { postId, ...changed })
  })
}
