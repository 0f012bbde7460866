import type { Actor } from '~/platform/actor'
import type { Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import type { ProjectFacts } from './schema'

type Same = { id: string; name: string; byNumber: boolean | null }

/**
 * Asks before a second project whose number as written reads the same, or, where one of the two has no number, whose title and start are
 * the same; without a title the programme and the funding stand for it. Two different numbers are two projects. Throws `conflict` beside
 * `another`, with the `path` of the one that is there.
 */
export async function requireNoSameProject(tx: Tx, actor: Actor, input: ProjectFacts) {
  const { numberAsWritten, title, programme, funding, startsOn } = input
  const [same] = await tx.$queryRaw<Same[]>`
    select p."id", coalesce(p."title", p."numberAsWritten", p."programme", p."funding", '') as "name",
      fold_for_search(p."numberAsWritten") = n."number" as "byNumber"
    from "Project" p, (select fold_for_search(${numberAsWritten}::text) as "number") n
    where p."municipalityId" = ${actor.municipalityId}::uuid and (
      fold_for_search(p."numberAsWritten") = n."number"
      or (p."numberAsWritten" is null or n."number" is null)
        and p."startsOn" is not distinct from ${startsOn}::date
        and fold_for_search(p."title") is not distinct from fold_for_search(${title}::text)
        and (p."title" is not null
          or p."programme" is not distinct from ${programme}::text and p."funding" is not distinct from ${funding}::text))
    order by "byNumber" desc nulls last, p."createdAt", p."id" limit 1`
  if (!same) return
  const { id, name, byNumber } = same
  throw new AppError('conflict', byNumber ? 'project.same_number' : 'project.same_facts', {
    field: 'another',
    name,
    path: `/projects/${id}`,
  })
}
