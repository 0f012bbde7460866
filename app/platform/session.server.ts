import { createHash } from 'node:crypto'
import { Lucia, TimeSpan, type Adapter } from 'lucia'
import type { AccountActor, Role } from './actor'
import { outsideMunicipalities } from './db.server'
import { environment } from './environment.server'

/** What a token is stored as: a leaked database opens no account. */
export const hashToken = (token: string) => createHash('sha256').update(token).digest('hex')

export type WorkPlace = {
  membershipId: string
  municipalityId: string
  municipality: string
  timeZone: string
  academicHourMinutes: number
  isDemo: boolean
  name: string
  personId: string | null
  roles: Role[]
  serviceIds: string[]
}

type Resolved = {
  accountId: string
  login: string
  displayName: string
  language: string
  expiresAt: number
  isInstallationAdmin: boolean
  municipalityId: string | null
  memberships: WorkPlace[]
}

/** Lucia's storage, keyed by sha256(session id). One named function answers who is signed in and where he works. */
const adapter: Adapter = {
  async getSessionAndUser(id) {
    const [row] = await outsideMunicipalities(
      (db) => db.$queryRaw<{ found: Resolved | null }[]>`select resolve_login_session(${hashToken(id)}) as found`,
    )
    const found = row?.found
    if (!found) return [null, null]
    return [
      { id, userId: found.accountId, expiresAt: new Date(found.expiresAt), attributes: {} },
      { id: found.accountId, attributes: found },
    ]
  },
  async getUserSessions(accountId) {
    const rows = await outsideMunicipalities((db) => db.loginSession.findMany({ where: { accountId } }))
    return rows.map((row) => ({ id: row.id, userId: row.accountId, expiresAt: row.expiresAt, attributes: {} }))
  },
  async setSession({ id, userId, expiresAt }) {
    await outsideMunicipalities((db) => db.loginSession.create({ data: { id: hashToken(id), accountId: userId, expiresAt } }))
  },
  async updateSessionExpiration(id, expiresAt) {
    await outsideMunicipalities((db) => db.loginSession.updateMany({ where: { id: hashToken(id) }, data: { expiresAt } }))
  },
  async deleteSession(id) {
    await outsideMunicipalities((db) => db.loginSession.deleteMany({ where: { id: hashToken(id) } }))
  },
  async deleteUserSessions(accountId) {
    await outsideMunicipalities((db) => db.loginSession.deleteMany({ where: { accountId } }))
  },
  async deleteExpiredSessions() {
    await outsideMunicipalities((db) => db.loginSession.deleteMany({ where: { expiresAt: { lte: new Date() } } }))
  },
}

const lucia = new Lucia(adapter, {
  sessionExpiresIn: new TimeSpan(12, 'h'),
  // The database decides when a session ends; the cookie only has to outlive it.
  sessionCookie: { name: 'session', expires: false, attributes: { sameSite: 'lax', secure: environment.secureCookies } },
  getUserAttributes: (resolved) => resolved,
})

declare module 'lucia' {
  interface Register {
    Lucia: typeof lucia
    DatabaseUserAttributes: Resolved
  }
}

/** Who is signed in. `actor` is null for somebody without a role in any municipality. */
export type Principal = {
  accountId: string
  login: string
  name: string
  language: string
  sessionId: string
  isInstallationAdmin: boolean
  workPlaces: WorkPlace[]
  actor: AccountActor | null
}

function actorAt(place: WorkPlace, accountId: string): AccountActor {
  const { municipalityId, municipality, timeZone, academicHourMinutes, isDemo, name, personId, roles, serviceIds } = place
  return {
    kind: 'account',
    accountId,
    name,
    municipalityId,
    municipality,
    timeZone,
    academicHourMinutes,
    isDemo,
    roles,
    serviceIds,
    personId,
  }
}

/** Who sent the request, or null: no cookie, an unknown or an expired session. */
export async function principalOfCookie(cookieHeader: string | null): Promise<Principal | null> {
  const sessionId = lucia.readSessionCookie(cookieHeader ?? '')
  if (!sessionId) return null
  const { user } = await lucia.validateSession(sessionId)
  if (!user) return null
  const place = user.memberships.find((one) => one.municipalityId === user.municipalityId) ?? user.memberships[0]
  return {
    accountId: user.id,
    login: user.login,
    name: place?.name ?? user.displayName,
    language: user.language,
    sessionId,
    isInstallationAdmin: user.isInstallationAdmin,
    workPlaces: user.memberships,
    actor: place ? actorAt(place, user.id) : null,
  }
}

/** Begins a session, always with a new id, and returns its `set-cookie` value. It works in `municipalityId`, or in the account's first. */
export async function startSession(accountId: string, municipalityId?: string): Promise<string> {
  const session = await lucia.createSession(accountId, {})
  if (municipalityId) await moveSession(session.id, municipalityId)
  return lucia.createSessionCookie(session.id).serialize()
}

/** Ends the session of `principal` and returns the `set-cookie` value that clears the cookie. */
export async function endSession(sessionId: string): Promise<string> {
  await lucia.invalidateSession(sessionId)
  return lucia.createBlankSessionCookie().serialize()
}

/** Moves the session to another of the account's municipalities; the caller has checked that it is one. */
export async function moveSession(sessionId: string, municipalityId: string) {
  await outsideMunicipalities((db) => db.loginSession.updateMany({ where: { id: hashToken(sessionId) }, data: { municipalityId } }))
}

/** Ends every session of an account, or all but one, by our own query: Lucia would hash the hashed ids again. Returns how many. */
export async function endSessionsOf(accountId: string, exceptSessionId?: string): Promise<number> {
  const kept = exceptSessionId ? { id: { not: hashToken(exceptSessionId) } } : {}
  const { count } = await outsideMunicipalities((db) => db.loginSession.deleteMany({ where: { accountId, ...kept } }))
  return count
}

/** When the account's running sessions began, newest first; `isThis` marks the one asked from. */
export async function sessionsOf(accountId: string, sessionId: string): Promise<{ createdAt: Date; isThis: boolean }[]> {
  const rows = await outsideMunicipalities((db) =>
    db.loginSession.findMany({ where: { accountId, expiresAt: { gt: new Date() } }, orderBy: { createdAt: 'desc' }, take: 20 }),
  )
  return rows.map((row) => ({ createdAt: row.createdAt, isThis: row.id === hashToken(sessionId) }))
}
