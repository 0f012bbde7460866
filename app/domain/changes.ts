type Value = string | number | boolean | null
type Facts = Record<string, Value>

/** What an edit changed, by field, for the payload of its audit event: `{ title: { from, to } }`; empty when nothing did. */
export function changes(before: Facts, after: Facts): Record<string, { from: Value; to: Value }> {
  return Object.fromEntries(
    Object.keys(after)
      .filter((name) => (before[name] ?? null) !== (after[name] ?? null))
      .map((name) => [name, { from: before[name] ?? null, to: after[name] ?? null }]),
  )
}
