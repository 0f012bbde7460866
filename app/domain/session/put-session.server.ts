import type { AccountActor } from '~/platform/actor'
import type { Tx } from '~/platform/db.server'
import { violated } from '~/platform/db-errors.server'
import { AppError } from '~/platform/errors'
import type { CheckInSettings } from './schema'
import { spanWords, type PlannedSession, type Span } from './session-times.server'

/** Without `checkIn` the database's own settings hold. */
type Where = { place: string | null; onlineUrl: string | null; checkIn?: CheckInSettings }

/** The sessions of a training that take place, with their times. */
export const sessionsOf = (tx: Tx, trainingId: string) =>
  tx.session.findMany({ where: { cancelledAt: null, training: { trainingId } }, orderBy: { startsAt: 'asc' } })

/**
 * Throws where the leader has another session of this municipality at one of the times: beside the field, with that session's title
 * and times. What he does in another municipality is not seen here; there the database refuses (`refusingTwoPlaces`).
 */
export async function requireFreeLeader(
  tx: Tx,
  actor: AccountActor,
  leaderAccountId: string,
  planned: (Span & { field: string })[],
  except: string[],
  fieldName: (one: { field: string }) => string = ({ field }) => `${field}from`,
) {
  const [taken] = await tx.$queryRaw<(Span & { ordinal: bigint; title: string | null })[]>`
    select wanted.ordinal, s."startsAt", s."endsAt", c."title"
    from unnest(${planned.map((one) => one.startsAt.toISOString())}::text[], ${planned.map((one) => one.endsAt.toISOString())}::text[]) with ordinality as wanted("from", "to", ordinal)
    join "Session" s on s."leaderAccountId" = ${leaderAccountId}::uuid and s."cancelledAt" is null and s."id" <> all (${except}::uuid[])
      and s."startsAt" < wanted."to"::timestamptz and s."endsAt" > wanted."from"::timestamptz
    left join "TrainingSession" ts on ts."sessionId" = s."id" left join "Training" t on t."id" = ts."trainingId" left join "Course" c on c."id" = t."courseId"
    order by wanted.ordinal limit 1`
  if (!taken) return
  const field = fieldName(planned[Number(taken.ordinal) - 1]!)
  const words = spanWords(taken, actor.timeZone)
  throw taken.title
    ? new AppError('conflict', 'session.trainer_busy_with', { field, ...words, title: taken.title })
    : new AppError('conflict', 'session.trainer_busy', { field, ...words })
}

/** Runs what puts a session at a time; the database's refusals come out as sentences beside `field`, with the time that was typed. */
export async function refusingTwoPlaces<T>(actor: AccountActor, span: Span, field: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    const words = { field, ...spanWords(span, actor.timeZone) }
    if (violated(error, 'session_leader_is_free')) throw new AppError('conflict', 'session.trainer_busy', words)
    if (violated(error, 'training_sessions_apart')) throw new AppError('conflict', 'session.overlaps', words)
    throw error
  }
}

/** Inserts one session of a training with its breaks; returns its id. Throws `session.trainer_busy` and `session.overlaps` beside its field. */
export function putSession(
  tx: Tx,
  actor: AccountActor,
  training: { id: string; trainerAccountId: string },
  planned: PlannedSession,
  { place, onlineUrl, checkIn }: Where,
): Promise<string> {
  const { municipalityId } = actor
  const { startsAt, endsAt, breaks, field } = planned
  return refusingTwoPlaces(actor, planned, `${field}from`, async () => {
    const { id } = await tx.session.create({
      data: {
        municipalityId,
        kind: 'training',
        leaderAccountId: training.trainerAccountId,
        startsAt,
        endsAt,
        place,
        onlineUrl,
        ...checkIn,
      },
    })
    await tx.trainingSession.create({ data: { municipalityId, sessionId: id, trainingId: training.id } })
    if (breaks.length > 0) await tx.sessionBreak.createMany({ data: breaks.map((pause) => ({ municipalityId, sessionId: id, ...pause })) })
    return id
  })
}
