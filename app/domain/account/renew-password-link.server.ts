import type { AccountActor } from '~/domain/policy'
import { recordEvent } from '~/platform/audit.server'
import { inMunicipality } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { findMembership } from './account.server'
import { makePasswordLink, worksElsewhere } from './password-link.server'

/** Makes a new one-time link for a forgotten password or a lost invitation; returns its token. Throws `conflict` for an account that works elsewhere too. */
export function renewPasswordLink(actor: AccountActor, membershipId: string): Promise<string> {
  return inMunicipality(actor, async (tx) => {
    const { accountId } = await findMembership(tx, actor, membershipId)
    if (await worksElsewhere(tx, accountId, actor.municipalityId)) throw new AppError('conflict', 'account.works_elsewhere')
    const token = await makePasswordLink(tx, accountId, actor.municipalityId)
    await recordEvent(tx, actor, 'account.link_renewed', { type: 'account', id: accountId })
    return token
  })
}
