import type { AccountActor } from '~/domain/policy'
import type { Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import type { Sheet } from '../attendance/claims.server'
import type { Claim } from '../attendance/decision'

/** One person before one session: what the check-in has to know, in one query. */
export type Door = {
  sheet: Sheet
  codeSeconds: number
  place: string | null
  onlineUrl: string | null
  title: string
  titleEn: string | null
  trainer: string
  isEuFunded: boolean
  /** The person's name, its parts as they are written. */
  person: { givenName: string; middleName: string | null; familyName: string | null }
  /** Holds a seat, or was marked before leaving. */
  isEnrolled: boolean
  claims: Claim[]
  /** Why scans of his did not count, as far as that was kept. */
  told: string[]
}

type Columns = Omit<Sheet, 'breaks'> &
  Omit<Door, 'sheet' | 'claims' | 'person'> &
  Door['person'] & { breaks: { startsAt: string; endsAt: string }[] | null; claims: (Omit<Claim, 'at'> & { at: string })[] | null }

/**
 * Finds a session for a person of the municipality's staff who stands before it: whoever works there may learn of the session whose
 * address was scanned, also without a seat in its training. Throws `not_found` for sessions of others, `no_person` for an account that
 * belongs to nobody of the staff.
 */
export async function findDoor(tx: Tx, actor: AccountActor, sessionId: string, { lock = false } = {}): Promise<Door> {
  if (lock) await tx.$executeRaw`select from "Session" where "id" = ${sessionId}::uuid for no key update`
  const [row] = await tx.$queryRaw<Columns[]>`
    select s."id" as "sessionId", ts."trainingId", t."trainerAccountId", s."startsAt", s."endsAt", s."checkInOpensMinutes", s."hasCheckOut", s."codeSeconds", s."place", s."onlineUrl",
      (s."cancelledAt" is not null or t."cancelledAt" is not null) as "isCancelled", c."closedAt", k."title", k."titleEn", m."displayName" as "trainer",
      coalesce(j."isEuFunded", false) as "isEuFunded", p."givenName", p."middleName", p."familyName", coalesce(e."state" = 'approved', false) as "isEnrolled",
      (select json_agg(json_build_object('startsAt', b."startsAt", 'endsAt', b."endsAt") order by b."startsAt") from "SessionBreak" b where b."sessionId" = s."id") as "breaks",
      (select json_agg(json_build_object('id', l."id"::text, 'key', l."key", 'kind', l."kind", 'mark', l."mark", 'lateMinutes', l."lateMinutes", 'leftEarlyMinutes', l."leftEarlyMinutes",
        'at', coalesce(l."madeAt", l."receivedAt"), 'basedOn', l."basedOn"::text[])) from "AttendanceClaim" l where l."sessionId" = s."id" and l."personId" = p."id") as "claims",
      array(select r."reason" from "RefusedCheckIn" r where r."sessionId" = s."id" and r."personId" = p."id") as "told"
    from "Session" s
    join "TrainingSession" ts on ts."sessionId" = s."id" join "Training" t on t."id" = ts."trainingId" join "Course" k on k."id" = t."courseId"
    join "Membership" m on m."accountId" = t."trainerAccountId" and m."municipalityId" = t."municipalityId"
    left join "Project" j on j."id" = t."projectId" left join "SheetClosure" c on c."sessionId" = s."id"
    left join "Person" p on p."id" = ${actor.personId}::uuid
    left join "Enrolment" e on e."trainingId" = t."id" and e."personId" = p."id"
    where s."id" = ${sessionId}::uuid and s."municipalityId" = ${actor.municipalityId}::uuid`
  if (!row) throw new AppError('not_found', 'session.not_found')
  if (!actor.personId) throw new AppError('forbidden', 'check_in.no_person')
  const {
    givenName,
    middleName,
    familyName,
    codeSeconds,
    place,
    onlineUrl,
    title,
    titleEn,
    trainer,
    isEuFunded,
    isEnrolled,
    breaks,
    claims: said,
    told,
    ...sheet
  } = row
  const claims = (said ?? []).map(({ at, ...claim }): Claim => ({ ...claim, at: new Date(at) }))
  return {
    sheet: {
      ...sheet,
      breaks: (breaks ?? []).map((pause) => ({ startsAt: new Date(pause.startsAt), endsAt: new Date(pause.endsAt) })),
    },
    codeSeconds,
    place,
    onlineUrl,
    title,
    titleEn,
    trainer,
    isEuFunded,
    person: { givenName, middleName, familyName },
    isEnrolled: isEnrolled || claims.length > 0,
    claims,
    told,
  }
}

export type Scanned = { in: Date | null; out: Date | null }

/** The first way in and the last way out that were claimed. */
export function scansOf(claims: readonly Claim[]): Scanned {
  const moments = (kind: Claim['kind']) => claims.filter((claim) => claim.kind === kind).map(({ at }) => +at)
  const [ins, outs] = [moments('check_in'), moments('check_out')]
  return { in: ins.length > 0 ? new Date(Math.min(...ins)) : null, out: outs.length > 0 ? new Date(Math.max(...outs)) : null }
}
