import { createHmac, timingSafeEqual } from 'node:crypto'
import { environment } from './environment.server'

const macOf = (purpose: string, text: string) => createHmac('sha256', environment.sessionSecret).update(`${purpose}\n${text}`).digest()

/** Returns `value` as text that only this installation could have written, for `purpose` alone. Anybody can read it. */
export function sealed(purpose: string, value: object): string {
  const text = Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${text}.${macOf(purpose, text).toString('base64url')}`
}

/** Returns what was sealed for `purpose`, or null for what was not, or was changed since. */
export function unsealed(purpose: string, seal: string): unknown {
  const [text = '', mac = '', ...more] = seal.split('.')
  const given = Buffer.from(mac, 'base64url')
  const expected = macOf(purpose, text)
  if (more.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  return JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown
}
