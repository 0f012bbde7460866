import type { Prisma } from '~/generated/prisma/client'

/** How many rows a list of the home holds; the rest is counted and linked to. */
export const MOST_ROWS = 10

/** `total` is of all rows, of which the list holds the first ten. */
export type Counted = { total: number }

/** The query of one list, or null for an actor none of whose roles has it. Its rows travel as JSON: instants are ISO texts. */
export type ListQuery<Row extends Counted> = (Prisma.Sql & { readonly row?: Row }) | null
