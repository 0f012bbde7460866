import { trainingWords } from '~/i18n/training'
import { useT } from '~/i18n/use-language'
import { NumberField, SelectField, TextArea, TextField } from '~/ui/fields'
import { FieldRow } from '~/ui/form'
import { MOST_SEATS } from '~/domain/training/training'
import { useTitle } from './title'

export type Choices = {
  courses: { id: string; title: string; titleEn: string | null }[]
  projects: {
    id: string
    title: string | null
    numberAsWritten: string | null
    activities: { id: string; ordinal: number; title: string }[]
  }[]
  trainers: { accountId: string; name: string }[]
}

type Training = {
  courseId: string
  work: string | null
  trainerAccountId: string
  place: string | null
  onlineUrl: string | null
  capacity: number
  seatsTaken: number
  note: string | null
}

/** The fields of a training but for its sessions; `chosen` is what a new one begins with. */
export function TrainingFields({
  choices,
  training,
  chosen,
}: {
  choices: Choices
  training?: Training
  chosen?: { courseId?: string; work?: string }
}) {
  const t = useT(trainingWords)
  const titleOf = useTitle()
  const works = choices.projects.flatMap(({ id, title, numberAsWritten, activities }) => {
    const name = title ?? numberAsWritten ?? t('noProjectTitle')
    return [
      { value: id, label: name },
      ...activities.map((activity) => ({ value: `${id}/${activity.id}`, label: `${name} – ${activity.ordinal}. ${activity.title}` })),
    ]
  })
  return (
    <>
      <SelectField
        name="courseId"
        label={t('course')}
        empty
        required
        defaultValue={training?.courseId ?? chosen?.courseId}
        options={choices.courses.map((course) => ({ value: course.id, label: titleOf(course) }))}
      />
      <SelectField
        name="work"
        label={t('work')}
        hint={t('workHint')}
        empty={t('noWork')}
        defaultValue={training ? training.work : chosen?.work}
        options={works}
      />
      <SelectField
        name="trainerAccountId"
        label={t('trainer')}
        empty
        required
        defaultValue={training?.trainerAccountId}
        options={choices.trainers.map(({ accountId, name }) => ({ value: accountId, label: name }))}
      />
      <PlaceFields place={training?.place} onlineUrl={training?.onlineUrl} />
      <NumberField
        name="capacity"
        label={t('capacity')}
        hint={training ? t('capacityHint', { taken: training.seatsTaken }) : undefined}
        inputMode="numeric"
        step={1}
        min={Math.max(1, training?.seatsTaken ?? 1)}
        max={MOST_SEATS}
        required
        defaultValue={training?.capacity}
      />
      <TextArea name="note" label={t('note')} optional maxLength={2000} rows={3} defaultValue={training?.note} />
    </>
  )
}

export function PlaceFields({ place, onlineUrl, hint }: { place?: string | null; onlineUrl?: string | null; hint?: string }) {
  const t = useT(trainingWords)
  return (
    <FieldRow>
      <TextField name="place" label={t('place')} hint={hint ?? t('placeHint')} maxLength={300} defaultValue={place} />
      <TextField name="onlineUrl" type="url" label={t('onlineUrl')} hint={t('onlineHint')} maxLength={500} defaultValue={onlineUrl} />
    </FieldRow>
  )
}
