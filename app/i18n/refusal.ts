import { dictionary } from './dictionary'

/** Words around a refusal that is a page of its own. */
export const refusalWords = dictionary('refusal', {
  bg: { title: 'Действието не може да бъде извършено', home: 'Към началната страница' },
  en: { title: 'This cannot be done', home: 'To the home page' },
})
