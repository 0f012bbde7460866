import { errorWords } from './error-words'

export const serviceErrors = errorWords('service', {
  bg: {
    not_found: 'Не намерихме тази услуга.',
    employer_not_found: 'Не намерихме този работодател.',
    name: 'Въведете наименование',
    employer: 'Изберете работодател',
    name_taken: 'Вече има услуга с това име',
    employer_taken: 'Вече има работодател с това име',
    created: 'Услугата е добавена.',
    saved: 'Услугата е запазена.',
    employer_created: 'Работодателят е добавен.',
    employer_saved: 'Работодателят е запазен.',
  },
  en: {
    not_found: 'We could not find this service.',
    employer_not_found: 'We could not find this employer.',
    name: 'Enter a name',
    employer: 'Choose an employer',
    name_taken: 'There is already a service with this name',
    employer_taken: 'There is already an employer with this name',
    created: 'The service has been added.',
    saved: 'The service has been saved.',
    employer_created: 'The employer has been added.',
    employer_saved: 'The employer has been saved.',
  },
})
