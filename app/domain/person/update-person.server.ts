import type { AccountActor } from '~/platform/actor'
import { recordEvent } from '~/platform/audit.server'
import { inMunicipality } from '~/platform/db.server'
import { changes } from '../changes'
import { authorize } from '../policy'
import { transliterate } from './latin'
import { fullName, sameName } from './person'
import { personColumns, refuseTakenNumber, requireNoNamesake } from './person-facts.server'
import { findPersonIn } from './person.server'
import type { PersonFacts } from './schema'

/**
 * Corrects the facts of a person. A Latin form that was the suggestion follows the corrected name. Throws `not_found`, `forbidden`, and
 * `conflict` as creating one does.
 */
export async function updatePerson(actor: AccountActor, personId: string, input: PersonFacts): Promise<void> {
  await inMunicipality(actor, async (tx) => {
    const before = await findPersonIn(tx, actor, personId)
    authorize(actor, 'staff.manage', null)
    const renamed = !sameName(before, input)
    if (renamed) await requireNoNamesake(tx, actor, input, personId)
    const follows = renamed && input.latinName === before.latinName && before.latinName === transliterate(fullName(before))
    const columns = personColumns(follows ? { ...input, latinName: null } : input)
    await tx.person.update({
      where: { id_municipalityId: { id: personId, municipalityId: actor.municipalityId } },
      data: columns,
      select: { id: true },
    })
    const { givenName, middleName, familyName, latinName, employeeNumber, sex, firstInSocialSystemOn } = before
    const changed = changes(
      { givenName, middleName, familyName, latinName, employeeNumber, sex, firstInSocialSystemOn },
      { ...columns, firstInSocialSystemOn: input.firstInSocialSystemOn },
    )
    if (Object.keys(changed).length > 0) await recordEvent(tx, actor, 'person.updated', { type: 'person', id: personId }, changed)
  }).catch(refuseTakenNumber)
}
