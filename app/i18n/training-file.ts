import { dictionary } from './dictionary'

/** Columns of the list of trainings as a file that the page shows together with others. */
export const trainingFileWords = dictionary('training-file', {
  bg: { startsAt: 'Начало', endsAt: 'Край', taken: 'Заети места', pending: 'Чакат решение', waiting: 'В списъка на чакащите' },
  en: { startsAt: 'Start', endsAt: 'End', taken: 'Seats taken', pending: 'Awaiting a decision', waiting: 'On the waiting list' },
})
