import { errorWords } from './error-words'

export const personErrors = errorWords('person', {
  bg: {
    not_found: 'Не намерихме този служител. Може да е преместен или да нямате достъп до данните му.',
    post_not_found: 'Не намерихме тази длъжност.',
    name_letters: 'Въведете името само с букви; разрешени са тире, апостроф и точка',
    latin_letters: 'Въведете името с латински букви или оставете полето празно',
    no_personal_number: 'Тук не се въвежда ЕГН: десет цифри не се приемат. Ползвайте служебен номер на общината или оставете полето празно',
    number_taken: 'Друг служител вече има този служебен номер',
    namesake: 'В списъка вече има служител с името {{name}}. Ако това е друг човек, отбележете го и запазете отново',
    workplace: 'Изберете къде е длъжността',
    post_incomplete: 'Попълнете и това поле или изчистете всички полета на длъжността',
    post_ends_before: 'Последният ден не може да е преди първия',
    created: 'Служителят е добавен.',
    saved: 'Данните на служителя са запазени.',
    post_added: 'Длъжността е добавена.',
    post_saved: 'Длъжността е запазена.',
  },
  en: {
    not_found: 'We could not find this employee. The record may have moved, or you may have no access to it.',
    post_not_found: 'We could not find this post.',
    name_letters: 'Use only letters in a name; a hyphen, an apostrophe and a full stop are allowed',
    latin_letters: 'Use Latin letters or leave the field empty',
    no_personal_number:
      'Never enter a personal number (EGN): ten digits are not accepted. Use an employee number of the municipality or leave the field empty',
    number_taken: 'Another employee already has this employee number',
    namesake: 'The staff list already has somebody named {{name}}. If this is another person, tick the box and save again',
    workplace: 'Choose where the post is',
    post_incomplete: 'Fill in this field too, or clear all fields of the post',
    post_ends_before: 'The last day cannot be before the first',
    created: 'The employee has been added.',
    saved: 'The employee’s details have been saved.',
    post_added: 'The post has been added.',
    post_saved: 'The post has been saved.',
  },
})
