const ZONE = 'Europe/Sofia'

/** The calendar day so many days from today in the municipality's zone, as `2026-11-20`. */
export function day(offset: number): string {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date())
  return new Date(Date.parse(`${today}T00:00:00Z`) + offset * 86_400_000).toISOString().slice(0, 10)
}

/** The same day as the screens write it, `20.11.2026 г.` with its no-break space. */
export const shown = (isoDay: string) => `${isoDay.split('-').reverse().join('.')}\u00a0г.`

/** The next day from tomorrow on that has no hour from 03:00 to 04:00: the last Sunday of a March. */
export function nextSkippedHour(): string {
  const lastSundays = [0, 1].map((later) => {
    const endOfMarch = new Date(Date.UTC(Number(day(0).slice(0, 4)) + later, 2, 31))
    endOfMarch.setUTCDate(31 - endOfMarch.getUTCDay())
    return endOfMarch.toISOString().slice(0, 10)
  })
  return lastSundays.find((sunday) => sunday > day(0))!
}
