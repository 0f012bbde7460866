import type { AccountActor } from './actor'
import { outsideMunicipalities } from './db.server'

export type Elsewhere = { id: string; name: string }

/** Returns which of the actor's other municipalities holds the row of this id, or null: unknown, here already, or in a municipality that is not the actor's. */
export async function otherMunicipalityOf(
  actor: Pick<AccountActor, 'accountId' | 'municipalityId'>,
  id: string,
): Promise<Elsewhere | null> {
  const [found] = await outsideMunicipalities(
    (db) => db.$queryRaw<Elsewhere[]>`
      select "id", "name" from "Municipality" where "id" = municipality_of(${actor.accountId}::uuid, ${id}::uuid) and "id" <> ${actor.municipalityId}::uuid`,
  )
  return found ?? null
}
