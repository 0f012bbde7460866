import { dictionary } from './dictionary'

/** The paper sheet of a session: links to it, and what is said where it cannot be given. */
export const paperWords = dictionary('paper', {
  bg: {
    paper: 'На хартия',
    sheet: 'Списък за подпис (PDF)',
    halfDay: 'Списък за подпис по половин ден (PDF)',
    signed: 'Подписан списък: снимки и сравнение',
    filled: 'Приключен списък (PDF)',
    none: 'Списъкът не може да се покаже',
    trainings: 'Към обученията',
  },
  en: {
    paper: 'On paper',
    sheet: 'Sheet to sign (PDF)',
    halfDay: 'Sheet to sign by half-day (PDF)',
    signed: 'Signed sheet: scans and comparison',
    filled: 'Closed sheet (PDF)',
    none: 'The sheet cannot be shown',
    trainings: 'To the trainings',
  },
})
