import { errorWords } from './error-words'

/** Refusals and good news about trainings. */
export const trainingErrors = errorWords('training', {
  bg: {
    not_found: 'Не намерихме това обучение. Може да е отменено или да нямате достъп до него.',
    planned: 'Обучението е планирано.',
    saved: 'Обучението е запазено.',
    saved_advanced: 'Обучението е запазено. От списъка на чакащите с място вече са {{count}}.',
    was_cancelled: 'Обучението е отменено.',
    cancelled: 'Обучението е отменено и не може да се променя.',
    has_attendance: 'В обучението вече е отбелязано присъствие и то не може да бъде отменено.',
    has_closed_session: 'Списъкът за присъствие на едно от занятията е приключен и обучението не може да бъде отменено.',
    reason_required: 'Напишете защо се отменя обучението',
    place_or_link: 'Въведете място или адрес за онлайн участие',
    no_session: 'Въведете поне едно занятие',
    no_such_course: 'Изберете курс от списъка',
    no_such_trainer: 'Изберете обучител от списъка',
    capacity_required: 'Въведете броя на местата',
    capacity_below: 'Местата не могат да бъдат по-малко от вече заетите: {{taken}}',
  },
  en: {
    not_found: 'We could not find this training. It may have been cancelled, or you may have no access to it.',
    planned: 'The training is planned.',
    saved: 'The training is saved.',
    saved_advanced: 'The training is saved. People from the waiting list who now have a place: {{count}}.',
    was_cancelled: 'The training is cancelled.',
    cancelled: 'The training is cancelled and cannot be changed.',
    has_attendance: 'Attendance has already been recorded in this training; it cannot be cancelled.',
    has_closed_session: 'The attendance sheet of one of the sessions is closed; the training cannot be cancelled.',
    reason_required: 'Write why the training is cancelled',
    place_or_link: 'Enter a place or an address to take part online',
    no_session: 'Enter at least one session',
    no_such_course: 'Choose a course from the list',
    no_such_trainer: 'Choose a trainer from the list',
    capacity_required: 'Enter the number of places',
    capacity_below: 'The places cannot be fewer than those already taken: {{taken}}',
  },
})
