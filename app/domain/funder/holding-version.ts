import { dateOf } from '../day'

/** Of the versions of a profile the one that holds on `day` (`YYYY-MM-DD`): the last that has begun by then. As a question to the database. */
export const holdingOn = (day: string) => ({ where: { validFrom: { lte: dateOf(day) } }, orderBy: { validFrom: 'desc' as const }, take: 1 })

/** The same of versions that are here already, the latest first; undefined where none has begun. */
export const heldOn = <V extends { validFrom: Date }>(versions: readonly V[], day: string): V | undefined =>
  versions.find(({ validFrom }) => validFrom <= dateOf(day))
