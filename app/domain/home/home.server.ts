import type { AccountActor } from '~/platform/actor'
import { clock } from '~/platform/clock.server'
import { inMunicipality } from '~/platform/db.server'
import { boundsOfDay, dayOf } from '~/platform/zoned.server'
import { hasRole } from '../policy'
import { openTrainings, ownCertificates } from './offers.server'
import { sessionsAround } from './sessions-around.server'
import { certificatesDue, openInvitations, ownNominations, undecidedEnrolments, unfilledSheets } from './waiting.server'

export type Listed<Row> = { rows: Omit<Row, 'total'>[]; more: number }

/** Rows that each carry the total of their list; `more` is how many the list leaves out. */
function listed<Row extends { total: number }>(rows: Row[]): Listed<Row> {
  const total = rows[0]?.total ?? 0
  return { rows: rows.map(({ total: _, ...row }) => row), more: total - rows.length }
}

/**
 * What the home shows an actor: what is today, what waits, what comes next, by all his roles; `today` is the day of the municipality's
 * zone. One transaction, at most one query for each list, and none for a list no role of his has.
 */
export function home(actor: AccountActor) {
  const now = clock.now()
  const today = dayOf(now, actor.timeZone)
  const { from } = boundsOfDay(today, actor.timeZone)
  return inMunicipality(actor, async (tx) => {
    const sessions = await sessionsAround(tx, actor, today, now)
    return {
      today,
      sessionsToday: listed(sessions.filter(({ isToday }) => isToday)),
      sessionsAhead: listed(sessions.filter(({ isToday }) => !isToday)),
      sheets: listed(await unfilledSheets(tx, actor, from)),
      undecided: listed(await undecidedEnrolments(tx, actor, now)),
      certificatesDue: listed(await certificatesDue(tx, actor, now)),
      nominations: listed(await ownNominations(tx, actor, today, now)),
      invitations: listed(await openInvitations(tx, actor, now)),
      offers: listed(await openTrainings(tx, actor, now)),
      certificates: listed(await ownCertificates(tx, actor, today)),
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
