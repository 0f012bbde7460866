import type { AccountActor } from '~/platform/actor'
import { recordEvent } from '~/platform/audit.server'
import { keepBlobs } from '~/platform/blob.server'
import { clock } from '~/platform/clock.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { violated } from '~/platform/db-errors.server'
import { AppError } from '~/platform/errors'
import { once } from '~/platform/submission.server'
import { dayOf } from '~/platform/zoned.server'
import { dateOf, dayText } from '../day'
import { authorize } from '../policy'
import { findFunderIn } from './funder.server'
import { drawnLogo } from './logo.server'
import type { FunderVersionInput, NewFunder } from './schema'

type Version = Omit<FunderVersionInput, 'keepsLogo'>

/**
 * Adds a profile with its first version, from whatever day; returns its path. Throws `forbidden`, `conflict` beside the name where there
 * is one of this name, and what `drawnLogo` throws.
 */
export async function createFunder(actor: AccountActor, input: NewFunder, logo: Uint8Array | null, key: string | null): Promise<string> {
  authorize(actor, 'funder.manage', null)
  const drawn = logo && (await drawnLogo(logo))
  const { name, ...version } = input
  return refusingSecondName(() =>
    inMunicipality(actor, (tx) =>
      once(tx, actor, key, async () => {
        const { id } = await tx.funderProfile.create({ data: { municipalityId: actor.municipalityId, name }, select: { id: true } })
        const logoSha256 = drawn && (await keepLogo(tx, actor, drawn))
        const payload = await putVersion(tx, actor, id, version, logoSha256)
        await recordEvent(tx, actor, 'funder_profile.created', { type: 'funder_profile', id }, { name, ...payload })
        return `/funder-profiles/${id}`
      }),
    ),
  )
}

/**
 * Adds a version to a profile, for sessions from its day on; sheets of earlier days keep the version they had. Returns the profile's path.
 * Throws `not_found`, `invalid` beside `validFrom` for a day that has passed or has a version, and what `drawnLogo` throws.
 */
export async function addFunderVersion(
  actor: AccountActor,
  profileId: string,
  input: FunderVersionInput,
  logo: Uint8Array | null,
  key: string | null,
): Promise<string> {
  const { keepsLogo, ...version } = input
  const drawn = logo && (await inMunicipality(actor, (tx) => findFunderIn(tx, actor, profileId)).then(() => drawnLogo(logo)))
  return refusingOutOfTurn(() =>
    inMunicipality(actor, async (tx) => {
      const { name } = await findFunderIn(tx, actor, profileId)
      authorize(actor, 'funder.manage', null)
      return once(tx, actor, key, async () => {
        const last = await tx.funderProfileVersion.findFirst({ where: { profileId }, orderBy: { validFrom: 'desc' } })
        requireInTurn(actor, input.validFrom, last && dayText(last.validFrom))
        const logoSha256 = drawn ? await keepLogo(tx, actor, drawn) : keepsLogo ? (last?.logoSha256 ?? null) : null
        const payload = await putVersion(tx, actor, profileId, version, logoSha256)
        await recordEvent(tx, actor, 'funder_profile.version_added', { type: 'funder_profile', id: profileId }, { name, ...payload })
        return `/funder-profiles/${profileId}`
      })
    }),
  )
}

/** Gives a profile another name. Throws `not_found`, and `conflict` beside the name where there is one of this name. */
export async function renameFunder(actor: AccountActor, profileId: string, name: string): Promise<void> {
  await refusingSecondName(() =>
    inMunicipality(actor, async (tx) => {
      const before = await findFunderIn(tx, actor, profileId)
      authorize(actor, 'funder.manage', null)
      if (before.name === name) return
      await tx.funderProfile.update({
        where: { id_municipalityId: { id: profileId, municipalityId: actor.municipalityId } },
        data: { name },
        select: { id: true },
      })
      await recordEvent(tx, actor, 'funder_profile.renamed', { type: 'funder_profile', id: profileId }, { from: before.name, to: name })
    }),
  )
}

async function putVersion(tx: Tx, actor: AccountActor, profileId: string, version: Version, logoSha256: string | null) {
  const { validFrom, showsEuBlock, statement, places } = version
  const { municipalityId } = actor
  const facts = { showsEuBlock, statement, columns: places, logoSha256 }
  await tx.funderProfileVersion.create({
    data: {
      municipalityId,
      profileId,
      validFrom: dateOf(validFrom),
      ...facts,
      createdAt: clock.now(),
      createdById: actor.accountId,
      createdByName: actor.name,
    },
    select: { id: true },
  })
  return { validFrom, showsEuBlock, statement, columns: places.join(', '), logoSha256 }
}

async function keepLogo(tx: Tx, { municipalityId }: AccountActor, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const [sha256] = await keepBlobs(tx, municipalityId, [{ bytes, mediaType: 'image/png' }])
  return sha256!
}

/** The same order the database keeps (`funder_version_in_turn`), said beside the field. */
function requireInTurn(actor: AccountActor, validFrom: string, last: string | null) {
  if (last !== null && validFrom <= last) throw new AppError('invalid', 'funder.after_last', { field: 'validFrom', last: pointed(last) })
  if (last !== null && validFrom <= dayOf(clock.now(), actor.timeZone))
    throw new AppError('invalid', 'funder.not_past', { field: 'validFrom' })
}

const pointed = (day: string) => day.split('-').reverse().join('.')

async function refusingOutOfTurn<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (violated(error, 'funder_version_in_turn', 'FunderProfileVersion_profileId_validFrom_key'))
      throw new AppError('conflict', 'funder.not_in_turn', { field: 'validFrom' })
    throw error
  }
}

async function refusingSecondName<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (violated(error, 'FunderProfile_municipalityId_name_key')) throw new AppError('conflict', 'funder.same_name', { field: 'name' })
    throw error
  }
}
