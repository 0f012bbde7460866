type Details = { code?: unknown; constraint?: unknown; message?: unknown; [key: string]: unknown }

/** Everything PostgreSQL said, however deep the client has wrapped it. */
function said(error: unknown, depth = 0): string[] {
  if (depth > 6 || typeof error !== 'object' || error === null) return typeof error === 'string' ? [error] : []
  const details = error as Details
  const own = error instanceof Error ? [error.message, ...said((error as Error & { cause?: unknown }).cause, depth + 1)] : []
  return [...own, ...Object.values(details).flatMap((value) => said(value, depth + 1))]
}

/**
 * Whether `error` is the database's refusal by one of the given constraints or SQLSTATE codes. The names are those of the
 * migrations, so a message can speak of what was refused and not of how.
 */
export function violated(error: unknown, ...names: string[]): boolean {
  if (!(error instanceof Error)) return false
  const words = said(error)
  return names.some((name) => words.some((word) => word === name || new RegExp(`(^|[^\\w])${name}([^\\w]|$)`).test(word)))
}
