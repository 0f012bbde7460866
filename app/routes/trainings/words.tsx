import Ban from 'lucide-react/icons/ban'
import CalendarClock from 'lucide-react/icons/calendar-clock'
import CircleCheck from 'lucide-react/icons/circle-check'
import CirclePlay from 'lucide-react/icons/circle-play'
import Clock from 'lucide-react/icons/clock'
import type { EnrolmentState } from '~/domain/enrolment/enrolment'
import type { TrainingState } from '~/domain/training/training'
import { enrolmentWords } from '~/i18n/enrolment'
import { trainingWords } from '~/i18n/training'
import { useFormat, useT } from '~/i18n/use-language'
import { StatusChip } from '~/ui/status'
import { useTitle, type Titled } from './title'

/** The crumbs of every page under a training. */
export function useTrainingCrumbs() {
  const t = useT(trainingWords)
  const titleOf = useTitle()
  return (training: Titled & { id: string }) => [
    { to: '/trainings', label: t('title') },
    { to: `/trainings/${training.id}`, label: titleOf(training) },
  ]
}

const TRAINING_TONE = { cancelled: 'bad', unscheduled: 'warn', upcoming: 'info', running: 'good', past: undefined } as const
const TRAINING_ICON = { cancelled: Ban, unscheduled: undefined, upcoming: CalendarClock, running: CirclePlay, past: CircleCheck } as const

export function TrainingChip({ state }: { state: TrainingState }) {
  const t = useT(trainingWords)
  return (
    <StatusChip tone={TRAINING_TONE[state]} icon={TRAINING_ICON[state]}>
      {t(`state.${state}`)}
    </StatusChip>
  )
}

const ENROLMENT_TONE = {
  requested: 'info',
  nominated: 'info',
  approved: 'good',
  waiting: 'info',
  refused: 'bad',
  withdrawn: undefined,
} as const

export function EnrolmentChip({ state }: { state: EnrolmentState }) {
  const t = useT(enrolmentWords)
  const tone = ENROLMENT_TONE[state]
  return (
    <StatusChip tone={tone} icon={tone === 'info' ? Clock : undefined}>
      {t(`state.${state}`)}
    </StatusChip>
  )
}

/** First and last day of a training, or that it has none. */
export function TrainingDates({ startsAt, endsAt }: { startsAt: string | null; endsAt: string | null }) {
  const t = useT(trainingWords)
  const format = useFormat()
  return <>{startsAt && endsAt ? format.dateRange(startsAt, endsAt) : t('noDates')}</>
}

/** Text of several lines, as it was typed. */
export function Lines({ text }: { text: string }) {
  return (
    <>
      {text.split('\n').map((line, index) => (
        <p key={index}>{line}</p>
      ))}
    </>
  )
}
