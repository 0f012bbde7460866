import { useEffect, useState } from 'react'
import { courseWords } from '~/i18n/course'
import { useFormat, useT } from '~/i18n/use-language'
import { NumberField } from '~/ui/fields'

const MOST_MINUTES = 60_000

/** The length of a course in minutes; with JavaScript it says in its hint how many academic hours the typed minutes are. */
export function DurationField({ durationMinutes, academicHourMinutes }: { durationMinutes?: number; academicHourMinutes: number }) {
  const t = useT(courseWords)
  const format = useFormat()
  const [typed, setTyped] = useState<number | null>(null)
  // said only by a page that can keep it true
  useEffect(() => setTyped(durationMinutes ?? null), [durationMinutes])
  const isLength = typed !== null && Number.isInteger(typed) && typed >= 1 && typed <= MOST_MINUTES
  return (
    <NumberField
      name="durationMinutes"
      label={t('durationMinutes')}
      hint={
        <>
          {t('durationHint', { count: academicHourMinutes })}
          {isLength ? <strong> {t('durationIs', { hours: format.academicHours(typed) })}</strong> : null}
        </>
      }
      defaultValue={durationMinutes}
      required
      min={1}
      max={MOST_MINUTES}
      step={1}
      inputMode="numeric"
      onInput={(event) => setTyped(event.currentTarget.valueAsNumber)}
    />
  )
}
