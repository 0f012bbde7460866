/** A calendar day as a `date` column takes it: midnight UTC, which no zone moves. */
export const dateOf = (day: string): Date => new Date(`${day}T00:00:00Z`)

/** The same for a day that may be unknown. */
export const dateOrNull = (day: string | null): Date | null => (day === null ? null : dateOf(day))

/** The day of a `date` column as `YYYY-MM-DD`; null stays null. */
export function dayText(date: Date): string
export function dayText(date: Date | null): string | null
export function dayText(date: Date | null): string | null {
  return date === null ? null : date.toISOString().slice(0, 10)
}
