import { createHash } from 'node:crypto'

/** The id of a row of the demo, always the same for the same name: what was loaded once is found again by it. */
export function demoId(...name: (string | number)[]): string {
  const hex = createHash('sha256')
    .update(`kapacitet demo ${name.join('/')}`)
    .digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Author of what the demo lays down by itself. */
export const demoImport = (municipalityId: string) => ({ kind: 'import', name: 'Демонстрационни данни', municipalityId }) as const
export const DEMO_REASON = 'демонстрационни данни'
export const INVENTED = 'Измислени данни за демонстрацията.'
