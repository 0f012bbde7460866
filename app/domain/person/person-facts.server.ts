import type { Actor } from '~/platform/actor'
import { violated } from '~/platform/db-errors.server'
import type { Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { dateOrNull } from '../day'
import { transliterate } from './latin'
import { fullName } from './person'
import type { PersonFacts } from './schema'

/** The columns of a person as typed; without a Latin form the one by the law's rules. */
export function personColumns(input: PersonFacts) {
  const { givenName, middleName, familyName, employeeNumber, sex } = input
  const latinName = input.latinName ?? transliterate(fullName(input))
  return {
    givenName,
    middleName,
    familyName,
    latinName,
    employeeNumber,
    sex,
    firstInSocialSystemOn: dateOrNull(input.firstInSocialSystemOn),
  }
}

/** Asks before a second person of the same three names. Throws `conflict` beside `namesake` until the coordinator has said it is another one. */
export async function requireNoNamesake(tx: Tx, actor: Actor, input: PersonFacts, exceptId: string | null) {
  if (input.namesake) return
  const { givenName, middleName, familyName } = input
  const other = await tx.person.findFirst({
    where: { municipalityId: actor.municipalityId, givenName, middleName, familyName, ...(exceptId ? { id: { not: exceptId } } : {}) },
    select: { id: true },
  })
  if (other) throw new AppError('conflict', 'person.namesake', { field: 'namesake', name: fullName(input), path: `/staff/${other.id}` })
}

/** The database's refusals of a person's columns, in the form's words. */
export function refuseTakenNumber(error: unknown): never {
  if (violated(error, 'Person_municipalityId_employeeNumber_key', 'employeeNumber'))
    throw new AppError('conflict', 'person.number_taken', { field: 'employeeNumber' })
  throw error
}
