import { environment } from './environment.server'

const LEVELS = ['debug', 'info', 'warn', 'error'] as const
type Level = (typeof LEVELS)[number]

/** One line of JSON. Ids and codes only: names, logins and what people typed never reach the log. */
export function log(level: Level, event: string, detail: Record<string, string | number | boolean | null | undefined> = {}) {
  if (LEVELS.indexOf(level) < LEVELS.indexOf(environment.logLevel)) return
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, event, ...detail })}\n`)
}
