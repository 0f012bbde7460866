import { errorWords } from './error-words'

/** Refusals and good news of checking in by code. */
export const checkInErrors = errorWords('check_in', {
  bg: {
    no_person:
      'Профилът Ви не е свързан със служител от тази община и присъствието Ви не може да се отбележи с код. Помолете обучителя да Ви отбележи.',
    ticket: 'Мина твърде много време от сканирането. Сканирайте новия код от екрана или помолете обучителя да Ви отбележи.',
    code: 'Въведете шестте знака от екрана в залата',
    code_unknown: 'Няма занятие с такъв код в момента. Проверете знаците на екрана в залата и ги въведете отново.',
    code_expired: 'Кодът важеше до {{time}}. Въведете новия код от екрана или помолете обучителя да Ви отбележи.',
    full: 'Няма свободно място в обучението. Заети места: {{capacity}}. Координаторът може да увеличи местата.',
    admitted: 'Лицето е записано за обучението и присъствието му е отбелязано.',
  },
  en: {
    no_person:
      'Your account does not belong to an employee of this municipality, so a code cannot check you in. Ask the trainer to mark you.',
    ticket: 'Too much time has passed since the scan. Scan the new code on the screen or ask the trainer to mark you.',
    code: 'Enter the six signs on the screen in the room',
    code_unknown: 'No session has this code at the moment. Check the signs on the screen in the room and enter them again.',
    code_expired: 'The code was valid until {{time}}. Enter the new code on the screen or ask the trainer to mark you.',
    full: 'The training has no free seat. Seats taken: {{capacity}}. The coordinator can raise their number.',
    admitted: 'The person is enrolled in the training and checked in.',
  },
})
