import type { AccountActor } from '~/platform/actor'
import { recordEvent } from '~/platform/audit.server'
import { inMunicipality } from '~/platform/db.server'
import { once } from '~/platform/submission.server'
import { dateOf } from '../day'
import { authorize } from '../policy'
import { fullName } from './person'
import { personColumns, refuseTakenNumber, requireNoNamesake } from './person-facts.server'
import type { NewPerson } from './schema'
import { workplaceOf } from './workplace.server'

/**
 * Puts somebody into the staff, with the first post where one was given; returns the path of the profile. Throws `forbidden`; `conflict`
 * for a taken employee number, and for a namesake until it is said that it is another person.
 */
export async function createPerson(actor: AccountActor, input: NewPerson, key: string | null): Promise<string> {
  authorize(actor, 'staff.manage', null)
  const { municipalityId } = actor
  return inMunicipality(actor, (tx) =>
    once(tx, actor, key, async () => {
      await requireNoNamesake(tx, actor, input, null)
      const person = await tx.person.create({ data: { municipalityId, ...personColumns(input) }, select: { id: true } })
      const { workplace, position, category, startsOn } = input
      if (workplace && position && category && startsOn) {
        const place = await workplaceOf(tx, actor, workplace)
        await tx.assignment.create({
          data: { municipalityId, personId: person.id, ...place, position, category, startsOn: dateOf(startsOn) },
        })
      }
      await recordEvent(tx, actor, 'person.created', { type: 'person', id: person.id }, { name: fullName(input), position, startsOn })
      return `/staff/${person.id}`
    }),
  ).catch(refuseTakenNumber)
}
