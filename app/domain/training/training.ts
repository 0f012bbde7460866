/** The most seats a training may have (constraint training_capacity_range). */
export const MOST_SEATS = 2000

/** Views of the list: what is to come, what is over, everything. */
export const VIEWS = ['upcoming', 'past', 'all'] as const
export type TrainingsView = (typeof VIEWS)[number]

export type TrainingState = 'cancelled' | 'unscheduled' | 'upcoming' | 'running' | 'past'

type Times = { startsAt: Date | null; endsAt: Date | null; cancelledAt: Date | null }

/** The state of a training at `now`: from its first start to its last end it is running. */
export function trainingState({ startsAt, endsAt, cancelledAt }: Times, now: Date): TrainingState {
  if (cancelledAt) return 'cancelled'
  if (!startsAt || !endsAt) return 'unscheduled'
  if (now < startsAt) return 'upcoming'
  return now < endsAt ? 'running' : 'past'
}

/** Whether people may still ask for a place or be put forward: neither cancelled nor over. */
export const takesPeople = (training: Times, now: Date): boolean => !['cancelled', 'past'].includes(trainingState(training, now))

/** On which side of the project's term the training's days lie; days are `YYYY-MM-DD`, an unknown end of the term has no verdict. */
export function outsideTerm(
  days: { first: string; last: string },
  term: { startsOn: string | null; endsOn: string | null },
): ('before' | 'after')[] {
  const sides: ('before' | 'after')[] = []
  if (term.startsOn && days.first < term.startsOn) sides.push('before')
  if (term.endsOn && days.last > term.endsOn) sides.push('after')
  return sides
}
