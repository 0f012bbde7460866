import { escapeLike, searchTokens } from './person/person'

/** The words of a search as patterns for `fold_for_search(column) like fold_for_search(pattern)`: every one of them must be found. */
export const searchPatterns = (q: string): string[] =>
  searchTokens(q.slice(0, 200).replace(/\s+/g, ' ')).map((token) => `%${escapeLike(token)}%`)
