import { errorWords } from './error-words'

/** Refusals of the paper sheet. */
export const paperErrors = errorWords('paper', {
  bg: {
    cancelled: 'Занятието е отменено и за него няма списък за подпис.',
    not_closed: 'Списъкът за присъствие още не е приключен. Приключеният списък се отпечатва след това.',
  },
  en: {
    cancelled: 'The session was cancelled and has no sheet to sign.',
    not_closed: 'The attendance sheet has not been closed yet. The closed sheet can be printed after that.',
  },
})
