import { randomUUID } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { environment } from '~/platform/environment.server'
import { DEMO_PASSWORD } from './password'

/** Argon2id (the library's kind) with 19 MiB, two passes, one lane: the OWASP Password Storage Cheat Sheet's parameters. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Returns the hash to store. NFC first: one password typed on two keyboards is the same. Runs off the event loop. */
export const hashPassword = (password: string) => hash(password.normalize('NFC'), COST)

let decoy: Promise<string> | undefined

/**
 * Whether `password` is that of `stored`. Does the same work where nothing is stored, so that the time of the answer tells nobody
 * which logins exist. The demo's published password opens nothing outside the demo.
 */
export async function isPasswordOf(stored: string | null | undefined, password: string): Promise<boolean> {
  const against = stored ?? (await (decoy ??= hashPassword(randomUUID())))
  const matches = await verify(against, password.normalize('NFC'))
  return Boolean(stored) && matches && (environment.isDemo || password !== DEMO_PASSWORD)
}
