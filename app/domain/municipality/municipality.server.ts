import type { InstallationActor } from '~/platform/actor'
import { inInstallation, type Tx } from '~/platform/db.server'

/** The ids of the municipalities in which no administrator can sign in. */
export async function municipalitiesWithoutAdmin(tx: Tx): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`select municipalities_without_admin() as id`
  return new Set(rows.map((row) => row.id))
}

/** Returns all municipalities of the installation in Bulgarian order: names and codes, nothing of what is in them. */
export function listMunicipalities(actor: InstallationActor) {
  return inInstallation(actor, async (tx) => {
    const rows = await tx.$queryRaw<{ id: string; name: string; district: string | null; nsiCode: string | null; createdAt: Date }[]>`
      select "id", "name", "district", "nsiCode", "createdAt" from "Municipality" order by "name" collate "bg-x-icu", "id"`
    const without = await municipalitiesWithoutAdmin(tx)
    return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString(), hasAdmin: !without.has(row.id) }))
  })
}
