import { useState, useSyncExternalStore } from 'react'
import { courseWords } from '~/i18n/course'
import { useFormat, useT } from '~/i18n/use-language'
import { NumberField } from '~/ui/fields'
import { useFieldState } from '~/ui/form-context'

const NAME = 'durationMinutes'
const MOST_MINUTES = 60_000
/** Whether the page runs JavaScript does not change while it is shown. */
const never = () => () => undefined

/** The length of a course in minutes; with JavaScript it says in its hint how many academic hours the minutes in the field are. */
export function DurationField({ durationMinutes, academicHourMinutes }: { durationMinutes?: number; academicHourMinutes: number }) {
  const t = useT(courseWords)
  const format = useFormat()
  const { value } = useFieldState(NAME, durationMinutes)
  const [typed, setTyped] = useState<number>()
  const keepsUp = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  const minutes = typed ?? Number(value)
  const isLength = keepsUp && Number.isInteger(minutes) && minutes >= 1 && minutes <= MOST_MINUTES
  return (
    <NumberField
      name={NAME}
      label={t('durationMinutes')}
      hint={
        <>
          {t('durationHint', { count: academicHourMinutes })}
          {isLength ? <strong> {t('durationIs', { hours: format.academicHours(minutes) })}</strong> : null}
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
