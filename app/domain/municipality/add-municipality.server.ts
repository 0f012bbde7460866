import { ownActor } from '~/domain/account/own-actor.server'
import type { InstallationActor } from '~/platform/actor'
import { recordEvent, recordInstallationEvent } from '~/platform/audit.server'
import type { Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'

export type NewMunicipality = { municipality: string; district: string | null; nsiCode: string | null }

/** Opens the transaction of the installation's administrator for the rows of one municipality: to add an administrator, and for nothing else. */
export const openFor = (tx: Tx, municipalityId: string) =>
  tx.$executeRaw`select set_config('app.municipalities', ${`{${municipalityId}}`}, true)`

/** Adds a municipality and opens the transaction for it. Throws what the database says of a code that is taken. */
export async function addMunicipality(tx: Tx, actor: InstallationActor, { municipality: name, district, nsiCode }: NewMunicipality) {
  const municipality = await tx.municipality.create({ data: { name, district, nsiCode } })
  await openFor(tx, municipality.id)
  await recordInstallationEvent(
    tx,
    actor,
    'municipality.created',
    { type: 'municipality', id: municipality.id },
    { name, district, nsiCode },
  )
  return municipality
}

/** Makes an account administrator of the municipality the transaction is open for; the event stands in the municipality's own chain. */
export async function addAdmin(tx: Tx, actor: InstallationActor, municipalityId: string, account: { id: string; displayName: string }) {
  const { id: accountId, displayName } = account
  const key = { accountId_municipalityId: { accountId, municipalityId } }
  const membership = await tx.membership.upsert({ where: key, update: {}, create: { municipalityId, accountId, displayName } })
  await tx.$executeRaw`
    insert into "RoleGrant" ("municipalityId", "membershipId", "role", "grantedById")
    values (${municipalityId}::uuid, ${membership.id}::uuid, 'admin', ${actor.accountId}::uuid) on conflict do nothing`
  const author = await ownActor(tx, { id: actor.accountId, displayName: actor.name }, municipalityId)
  await recordEvent(tx, author, 'account.invited', { type: 'account', id: accountId }, { name: displayName, roles: 'admin' })
}

/** The refusal of a code another municipality has, as a sentence. */
export const codeTaken = () => new AppError('conflict', 'account.nsi_taken', { field: 'nsiCode' })
