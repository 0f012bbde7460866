import { Prisma } from '~/generated/prisma/client'
import { authorize, hasRole, type AccountActor } from '~/domain/policy'
import { clock } from '~/platform/clock.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { foundByWords, type FoundByWord } from '../training/found-trainings.server'
import { STILL_STANDS } from './attendance.server'
import type { SheetsFilter } from './sheet-schema'
import { LATE_AFTER_MS, SHEET_STATES, type SheetState } from './sheets'

const ROWS_PER_PAGE = 50

export type SheetListed = {
  sessionId: string
  trainingId: string
  title: string
  titleEn: string | null
  trainer: string
  place: string | null
  startsAt: Date
  endsAt: Date
  seatsTaken: number
  marked: number
  present: number
  closedAt: Date | null
  closedByName: string | null
  isOver: boolean
} & { [state in SheetState]: boolean }

export type SheetCounts = { [state in SheetState]: number }

/**
 * One page of the sheets of sessions that have begun, the latest first, with how many there are in each state; the coordinator's all, a
 * trainer's own. Sessions for which nobody has a seat have no sheet. The number of queries is the same for any number of rows.
 */
export function sheetsPage(actor: AccountActor, filter: SheetsFilter, rowsPerPage = ROWS_PER_PAGE) {
  authorize(actor, 'sheet.list', null)
  return inMunicipality(actor, async (tx) => {
    const words = await foundByWords(tx, filter.q)
    const sheets = sheetsOf(actor, clock.now(), filter, words)
    const [counts] = await tx.$queryRaw<(SheetCounts & { total: number })[]>`
      ${sheets} select ${countsOf()}, count(*) filter (where ${inState(filter.state)})::int as "total" from sheet`
    const { total, ...states } = counts!
    const page = Math.min(Math.max(1, filter.page), Math.max(1, Math.ceil(total / rowsPerPage)))
    const rows = await tx.$queryRaw<SheetListed[]>`
      ${sheets}, shown as (
        select * from sheet where ${inState(filter.state)} order by "startsAt" desc, "sessionId" limit ${rowsPerPage} offset ${(page - 1) * rowsPerPage}
      )
      select w.*, c."title", c."titleEn", m."displayName" as "trainer", n."marked", n."present"
      from shown w
      join "Course" c on c."id" = w."courseId"
      join "Membership" m on m."accountId" = w."trainerAccountId" and m."municipalityId" = ${actor.municipalityId}::uuid
      cross join lateral (
        select count(*)::int as "marked", count(*) filter (where a."mark" = 'present')::int as "present" from "Attendance" a where a."sessionId" = w."sessionId"
      ) n
      order by w."startsAt" desc, w."sessionId"`
    return { counts: states as SheetCounts, total, page, rowsPerPage, rows, trainers: await trainersOf(tx, actor) }
  })
}

/** The sheets a search is about with the states of each. What is rare is looked up once for all and joined. */
function sheetsOf(actor: AccountActor, now: Date, { trainer }: SheetsFilter, words: FoundByWord[]): Prisma.Sql {
  const own = hasRole(actor, 'coordinator') ? Prisma.sql`true` : Prisma.sql`t."trainerAccountId" = ${actor.accountId}::uuid`
  const byTrainer = trainer === null ? Prisma.sql`true` : Prisma.sql`t."trainerAccountId" = ${trainer}::uuid`
  const found = words.map(
    ({ courses, places, trainers }) =>
      Prisma.sql`(t."courseId" = any (${courses}::uuid[]) or t."place" = any (${places}::text[]) or t."trainerAccountId" = any (${trainers}::uuid[]))`,
  )
  return Prisma.sql`
    with flagged as materialized (
      select a."sessionId", bool_or(a."isConflicting") as "conflict", bool_or(a."lacksScan") as "lacking"
      from "Attendance" a where a."isConflicting" or a."lacksScan" group by a."sessionId"
    ), later as materialized (
      select c."sessionId", bool_or(c."kind" = 'correction') as "corrected", bool_or(c."kind" = 'proposal' and ${STILL_STANDS}) as "proposals"
      from "AttendanceClaim" c where c."kind" not in ('mark', 'check_in', 'check_out') group by c."sessionId"
    ), sheet as (
      select s."id" as "sessionId", t."id" as "trainingId", t."courseId", t."trainerAccountId", t."seatsTaken", s."startsAt", s."endsAt", s."place",
        k."closedAt", k."closedByName", s."endsAt" <= ${now} as "isOver", k."sessionId" is null as "open", k."sessionId" is null and s."endsAt" < ${new Date(+now - LATE_AFTER_MS)} as "late",
        coalesce(f."conflict", false) as "conflict", coalesce(f."lacking", false) and s."endsAt" <= ${now} as "lacking", coalesce(l."proposals", false) as "proposals",
        k."sessionId" is not null as "closed", coalesce(l."corrected", false) as "corrected"
      from "Session" s
      join "TrainingSession" ts on ts."sessionId" = s."id"
      join "Training" t on t."id" = ts."trainingId"
      left join "SheetClosure" k on k."sessionId" = s."id"
      left join flagged f on f."sessionId" = s."id"
      left join later l on l."sessionId" = s."id"
      where s."municipalityId" = ${actor.municipalityId}::uuid and s."startsAt" <= ${now} and s."cancelledAt" is null and t."cancelledAt" is null and ${own}
        and (t."seatsTaken" > 0 or k."sessionId" is not null or exists (select from "Attendance" a where a."sessionId" = s."id"))
        and ${Prisma.join([byTrainer, ...found], ' and ')}
    )`
}

const STATE_COLUMNS = {
  open: Prisma.sql`"open"`,
  late: Prisma.sql`"late"`,
  conflict: Prisma.sql`"conflict"`,
  lacking: Prisma.sql`"lacking"`,
  proposals: Prisma.sql`"proposals"`,
  closed: Prisma.sql`"closed"`,
  corrected: Prisma.sql`"corrected"`,
} satisfies { [state in SheetState]: Prisma.Sql }

const inState = (state: SheetState | null): Prisma.Sql => (state === null ? Prisma.sql`true` : STATE_COLUMNS[state])
const countsOf = (): Prisma.Sql =>
  Prisma.join(SHEET_STATES.map((state) => Prisma.sql`count(*) filter (where ${STATE_COLUMNS[state]})::int as ${STATE_COLUMNS[state]}`))

/** Who leads trainings, for the coordinator to choose from. */
function trainersOf(tx: Tx, actor: AccountActor) {
  if (!hasRole(actor, 'coordinator')) return []
  return tx.membership.findMany({
    where: { municipalityId: actor.municipalityId, trainings: { some: {} } },
    select: { accountId: true, displayName: true },
    orderBy: [{ displayName: 'asc' }, { id: 'asc' }],
  })
}
