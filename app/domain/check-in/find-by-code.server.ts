import type { AccountActor } from '~/domain/policy'
import { formatTime } from '~/i18n/format'
import { clock } from '~/platform/clock.server'
import { inMunicipality } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { judgeCode } from './codes.server'
import { keptScan, type Scan } from './ticket.server'
import { countWrongCode, requireFewWrongCodes } from './wrong-codes.server'

type OpenSession = { id: string; codeSeconds: number }

/**
 * The scan that a code typed by hand amounts to: of the sessions open for scans now in the actor's municipality the one whose code it
 * is, the person's own first. Throws beside the field for a code of none of them, with the time until which it counted where it was one,
 * and `rate_limited` after too many wrong ones.
 */
export async function findByCode(actor: AccountActor, code: string): Promise<Scan & { kept: string }> {
  await requireFewWrongCodes(actor, null)
  const now = clock.now()
  const sessions = await inMunicipality(
    actor,
    (tx) => tx.$queryRaw<OpenSession[]>`
      select s."id", s."codeSeconds" from "Session" s
      join "TrainingSession" ts on ts."sessionId" = s."id" join "Training" t on t."id" = ts."trainingId"
      left join "Enrolment" e on e."trainingId" = t."id" and e."personId" = ${actor.personId}::uuid
      where s."municipalityId" = ${actor.municipalityId}::uuid and s."cancelledAt" is null and t."cancelledAt" is null
        and s."startsAt" <= ${now}::timestamptz + make_interval(mins => s."checkInOpensMinutes" + 60) and s."endsAt" >= ${now}::timestamptz - interval '30 minutes'
      order by coalesce(e."state" = 'approved', false) desc, s."startsAt", s."id"`,
  )
  const verdicts = sessions.map(({ id, codeSeconds }) => ({ id, verdict: judgeCode(id, codeSeconds, code, now) }))
  const found = verdicts.find(({ verdict }) => verdict.is === 'good')
  if (found) {
    const scan = { sessionId: found.id, code, source: 'code', at: now } as const
    return { ...scan, kept: keptScan(scan) }
  }
  for (const { verdict } of verdicts)
    if (verdict.is === 'expired')
      throw new AppError('conflict', 'check_in.code_expired', { field: 'code', time: formatTime(verdict.until, actor.timeZone) })
  await countWrongCode(actor, null)
  throw new AppError('invalid', 'check_in.code_unknown', { field: 'code' })
}
