import type { AccountActor } from './actor'
import type { Tx } from './db.server'

/**
 * Carries `run` out once for a submission key: the same key again, also at the same moment, answers with the place the first one
 * led to and changes nothing. Without a key it simply runs. `run` returns the path to go to.
 */
export async function once(tx: Tx, actor: AccountActor, key: string | null, run: () => Promise<string>): Promise<string> {
  if (!key) return run()
  // The advisory lock makes the second of two submissions wait for the first, which by then has left its row.
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`${actor.accountId}:${key}`}, 0))`
  const done = await tx.submissionKey.findUnique({
    where: { municipalityId_accountId_key: { municipalityId: actor.municipalityId, accountId: actor.accountId, key } },
  })
  if (done) return done.location
  const location = await run()
  await tx.submissionKey.create({ data: { municipalityId: actor.municipalityId, accountId: actor.accountId, key, location } })
  return location
}
