import { visibleTrainings } from '~/domain/training/training.server'
import type { AccountActor } from '~/domain/policy'
import type { ClaimSource } from '~/generated/prisma/enums'
import { clock } from '~/platform/clock.server'
import { afterCommit, type Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { tellNews } from '~/platform/live.server'
import type { Mark, Span } from './attendance'
import { neededOf, stateOf, type Claim, type Meeting, type State } from './decision'
import { ATTENDANCE_NEWS } from './news'
import { claimsOf } from './read-claims.server'

/** A session as the rule of claims sees it, with what rights are asked of. */
export type Sheet = Meeting & {
  sessionId: string
  trainingId: string
  trainerAccountId: string
  isCancelled: boolean
  closedAt: Date | null
}

/** A session as the rule of claims sees it, whatever training it belongs to. */
export type HeldMeeting = Omit<Sheet, 'trainingId' | 'trainerAccountId'>
type MeetingColumns = Omit<HeldMeeting, 'breaks'> & { breaks: { startsAt: string; endsAt: string }[] | null }

/**
 * The sheet of a session the actor may see; throws `not_found` otherwise. With `lock`, whoever else changes this session's claims waits
 * until the transaction ends, so claims of one session are numbered in the order in which they become visible.
 */
export async function findSheet(tx: Tx, actor: AccountActor, sessionId: string, { lock = false } = {}): Promise<Sheet> {
  const training = await tx.training.findFirst({
    where: { AND: [{ sessions: { some: { sessionId } } }, visibleTrainings(actor)] },
    select: { id: true, trainerAccountId: true, cancelledAt: true },
  })
  if (!training) throw new AppError('not_found', 'error.not_found')
  const sheet = await sheetOf(tx, sessionId, { lock })
  return {
    ...sheet,
    trainingId: training.id,
    trainerAccountId: training.trainerAccountId,
    isCancelled: sheet.isCancelled || !!training.cancelledAt,
  }
}

async function sheetOf(tx: Tx, sessionId: string, { lock }: { lock: boolean }) {
  if (lock) await tx.$executeRaw`select from "Session" where "id" = ${sessionId}::uuid for no key update`
  const meeting = (await meetingsOf(tx, [sessionId])).get(sessionId)
  if (!meeting) throw new AppError('not_found', 'error.not_found')
  return meeting
}

/** Sessions as the rule of claims sees them, by id; one that is not there is missing. One query. */
export async function meetingsOf(tx: Tx, sessionIds: readonly string[]): Promise<Map<string, HeldMeeting>> {
  const rows = await tx.$queryRaw<MeetingColumns[]>`
    select s."id" as "sessionId", s."startsAt", s."endsAt", s."checkInOpensMinutes", s."hasCheckOut", s."cancelledAt" is not null as "isCancelled", c."closedAt",
      (select json_agg(json_build_object('startsAt', b."startsAt", 'endsAt', b."endsAt") order by b."startsAt") from "SessionBreak" b where b."sessionId" = s."id") as "breaks"
    from "Session" s left join "SheetClosure" c on c."sessionId" = s."id" where s."id" = any (${sessionIds}::uuid[])`
  return new Map(
    rows.map((row) => [
      row.sessionId,
      {
        ...row,
        breaks: (row.breaks ?? []).map(({ startsAt, endsAt }): Span => ({ startsAt: new Date(startsAt), endsAt: new Date(endsAt) })),
      },
    ]),
  )
}

/** One new claim about one person. */
export type Draft = {
  personId: string
  key: string
  mark: Mark | null
  lateMinutes: number
  leftEarlyMinutes: number
  /** Numbers of the claims it replaces. */
  basedOn: string[]
}
/** What the claims of one command share. */
export type Telling = {
  kind: Claim['kind']
  source: ClaimSource
  /** When they were made, by the server's clock; now unless said. */
  at?: Date
  /** What the device's own clock said. */
  deviceAt?: Date | null
  reason?: string | null
}
export type Written = { written: number; first: string | null; last: string | null }

/**
 * Adds claims, at most one a person, and writes what all claims of those people now amount to: one statement. `known` are the claims
 * there are; the session is locked. A key that is there already changes nothing. Returns how many were new, and their first and last number.
 */
export async function writeClaims(
  tx: Tx,
  actor: AccountActor,
  sheet: Sheet,
  known: ReadonlyMap<string, Claim[]>,
  telling: Telling,
  drafts: Draft[],
): Promise<Written> {
  const at = telling.at ?? clock.now()
  const fresh = drafts.filter(({ personId, key }) => !known.get(personId)?.some((claim) => claim.key === key))
  if (fresh.length === 0) return { written: 0, first: null, last: null }
  const rows = fresh.map((draft) => {
    const claims: Claim[] = [...(known.get(draft.personId) ?? []), { ...draft, id: null, kind: telling.kind, at }]
    const { record, attendedMinutes, arrivedAt, leftAt, lacksScan, decidedBy, conflict } = stateOf(sheet, claims)
    return {
      ...draft,
      standing: record?.mark,
      late: record?.lateMinutes,
      early: record?.leftEarlyMinutes,
      attended: attendedMinutes,
      arrivedAt,
      leftAt,
      lacksScan,
      isConflicting: conflict.length > 0,
      decidedBy: decidedBy?.id,
      needed: neededOf(claims).flatMap(({ id }) => id ?? []),
    }
  })
  const [result] = await tx.$queryRaw<Written[]>`
    with typed as (
      select * from json_to_recordset(${JSON.stringify(rows)}::json)
        as t("personId" uuid, "key" uuid, "mark" "AttendanceMark", "lateMinutes" int, "leftEarlyMinutes" int, "basedOn" bigint[], "standing" "AttendanceMark", "late" int, "early" int,
          "attended" int, "arrivedAt" timestamptz, "leftAt" timestamptz, "lacksScan" boolean, "isConflicting" boolean, "decidedBy" bigint, "needed" bigint[])
    ), claimed as (
      insert into "AttendanceClaim" ("municipalityId", "sessionId", "personId", "kind", "source", "mark", "lateMinutes", "leftEarlyMinutes", "authorKind", "authorId", "authorName", "key", "basedOn", "madeAt", "deviceAt", "reason")
      select ${actor.municipalityId}::uuid, ${sheet.sessionId}::uuid, t."personId", ${telling.kind}::"ClaimKind", ${telling.source}::"ClaimSource", t."mark", t."lateMinutes", t."leftEarlyMinutes",
        ${actor.kind}::"ActorKind", ${actor.accountId}::uuid, ${actor.name}, t."key", t."basedOn", ${at}, ${telling.deviceAt ?? null}::timestamptz, ${telling.reason ?? null}
      from typed t
      on conflict ("sessionId", "personId", "key") do nothing
      returning "id", "personId"
    ), projected as (
      insert into "Attendance" as a ("sessionId", "personId", "municipalityId", "mark", "lateMinutes", "leftEarlyMinutes", "attendedMinutes", "arrivedAt", "leftAt", "lacksScan", "isConflicting", "claimId", "neededClaims", "updatedAt")
      select ${sheet.sessionId}::uuid, t."personId", ${actor.municipalityId}::uuid, t."standing", t."late", t."early", t."attended", t."arrivedAt", t."leftAt", t."lacksScan", t."isConflicting",
        coalesce(t."decidedBy", c."id"), t."needed" || c."id", now()
      from claimed c join typed t using ("personId") where t."standing" is not null
      on conflict ("sessionId", "personId") do update set "mark" = excluded."mark", "lateMinutes" = excluded."lateMinutes", "leftEarlyMinutes" = excluded."leftEarlyMinutes",
        "attendedMinutes" = excluded."attendedMinutes", "arrivedAt" = excluded."arrivedAt", "leftAt" = excluded."leftAt", "lacksScan" = excluded."lacksScan",
        "isConflicting" = excluded."isConflicting", "claimId" = excluded."claimId", "neededClaims" = excluded."neededClaims", "updatedAt" = excluded."updatedAt"
      returning 1
    )
    select count(*)::int as "written", min("id")::text as "first", max("id")::text as "last" from claimed`
  afterCommit(tx, () => tellNews(ATTENDANCE_NEWS, sheet.sessionId))
  return result!
}

const isConflicting = ({ conflict }: State) => conflict.length > 0

/** Writes anew what the claims of a session amount to, by the times it has now; returns how many rows changed. The session is locked. */
export async function recountSheet(tx: Tx, sessionId: string): Promise<number> {
  const sheet = await sheetOf(tx, sessionId, { lock: false })
  const states = [...(await claimsOf(tx, sessionId))].map(([personId, claims]) => ({ personId, ...stateOf(sheet, claims) }))
  const counted = states.filter(({ record }) => record)
  if (counted.length === 0) return 0
  return tx.$executeRaw`
    update "Attendance" a set "lateMinutes" = c."late", "leftEarlyMinutes" = c."early", "attendedMinutes" = c."attended", "arrivedAt" = c."arrivedAt", "leftAt" = c."leftAt",
      "lacksScan" = c."lacksScan", "isConflicting" = c."isConflicting", "updatedAt" = ${clock.now()}
    from unnest(${counted.map((one) => one.personId)}::uuid[], ${counted.map((one) => one.record!.lateMinutes)}::int[], ${counted.map((one) => one.record!.leftEarlyMinutes)}::int[],
        ${counted.map((one) => one.attendedMinutes)}::int[], ${counted.map((one) => one.arrivedAt)}::timestamptz[], ${counted.map((one) => one.leftAt)}::timestamptz[],
        ${counted.map((one) => one.lacksScan)}::boolean[], ${counted.map(isConflicting)}::boolean[])
      as c("personId", "late", "early", "attended", "arrivedAt", "leftAt", "lacksScan", "isConflicting")
    where a."sessionId" = ${sessionId}::uuid and a."personId" = c."personId"
      and (a."lateMinutes", a."leftEarlyMinutes", a."attendedMinutes", a."arrivedAt", a."leftAt", a."lacksScan", a."isConflicting")
        is distinct from (c."late", c."early", c."attended", c."arrivedAt", c."leftAt", c."lacksScan", c."isConflicting")`
}
