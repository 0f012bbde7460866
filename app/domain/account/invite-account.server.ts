import { authorize, type AccountActor, type Role } from '~/domain/policy'
import { recordEvent } from '~/platform/audit.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { violated } from '~/platform/db-errors.server'
import { AppError } from '~/platform/errors'
import { once } from '~/platform/submission.server'
import { makePasswordLink } from './password-link.server'
import { putAccount } from './put-account.server'
import type { Invitation } from './schema'

/**
 * Lets somebody work in the actor's municipality. Returns the page of the account, whether this submission added it, and, for an account
 * that was not there before, the token of its one-time link; an account that exists only gets the roles. Throws `conflict` for a login already here, or taken and not
 * confirmed, and for a person who has an account.
 */
export async function inviteAccount(actor: AccountActor, input: Invitation, key: string | null) {
  authorize(actor, 'account.manage', null)
  const { municipalityId } = actor
  let token: string | null = null
  let isAdded = false
  try {
    const path = await inMunicipality(actor, (tx) =>
      once(tx, actor, key, async () => {
        const { accountId, isNew } = await putAccount(tx, input.login, input.displayName, input.sameAccount)
        if (!isNew && (await tx.membership.findFirst({ where: { accountId, municipalityId } })))
          throw new AppError('conflict', 'account.already_here', { field: 'login' })
        if (input.personId) await requirePerson(tx, input.personId)
        const membership = await tx.membership.create({
          data: { municipalityId, accountId, displayName: input.displayName, personId: input.personId },
        })
        await grantAll(tx, actor, membership.id, input)
        if (isNew) token = await makePasswordLink(tx, accountId, municipalityId)
        const payload = { login: input.login, name: input.displayName, roles: input.roles.join(', '), personId: input.personId, isNew }
        await recordEvent(tx, actor, 'account.invited', { type: 'account', id: accountId }, payload)
        isAdded = true
        return `/admin/accounts/${membership.id}`
      }),
    )
    return { path, isAdded: isAdded as boolean, token: token as string | null }
  } catch (error) {
    throw asRefusal(error)
  }
}

async function grantAll(tx: Tx, actor: AccountActor, membershipId: string, { roles, serviceIds }: Invitation) {
  const { municipalityId, accountId: grantedById } = actor
  const services = await tx.socialService.count({ where: { id: { in: serviceIds } } })
  if (roles.includes('manager') && services !== new Set(serviceIds).size)
    throw new AppError('invalid', 'account.service_missing', { field: 'serviceIds' })
  const grants = [...new Set(roles)].flatMap((role): { role: Role; serviceId: string | null }[] =>
    role === 'manager' ? [...new Set(serviceIds)].map((serviceId) => ({ role, serviceId })) : [{ role, serviceId: null }],
  )
  await tx.roleGrant.createMany({ data: grants.map((grant) => ({ ...grant, municipalityId, membershipId, grantedById })) })
}

/** Throws `invalid` for a person who is not in the staff of the transaction's municipality. */
export async function requirePerson(tx: Tx, personId: string) {
  if (!(await tx.person.findUnique({ where: { id: personId }, select: { id: true } })))
    throw new AppError('invalid', 'account.person_unknown', { field: 'personId' })
}

/** The database's own refusals of a link between an account and a person, as sentences. */
export function asRefusal(error: unknown): unknown {
  if (violated(error, 'Membership_personId_municipalityId_key'))
    return new AppError('conflict', 'account.person_taken', { field: 'personId' })
  if (violated(error, 'membership_person_in_one_municipality'))
    return new AppError('conflict', 'account.person_elsewhere', { field: 'personId' })
  if (violated(error, 'Membership_accountId_municipalityId_key'))
    return new AppError('conflict', 'account.already_here', { field: 'login' })
  return error
}
