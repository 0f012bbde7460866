import { errorWords } from './error-words'

export const courseErrors = errorWords('course', {
  bg: {
    not_found: 'Не намерихме този курс. Може да е архивиран.',
    title: 'Въведете заглавие на курса',
    kind: 'Изберете вида на курса',
    duration: 'Въведете времетраенето в минути',
    share: 'Въведете нужното присъствие в проценти',
    same: 'Вече има курс „{{title}}“ от този вид. Ако добавяте друг курс, отбележете „Добави въпреки това“ и запазете отново',
    created: 'Курсът е добавен.',
    saved: 'Курсът е запазен.',
    archived: 'Курсът е архивиран. Проведените обучения остават.',
    restored: 'Курсът отново може да се ползва.',
  },
  en: {
    not_found: 'We could not find this course. It may be archived.',
    title: 'Enter a title of the course',
    kind: 'Choose the kind of the course',
    duration: 'Enter the length in minutes',
    share: 'Enter the attendance needed, in per cent',
    same: 'There already is a course “{{title}}” of this kind. If you are adding another one, tick “Add it anyway” and save again',
    created: 'The course has been added.',
    saved: 'The course has been saved.',
    archived: 'The course has been archived. Its trainings remain.',
    restored: 'The course can be used again.',
  },
})
