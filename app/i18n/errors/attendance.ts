import { errorWords } from './error-words'

/** Refusals and confirmations of the attendance sheet. */
export const attendanceErrors = errorWords('attendance', {
  bg: {
    saved: 'Присъствието е записано. Променени редове: {{count}}.',
    unchanged: 'Няма промени за записване.',
    minutes: 'Въведете минути от 0 до 1 440',
    minutes_of_absent: 'Минути за закъснение или напускане се въвеждат само за присъствал участник',
    not_enrolled: 'В списъка има лице, което вече не е записано за обучението. Презаредете страницата.',
    conflict:
      'Докато попълвахте, друг е отбелязал по различен начин: {{names}}. Нищо не е записано. Проверете тези редове и запазете отново, ако Вашата отметка е вярната.',
    cancelled: 'Занятието е отменено и присъствие не може да се отбелязва.',
    too_early: 'Присъствието се отбелязва най-рано един час преди началото на занятието.',
    over: 'Занятието е приключило. Помолете обучителя да Ви отбележи.',
    closed: 'Списъкът за присъствие е приключен. Промените вече са корекции с причина, за всеки участник поотделно.',
    needs_reason: 'Посочете защо присъствието се въвежда или променя впоследствие',
    changed_meanwhile: 'Докато попълвахте, за този участник е постъпила нова отметка. Прегледайте я и запазете отново.',
    corrected: 'Корекцията е записана.',
  },
  en: {
    saved: 'Attendance saved. Rows changed: {{count}}.',
    unchanged: 'There was nothing to save.',
    minutes: 'Enter minutes from 0 to 1,440',
    minutes_of_absent: 'Minutes of lateness or early leave go only with somebody who was present',
    not_enrolled: 'The list holds somebody who is no longer enrolled. Reload the page.',
    conflict:
      'While you were filling in, somebody else marked differently: {{names}}. Nothing was saved. Check these rows and save again if yours is right.',
    cancelled: 'The session was cancelled; attendance cannot be recorded.',
    too_early: 'Attendance can be recorded from one hour before the session begins.',
    over: 'The session is over. Ask the trainer to mark you.',
    closed: 'The sheet is closed. From now on changes are corrections with a reason, person by person.',
    needs_reason: 'Say why the attendance is entered or changed afterwards',
    changed_meanwhile: 'While you were filling in, a new mark for this person arrived. Look at it and save again.',
    corrected: 'The correction is saved.',
  },
})
