import { makePasswordLink, worksElsewhere } from '~/domain/account/password-link.server'
import { putAccount } from '~/domain/account/put-account.server'
import type { InstallationActor } from '~/platform/actor'
import { inInstallation, type Tx } from '~/platform/db.server'
import { violated } from '~/platform/db-errors.server'
import { AppError } from '~/platform/errors'
import { addAdmin, addMunicipality, codeTaken, openFor, type NewMunicipality } from './add-municipality.server'
import { municipalitiesWithoutAdmin } from './municipality.server'

type Named = { login: string; displayName: string; sameAccount: boolean }

/**
 * Adds a municipality with its first administrator. Returns its name and the token of the one-time link for a new account (null for one
 * that exists). Throws `conflict` for a municipality of that name and district, a code that is taken, a login taken and not confirmed.
 */
export async function createMunicipality(actor: InstallationActor, input: NewMunicipality & Named) {
  try {
    return await inInstallation(actor, async (tx) => {
      await oneAtATime(tx)
      const known = await tx.municipality.findFirst({ where: { name: input.municipality, district: input.district } })
      if (known) throw new AppError('conflict', 'account.municipality_exists', { field: 'municipality' })
      const municipality = await addMunicipality(tx, actor, input)
      return { name: municipality.name, token: await putAdmin(tx, actor, municipality.id, input) }
    })
  } catch (error) {
    throw violated(error, 'Municipality_nsiCode_key') ? codeTaken() : error
  }
}

/** Names an administrator, again or another one, for a municipality that nobody can administer. Returns as `createMunicipality`; throws `conflict` where somebody can. */
export function inviteAdmin(actor: InstallationActor, municipalityId: string, input: Named) {
  return inInstallation(actor, async (tx) => {
    await oneAtATime(tx)
    const municipality = await tx.municipality.findUnique({ where: { id: municipalityId }, select: { name: true } })
    if (!municipality) throw new AppError('not_found', 'error.not_found')
    if (!(await municipalitiesWithoutAdmin(tx)).has(municipalityId)) throw new AppError('conflict', 'account.admin_exists')
    await openFor(tx, municipalityId)
    return { name: municipality.name, token: await putAdmin(tx, actor, municipalityId, input) }
  })
}

/** Two submissions of one form wait for each other; the second then finds what the first has done. */
const oneAtATime = (tx: Tx) => tx.$executeRaw`select pg_advisory_xact_lock(hashtext('municipality.create'))`

/** A link for whoever cannot sign in yet and is this municipality's alone. */
async function putAdmin(tx: Tx, actor: InstallationActor, municipalityId: string, { login, displayName, sameAccount }: Named) {
  const { accountId } = await putAccount(tx, login, displayName, sameAccount)
  const { passwordHash } = await tx.account.findUniqueOrThrow({ where: { id: accountId }, select: { passwordHash: true } })
  const needsLink = passwordHash === null && !(await worksElsewhere(tx, accountId, municipalityId))
  await addAdmin(tx, actor, municipalityId, { id: accountId, displayName })
  return needsLink ? makePasswordLink(tx, accountId, municipalityId) : null
}
