import type { Tx } from '~/platform/db.server'
import type { SheetForm } from '../attendance/sheet-facts'
import { sheetColumns, USUAL_COLUMNS } from './funder'
import { holdingOn } from './holding-version'

/** Whose paper it is: the project of the training, and the version a closed sheet was frozen with. */
export type PaperOf = {
  project: { isEuFunded: boolean; funderProfileId: string | null } | null
  /** Undefined while the sheet is open; null where it was closed without a version. */
  closedWith: string | null | undefined
  /** The day of the session, `YYYY-MM-DD`. */
  day: string
}

const COLUMNS = { showsEuBlock: true, statement: true, columns: true, logo: { select: { bytes: true } } } as const

/**
 * How the sheet of a session on `day` looks: by the version of the project's funder profile that holds on that day, for a closed sheet by
 * the version it was closed with, whatever came after; without any the usual columns, with the EU block where the project is co-funded.
 */
export async function sheetFormOf(tx: Tx, { project, closedWith, day }: PaperOf): Promise<SheetForm> {
  const version =
    closedWith !== undefined
      ? closedWith && (await tx.funderProfileVersion.findUnique({ where: { id: closedWith }, select: COLUMNS }))
      : project?.funderProfileId &&
        (
          await tx.funderProfile.findUnique({
            where: { id: project.funderProfileId },
            select: { versions: { ...holdingOn(day), select: COLUMNS } },
          })
        )?.versions[0]
  return version ? formOf(version) : { showsEuBlock: project?.isEuFunded ?? false, statement: null, columns: USUAL_COLUMNS, logo: null }
}

/** What a stored version prints. */
export const formOf = (version: {
  showsEuBlock: boolean
  statement: string | null
  columns: string[]
  logo: { bytes: Uint8Array } | null
}): SheetForm => ({
  showsEuBlock: version.showsEuBlock,
  statement: version.statement,
  columns: sheetColumns(version.columns),
  logo: version.logo?.bytes ?? null,
})
