import { Prisma } from '~/generated/prisma/client'
import { fullName } from '~/i18n/format'
import type { AccountActor } from '~/platform/actor'
import { clock } from '~/platform/clock.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { dayOf } from '~/platform/zoned.server'
import { namesakeNumbers } from '../person/namesakes'
import { hasRole } from '../policy'
import type { Counted, ListQuery } from './list'
import { openTrainings, ownCertificates } from './offers.server'
import { canMark, ownScan, sessionsAround } from './sessions-around.server'
import { certificatesDue, openInvitations, ownNominations, sheetsToClose, undecidedEnrolments, type Nomination } from './waiting.server'

export type Listed<Row> = { rows: Omit<Row, 'total'>[]; more: number }

/** Rows that each carry the total of their list; `more` is how many the list leaves out. */
function listed<Row extends Counted>(rows: Row[]): Listed<Row> {
  const total = rows[0]?.total ?? 0
  return { rows: rows.map(({ total: _, ...row }) => row), more: total - rows.length }
}

/** The employee number stays only where it tells two of the rows apart, which show no service. */
function withNumbers(rows: Nomination[]) {
  const numbers = namesakeNumbers(
    rows.map((row) => ({
      key: row.personId,
      name: fullName(row),
      position: row.position,
      unit: null,
      employeeNumber: row.employeeNumber,
    })),
  )
  return rows.map(({ personId, ...row }) => ({ ...row, employeeNumber: numbers.get(personId) ?? null }))
}

type Queries = Record<string, ListQuery<Counted>>
type RowOf<Query> = NonNullable<Query> extends { readonly row?: infer Row } ? NonNullable<Row> : never

/** The rows of several lists, by their names, in one statement: every statement more costs as much as a short list. Asks nothing for a null. */
async function readLists<Q extends Queries>(tx: Tx, queries: Q): Promise<{ [Name in keyof Q]: RowOf<Q[Name]>[] }> {
  const parts = Object.entries(queries).flatMap(([name, query]) =>
    query ? [Prisma.sql`${name}::text, (select coalesce(json_agg(list), '[]') from (${query}) list)`] : [],
  )
  const none = Object.fromEntries(Object.keys(queries).map((name) => [name, []]))
  if (parts.length === 0) return none as never
  const [found] = await tx.$queryRaw<{ lists: object }[]>`select json_build_object(${Prisma.join(parts)}) as "lists"`
  return { ...none, ...found!.lists } as never
}

/**
 * What the home shows an actor: what is today, what waits, what comes next, by all his roles; `today` is the day of the municipality's
 * zone. One statement, without the lists that no role of his has.
 */
export function home(actor: AccountActor) {
  const now = clock.now()
  const today = dayOf(now, actor.timeZone)
  return inMunicipality(actor, async (tx) => {
    const lists = await readLists(tx, {
      sessions: sessionsAround(actor, today),
      sheets: sheetsToClose(actor, now),
      undecided: undecidedEnrolments(actor, now),
      due: certificatesDue(actor, now),
      nominations: ownNominations(actor, today, now),
      invitations: openInvitations(actor, now),
      offers: openTrainings(actor, now),
      certificates: ownCertificates(actor, today),
    })
    const sessions = lists.sessions.map((session) => ({
      ...session,
      canMark: canMark(actor, session, now),
      scan: ownScan(session, now),
    }))
    return {
      today,
      sessionsToday: listed(sessions.filter(({ isToday }) => isToday)),
      sessionsAhead: listed(sessions.filter(({ isToday }) => !isToday)),
      sheets: listed(lists.sheets),
      undecided: listed(lists.undecided),
      certificatesDue: listed(lists.due),
      nominations: listed(withNumbers(lists.nominations)),
      invitations: listed(lists.invitations),
      offers: listed(lists.offers),
      certificates: listed(lists.certificates),
      is: {
        coordinator: hasRole(actor, 'coordinator'),
        trainer: hasRole(actor, 'trainer'),
        manager: hasRole(actor, 'manager'),
        employee: hasRole(actor, 'employee'),
        admin: hasRole(actor, 'admin'),
        supervisor: hasRole(actor, 'supervisor'),
        inTheStaff: actor.personId !== null,
      },
    }
  })
}
