import type { AccountActor } from '~/domain/policy'
import { recordEvent } from '~/platform/audit.server'
import { inMunicipality } from '~/platform/db.server'
import { findMembership } from './account.server'
import { asRefusal, requirePerson } from './invite-account.server'

/** Changes the name an account has in the actor's municipality. */
export function renameMembership(actor: AccountActor, membershipId: string, displayName: string) {
  return inMunicipality(actor, async (tx) => {
    const { accountId, displayName: before } = await findMembership(tx, actor, membershipId)
    await tx.membership.update({ where: { id: membershipId }, data: { displayName } })
    await recordEvent(tx, actor, 'account.renamed', { type: 'account', id: accountId }, { before, after: displayName })
  })
}

/** Links an account to a person of the staff, or to nobody. Throws `conflict` for a person who has an account, or an account linked elsewhere. */
export async function linkPerson(actor: AccountActor, membershipId: string, personId: string | null) {
  try {
    await inMunicipality(actor, async (tx) => {
      const { accountId } = await findMembership(tx, actor, membershipId)
      if (personId) await requirePerson(tx, personId)
      await tx.membership.update({ where: { id: membershipId }, data: { personId } })
      await recordEvent(tx, actor, 'account.person_linked', { type: 'account', id: accountId }, { personId })
    })
  } catch (error) {
    throw asRefusal(error)
  }
}
