import type { Tx } from '~/platform/db.server'
import { searchPatterns } from '../search'

/** For one word: the courses whose title has it, the places, and the trainers whose name has it. A training is found by any of them. */
export type FoundByWord = { courses: string[]; places: string[]; trainers: string[] }

/** What each word of `q` finds, however it is written; nothing for an empty search. A training is meant when every word finds it. */
export async function foundByWords(tx: Tx, q: string): Promise<FoundByWord[]> {
  const patterns = searchPatterns(q)
  if (patterns.length === 0) return []
  return tx.$queryRaw<FoundByWord[]>`
    select array(select c."id"::text from "Course" c where fold_for_search(c."title" || ' ' || coalesce(c."titleEn", '')) like w.pattern) as courses,
      array(select distinct t."place" from "Training" t where fold_for_search(t."place") like w.pattern) as places,
      array(select m."accountId"::text from "Membership" m where fold_for_search(m."displayName") like w.pattern) as trainers
    from (select fold_for_search(typed) as pattern from unnest(${patterns}::text[]) as typed) w`
}
