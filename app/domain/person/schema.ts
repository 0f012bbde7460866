import { z } from 'zod'
import { UUID_FORM } from '~/platform/uuid'
import { choice, day, id, line, optional } from '../fields'
import { SEXES, STAFF_CATEGORIES, holdsPersonalNumber, isName, mendLookAlikes } from './person'

const name = (required?: string) => line(100, required).transform(mendLookAlikes).pipe(z.string().refine(isName, 'person.name_letters'))
const noPersonalNumber = (text: string) => !holdsPersonalNumber(text)

/** `employer.<id>` or `service.<id>`: what the one select of workplaces sends. */
const workplace = z.string({ error: 'person.workplace' }).regex(new RegExp(`^(employer|service)\\.${UUID_FORM}$`), 'field.choice')
const position = line(200, 'person.position').pipe(z.string().refine(noPersonalNumber, 'person.no_personal_number'))

/** What is said beside a field of a post that is begun and not finished. */
const MISSING = {
  workplace: 'person.workplace',
  position: 'person.position',
  category: 'person.category',
  startsOn: 'person.starts_on',
}

const names = {
  givenName: name('person.given_name'),
  middleName: optional(name()),
  familyName: optional(name()),
  latinName: optional(
    line(300).pipe(
      z
        .string()
        .refine(isName, 'person.name_letters')
        .refine((text) => !/\p{Script=Cyrillic}/u.test(text), 'person.latin_letters'),
    ),
  ),
  employeeNumber: optional(line(40).pipe(z.string().refine(noPersonalNumber, 'person.no_personal_number'))),
  sex: optional(choice(SEXES)),
  firstInSocialSystemOn: optional(day()),
  /** The coordinator has seen that somebody of this name is in the staff already. */
  namesake: z.boolean().optional().default(false),
}

/** A new person, with the first post or without any. */
export const newPersonSchema = z
  .object({
    ...names,
    workplace: optional(workplace),
    position: optional(position),
    category: optional(choice(STAFF_CATEGORIES)),
    startsOn: optional(day()),
  })
  .superRefine((person, refusal) => {
    const post = { workplace: person.workplace, position: person.position, category: person.category, startsOn: person.startsOn }
    const missing = Object.entries(post).filter(([, value]) => value === null)
    if (missing.length === 4) return
    for (const [field] of missing) refusal.addIssue({ code: 'custom', path: [field], message: MISSING[field as keyof typeof post] })
  })
export type NewPerson = z.output<typeof newPersonSchema>

export const personSchema = z.object(names)
export type PersonFacts = z.output<typeof personSchema>

export const postSchema = z
  .object({ workplace, position, category: choice(STAFF_CATEGORIES), startsOn: day('person.starts_on'), endsOn: optional(day()) })
  .refine((post) => post.endsOn === null || post.endsOn >= post.startsOn, { path: ['endsOn'], message: 'person.post_ends_before' })
export type PostFacts = z.output<typeof postSchema>

export const personFilterSchema = z.object({
  q: z.string().max(200).catch(''),
  service: optional(id()).catch(null),
  category: optional(choice(STAFF_CATEGORIES)).catch(null),
})
