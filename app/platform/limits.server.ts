import { createHash } from 'node:crypto'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { connectionPool } from './db.server'
import { environment } from './environment.server'
import { AppError } from './errors'

/** Every limit there is: how many points in how many seconds. A town hall is one address, so the limits by address are wide. */
const LIMITS = {
  /** Failed sign-ins with one login name. */
  loginByName: { points: 6, duration: 15 * 60 },
  /** Failed sign-ins from one address. */
  loginByAddress: { points: 120, duration: 15 * 60 },
  /** Wrong set-up codes. */
  setup: { points: 10, duration: 15 * 60 },
  /** Unknown invitation links from one address. */
  invitation: { points: 60, duration: 15 * 60 },
  /** Unknown verify codes from one address: the codes cannot be guessed, this only keeps the noise down. */
  verifyMiss: { points: 120, duration: 15 * 60 },
  /** Files offered for comparison from one address. */
  verifyUpload: { points: 60, duration: 15 * 60 },
  /** Wrong check-in codes of one account, for each session and for those typed without one. */
  checkInCode: { points: 20, duration: 15 * 60 },
} as const
export type Limit = keyof typeof LIMITS

const limiters = new Map<Limit, RateLimiterPostgres>()
function limiter(limit: Limit) {
  const known = limiters.get(limit)
  if (known) return known
  const made = new RateLimiterPostgres({
    storeClient: connectionPool(),
    tableName: 'rate_limit',
    tableCreated: true,
    keyPrefix: limit,
    clearExpiredByTimeout: false,
    ...LIMITS[limit],
  })
  limiters.set(limit, made)
  return made
}

/** Names and addresses are counted, not kept. */
const keyOf = (subject: string) => createHash('sha256').update(`${environment.sessionSecret}:${subject.toLowerCase()}`).digest('base64url')

const tooMany = (milliseconds: number) =>
  new AppError('rate_limited', 'error.rate_limited', { minutes: Math.max(1, Math.ceil(milliseconds / 60_000)) })

/** Throws `rate_limited` when the limit is used up; uses nothing. */
export async function requireWithin(limit: Limit, subject: string) {
  const state = await limiter(limit).get(keyOf(subject))
  if (state && state.consumedPoints >= LIMITS[limit].points) throw tooMany(state.msBeforeNext)
}

/** Uses one point and returns how many are left: exactly one caller is told 0. Throws `rate_limited` when none was left. */
export async function useUp(limit: Limit, subject: string): Promise<number> {
  try {
    return (await limiter(limit).consume(keyOf(subject))).remainingPoints
  } catch (refused) {
    if (refused instanceof RateLimiterRes) throw tooMany(refused.msBeforeNext)
    throw refused
  }
}

/** Returns the point of an attempt that was counted beforehand and turned out to be none of those the limit is for. */
export async function giveBack(limit: Limit, subject: string) {
  await limiter(limit).reward(keyOf(subject))
}

/** Forgets what was counted, after a success. */
export async function forgive(limit: Limit, subject: string) {
  await limiter(limit).delete(keyOf(subject))
}
