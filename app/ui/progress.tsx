import type { ReactNode } from 'react'
import { useFormat, useT } from '~/i18n/use-language'
import { uiWords } from './words'

type ProgressProps = {
  label: ReactNode
  done: number
  /** Null while the amount of work is not yet known. */
  total: number | null
  /** An estimate in seconds, where there is one. */
  secondsLeft?: number | null
  /** The form that cancels the work. */
  cancel?: ReactNode
}

/** Long work: a bar, done of total in words, time left, a way to stop it. The page itself sees to being refreshed. */
export function Progress({ label, done, total, secondsLeft, cancel }: ProgressProps) {
  const t = useT(uiWords)
  const format = useFormat()
  return (
    <div className="progress">
      <label>
        <span>{label}</span>
        <progress value={total === null ? undefined : done} max={total ?? undefined} />
      </label>
      <p role="status" className="figures">
        {total === null ? format.number(done) : t('done', { done, total })}
        {secondsLeft ? `, ${t('timeLeft', { time: format.minutes(Math.ceil(secondsLeft / 60)) })}` : ''}
      </p>
      {cancel}
    </div>
  )
}
