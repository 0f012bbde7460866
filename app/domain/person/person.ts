import type { StaffCategory } from '~/generated/prisma/enums'
import { fullName, type NameParts } from '~/i18n/format'

export { fullName, listName, type NameParts } from '~/i18n/format'

export const STAFF_CATEGORIES = [
  'core',
  'recommended',
  'direct_care',
  'support',
  'manager',
  'referral',
  'front_office',
  'other',
] as const satisfies readonly StaffCategory[]
export const SEXES = ['female', 'male'] as const

/** A post of a person; days as `YYYY-MM-DD`, both included. */
export type Post = {
  id: string
  position: string
  category: StaffCategory
  employer: { id: string; name: string }
  service: { id: string; name: string } | null
  startsOn: string
  endsOn: string | null
}

/** Where a post is held: the service, or the administration or provider itself. */
export const workplace = (post: Pick<Post, 'employer' | 'service'>): string => post.service?.name ?? post.employer.name

export const isHeldOn = (post: Pick<Post, 'startsOn' | 'endsOn'>, day: string): boolean =>
  post.startsOn <= day && (post.endsOn === null || post.endsOn >= day)

const LOOK_ALIKES: Record<string, string> = Object.fromEntries(
  [...'ABCEHKMOPTXYaceopxy'].map((latin, index) => [latin, [...'АВСЕНКМОРТХУасеорху'][index]!]),
)

/** Puts Cyrillic letters for Latin ones that look the same inside a Cyrillic word; a word with any other Latin letter stays as it is. */
export function mendLookAlikes(name: string): string {
  return name.replace(/\p{L}+/gu, (word) => {
    if (!/\p{Script=Cyrillic}/u.test(word)) return word
    const latin = word.match(/\p{Script=Latin}/gu) ?? []
    return latin.every((letter) => letter in LOOK_ALIKES) ? word.replace(/\p{Script=Latin}/gu, (letter) => LOOK_ALIKES[letter]!) : word
  })
}

/** Ten digits in a row, also apart by spaces, hyphens or dots, could be a personal number (ЕГН, ЛНЧ), which is never stored. */
export const holdsPersonalNumber = (text: string): boolean => /(?<!\d)\d(?:[ .\-–]?\d){9}(?![ .\-–]?\d)/.test(text)

/** Letters of any alphabet, space, hyphen, apostrophe and full stop, with at least one letter: no name holds more. */
export const isName = (text: string): boolean => /^[\p{L}\p{M}' .’\-‐‑–]+$/u.test(text) && /\p{L}/u.test(text)

/** The words of a query once it is folded; a person is found when every one of them is part of his search key. */
export const searchTokens = (folded: string): string[] => [...new Set(folded.split(' ').filter(Boolean))].slice(0, 8)

/** What `like` reads as signs of its own is only text here. */
export const escapeLike = (token: string): string => token.replace(/[\\%_]/g, (sign) => `\\${sign}`)

/** Two namesakes: names that read the same. */
export const sameName = (a: NameParts, b: NameParts): boolean => fullName(a) === fullName(b)
