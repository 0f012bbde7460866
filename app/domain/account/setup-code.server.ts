import { createHmac, timingSafeEqual } from 'node:crypto'
import { outsideMunicipalities } from '~/platform/db.server'
import { environment } from '~/platform/environment.server'

/** 32 letters and digits, none of which looks like another: no I, O, 0, 1. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/**
 * The set-up code: 80 bits derived from SESSION_SECRET. Nothing is stored, every process of the installation knows the same one, and it
 * opens nothing once the installation has an administrator.
 */
function setupCode() {
  const bytes = createHmac('sha256', environment.sessionSecret).update('kapacitet set-up code').digest()
  return Array.from(bytes.subarray(0, 16), (byte) => ALPHABET[byte % 32]!)
    .join('')
    .replace(/(.{4})(?=.)/g, '$1-')
}

const plain = (code: string) => code.toUpperCase().replace(/[^A-Z\d]/g, '')

/** Whether `typed` is the set-up code; hyphens, spaces and case do not matter. */
export function isSetupCode(typed: string): boolean {
  const [given, right] = [plain(typed), plain(setupCode())].map((code) => createHmac('sha256', 'length').update(code).digest())
  return timingSafeEqual(given!, right!)
}

/** Whether the installation still waits for its first administrator. */
export const needsSetup = async (): Promise<boolean> => (await outsideMunicipalities((db) => db.installationGrant.count())) === 0

/** Prints the set-up code and where to type it, while there is no administrator of the installation; prints nothing afterwards. */
export async function printSetupCode(): Promise<void> {
  if (!(await needsSetup())) return
  const address = `${environment.baseUrl?.origin ?? `http://localhost:${environment.port}`}/setup`
  process.stdout.write(`Първоначална настройка: отворете ${address} и въведете кода ${setupCode()}\n`)
}
