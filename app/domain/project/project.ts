import type { AmountKind } from '~/generated/prisma/enums'

export const AMOUNT_KINDS = ['grant', 'total'] as const satisfies readonly AmountKind[]

/** What the rules look at; days as `YYYY-MM-DD`, null for what the sources do not say. */
export type ProjectDates = {
  numberAsWritten: string | null
  procedureCode: string | null
  programme: string | null
  startsOn: string | null
  endsOn: string | null
  termMonths: number | null
  announcedOn: string | null
}

export type RuleWarning =
  | { code: 'programme_misspelt'; detail: { written: string; right: string } }
  | { code: 'term_mismatch'; detail: { startsOn: string; termMonths: number; expectedEndsOn: string; endsOn: string } }
  | { code: 'term_uneven'; detail: { startsOn: string; endsOn: string; months: number; days: number } }
  | { code: 'start_after_announcement'; detail: { announcedOn: string; startsOn: string } }
  | { code: 'term_starts_after_announcement'; detail: { announcedOn: string; startsOn: string; endsOn: string; termMonths: number } }

const DAY_MS = 86_400_000
const parts = (day: string) => day.split('-').map(Number) as [number, number, number]
const text = (date: Date) => date.toISOString().slice(0, 10)
const lastOf = (year: number, month: number) => new Date(Date.UTC(year, month + 1, 0)).getUTCDate()

/** The last day of a term of `months` that begins on `startsOn`: from 01.04.2023 for 24 months to 31.03.2025; of a shorter month its last day. */
export function lastDayOfTerm(startsOn: string, months: number): string {
  const [year, month, day] = parts(startsOn)
  const target = month - 1 + months
  const last = lastOf(year, target)
  return text(new Date(Date.UTC(year, target, day - 1 <= last ? day - 1 : last)))
}

/** The same day of the month `months` earlier, or the last of a shorter month. */
export function monthsBefore(day: string, months: number): string {
  const [year, month, date] = parts(day)
  const target = month - 1 - months
  return text(new Date(Date.UTC(year, target, Math.min(date, lastOf(year, target)))))
}

/** A span of days, both included, as whole months and the days over them: 01.04.2023–01.04.2025 is 24 months and 1 day. */
export function monthsAndDays(startsOn: string, endsOn: string): { months: number; days: number } {
  const [fromYear, fromMonth] = parts(startsOn)
  const [toYear, toMonth] = parts(endsOn)
  let months = (toYear - fromYear) * 12 + toMonth - fromMonth + 1
  while (months > 0 && lastDayOfTerm(startsOn, months) > endsOn) months -= 1
  const whole = lastDayOfTerm(startsOn, months)
  return { months, days: Math.round((Date.parse(endsOn) - Date.parse(whole)) / DAY_MS) }
}

/** The programme „Развитие на човешките ресурси“ 2021–2027 has CCI 2021BG05SFPR002: SFPR, not SFRP. */
const MISSPELT = /(?:2021)?BG05SFRP\d*/i

/**
 * The contradictions in a project's facts, by rule: a misspelt programme, a term that does not fit its dates, a start later than the
 * announcement that it had begun. A number without a contract version (`-C01`) is a project's number and no contradiction.
 */
export function projectWarnings(project: ProjectDates): RuleWarning[] {
  const { startsOn, endsOn, termMonths, announcedOn } = project
  const warnings: RuleWarning[] = []

  const written = [project.numberAsWritten, project.procedureCode, project.programme]
    .map((one) => one && MISSPELT.exec(one)?.[0])
    .find(Boolean)
  if (written) warnings.push({ code: 'programme_misspelt', detail: { written, right: written.replace(/SFRP/i, 'SFPR') } })

  if (startsOn && endsOn && termMonths) {
    const expectedEndsOn = lastDayOfTerm(startsOn, termMonths)
    if (expectedEndsOn !== endsOn) warnings.push({ code: 'term_mismatch', detail: { startsOn, termMonths, expectedEndsOn, endsOn } })
  } else if (startsOn && endsOn) {
    const { months, days } = monthsAndDays(startsOn, endsOn)
    if (days !== 0) warnings.push({ code: 'term_uneven', detail: { startsOn, endsOn, months, days } })
  }

  if (announcedOn && startsOn) {
    if (startsOn > announcedOn) warnings.push({ code: 'start_after_announcement', detail: { announcedOn, startsOn } })
  } else if (announcedOn && endsOn && termMonths) {
    // Counted back to the same day of the month: the earliest start the term allows, so a day more or less is no reason to warn.
    const earliest = monthsBefore(endsOn, termMonths)
    if (earliest > announcedOn)
      warnings.push({ code: 'term_starts_after_announcement', detail: { announcedOn, startsOn: earliest, endsOn, termMonths } })
  }
  return warnings
}
