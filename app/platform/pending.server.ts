import { randomBytes } from 'node:crypto'
import { parse } from '@conform-to/dom'
import { createCookie } from '@remix-run/node'
import { clock } from './clock.server'
import { outsideMunicipalities } from './db.server'
import { environment } from './environment.server'
import { hashToken } from './session.server'
import { UUID } from './uuid'

const LIFE_MS = 60 * 60 * 1000
const LARGEST_FIELDS = 512 * 1024
const cookie = createCookie('pending', {
  httpOnly: true,
  sameSite: 'lax',
  path: '/',
  secure: environment.secureCookies,
  maxAge: LIFE_MS / 1000,
})

export type Restored = { path: string; initialValue: Record<string, unknown> }

/** Whether a field holds a password: those are neither kept nor sent back into a page. */
export const isSecret = (name: string) => /password/i.test(name)

const partsOf = (address: string) => {
  const [path = '', ...search] = address.split('?')
  return { path, search: search.join('?') }
}

/**
 * Keeps what was typed at an address when the login had expired, for the account the form was drawn for; returns the `set-cookie` value of the token
 * that gives it back. Files, passwords and the submission's key are not kept. Null when there is nothing to keep.
 */
export async function keepSubmission(address: string, form: FormData): Promise<string | null> {
  const fields = [...form].filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string' && pair[0] !== '_key' && !isSecret(pair[0]),
  )
  const drawnFor = fields.find(([name]) => name === '_for')?.[1].split('.') ?? []
  const [municipalityId, accountId] = drawnFor
  if (
    !municipalityId ||
    !accountId ||
    !UUID.test(municipalityId) ||
    !UUID.test(accountId) ||
    JSON.stringify(fields).length > LARGEST_FIELDS
  )
    return null
  const token = randomBytes(24).toString('base64url')
  try {
    await outsideMunicipalities(async (db) => {
      await db.pendingSubmission.deleteMany({ where: { expiresAt: { lte: clock.now() } } })
      await db.pendingSubmission.create({
        data: {
          id: hashToken(token),
          accountId,
          municipalityId,
          path: address,
          fields,
          expiresAt: new Date(clock.now().getTime() + LIFE_MS),
        },
      })
    })
  } catch {
    return null // the form named an account or municipality that is not there: there is nobody to give it back to
  }
  return cookie.serialize(token)
}

/** What the account typed on `path` before its login expired, in the form a page starts from; null when there is nothing. */
export async function restoreSubmission(
  cookieHeader: string | null,
  path: string,
  accountId: string,
  municipalityId: string,
): Promise<Restored | null> {
  const token: unknown = await cookie.parse(cookieHeader)
  if (typeof token !== 'string') return null
  const kept = await outsideMunicipalities((db) =>
    db.pendingSubmission.findFirst({ where: { id: hashToken(token), accountId, municipalityId, expiresAt: { gt: clock.now() } } }),
  )
  if (!kept || partsOf(kept.path).path !== path) return null
  const form = new FormData()
  for (const [name, value] of kept.fields as [string, string][]) if (!name.startsWith('_')) form.append(name, value)
  return { path, initialValue: initialValueOf(form) }
}

/** The nested start values of a form, as Conform names them: `sessions[0].startsAt` lies in `sessions`, `0`, `startsAt`. */
export function initialValueOf(form: FormData): Record<string, unknown> {
  return parse(form, { resolve: () => ({ value: undefined, error: {} }) }).reply().initialValue ?? {}
}

/**
 * Forgets what was kept for an address once its form has been submitted; returns the `set-cookie` value that clears the token, or null
 * when it waits for another form: signing in on the way there is one, and so is the same page about another thing, named in its search.
 */
export async function forgetSubmission(cookieHeader: string | null, address: string): Promise<string | null> {
  const token: unknown = await cookie.parse(cookieHeader)
  if (typeof token !== 'string') return null
  const id = hashToken(token)
  return outsideMunicipalities(async (db) => {
    const kept = await db.pendingSubmission.findUnique({ where: { id }, select: { path: true } })
    if (!kept) return null
    const [own, sent] = [partsOf(kept.path), partsOf(address)]
    if (own.path !== sent.path || (own.search && sent.search && own.search !== sent.search)) return null
    await db.pendingSubmission.deleteMany({ where: { id } })
    return cookie.serialize('', { maxAge: 0 })
  })
}
