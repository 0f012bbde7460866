import type { RuleWarning } from '~/domain/project/project'
import { bgnToEur } from '~/i18n/format'
import { projectWords } from '~/i18n/project'
import { useFormat, useLanguage, useT } from '~/i18n/use-language'
import { NotGiven } from '~/ui/status'

type Named = { title: string | null; numberAsWritten: string | null }

/** Returns what a project is called on screen: its title, else its number, else that none is stated. */
export function useProjectName() {
  const t = useT(projectWords)
  return ({ title, numberAsWritten }: Named): string => title ?? numberAsWritten ?? t('untitled')
}

/** The amount in leva as signed, of which kind, and in euro as computed (ЗВЕРБ, чл. 12, 13). */
export function Amount({ amountBgn, amountKind }: { amountBgn: string; amountKind: 'grant' | 'total' }) {
  const t = useT(projectWords)
  const format = useFormat()
  return (
    <span className="person">
      <span>
        {format.money(amountBgn, 'BGN')}, {t(`amountKinds.${amountKind}`)}
      </span>
      <small>{t('euro', { euro: format.money(bgnToEur(amountBgn), 'EUR') })}</small>
    </span>
  )
}

type Warning = { code: string; detail: unknown }

/** Returns the sentence of a warning: of a rule in the dictionary's words, of one given as data in its own. */
export function useWarningText() {
  const t = useT(projectWords)
  const format = useFormat()
  const language = useLanguage()
  return (given: Warning): string => {
    const own = given.detail as { bg?: string; en?: string }
    const warning = given as RuleWarning
    switch (warning.code) {
      case 'programme_misspelt':
        return t('warning.programme_misspelt', warning.detail)
      case 'term_mismatch': {
        const { startsOn, termMonths, expectedEndsOn, endsOn } = warning.detail
        return t('warning.term_mismatch', {
          term: t('months', { count: termMonths }),
          startsOn: format.date(startsOn),
          expectedEndsOn: format.date(expectedEndsOn),
          endsOn: format.date(endsOn),
        })
      }
      case 'term_uneven': {
        const { startsOn, endsOn, months, days } = warning.detail
        return t('warning.term_uneven', {
          startsOn: format.date(startsOn),
          endsOn: format.date(endsOn),
          months: t('months', { count: months }),
          days: t('days', { count: days }),
        })
      }
      case 'start_after_announcement': {
        const { announcedOn, startsOn } = warning.detail
        return t('warning.start_after_announcement', { announcedOn: format.date(announcedOn), startsOn: format.date(startsOn) })
      }
      case 'term_starts_after_announcement': {
        const { announcedOn, startsOn, endsOn, termMonths } = warning.detail
        return t('warning.term_starts_after_announcement', {
          announcedOn: format.date(announcedOn),
          startsOn: format.date(startsOn),
          endsOn: format.date(endsOn),
          term: t('months', { count: termMonths }),
        })
      }
      default:
        return own[language] ?? own.bg ?? given.code
    }
  }
}

type Span = { startsOn: string | null; endsOn: string | null; termMonths: number | null }

/** The term as far as it is known: „от 01.04.2023 г., 22 месеца“. */
export function Term({ startsOn, endsOn, termMonths }: Span) {
  const t = useT(projectWords)
  const format = useFormat()
  if (!startsOn && !endsOn && !termMonths) return <NotGiven gender="m" />
  const days =
    startsOn && endsOn
      ? format.dateRange(startsOn, endsOn)
      : startsOn
        ? t('from', { date: format.date(startsOn) })
        : endsOn && t('until', { date: format.date(endsOn) })
  return <>{[days, termMonths && t('months', { count: termMonths })].filter(Boolean).join(', ')}</>
}
