import { useLanguage } from '~/i18n/use-language'
import { EMBLEM_FLY_PER_HOIST, EU_BLUE, EU_STATEMENT_BG, EU_YELLOW, emblemStars } from './eu-emblem'

const STATEMENT = { bg: EU_STATEMENT_BG, en: 'Co-funded by the European Union' }
const HOIST = 180
const FLY = HOIST * EMBLEM_FLY_PER_HOIST
const round = (value: number) => Math.round(value * 100) / 100
const STARS = emblemStars(HOIST)
  .map((star) => `M${star.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}Z`)
  .join('')

/**
 * The emblem and the statement in full beside it, and nothing else (Regulation (EU) 2021/1060, Annex IX), on a white panel in every
 * theme. The statement is the only text set in Ubuntu, one of the fonts the annex lists.
 */
export function EuBlock() {
  const language = useLanguage()
  return (
    <div className="eu-block">
      <svg
        viewBox={`0 0 ${FLY} ${HOIST}`}
        role="img"
        aria-label={language === 'bg' ? 'Емблема на Европейския съюз' : 'Emblem of the European Union'}
      >
        <rect width={FLY} height={HOIST} fill={EU_BLUE} />
        <path d={STARS} fill={EU_YELLOW} />
      </svg>
      <p lang={language}>{STATEMENT[language]}</p>
    </div>
  )
}
