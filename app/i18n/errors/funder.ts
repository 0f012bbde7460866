import { errorWords } from './error-words'

/** Refusals and confirmations of the funders' profiles. */
export const funderErrors = errorWords('funder', {
  bg: {
    not_found: 'Не намерихме този профил на финансиращ орган. Профилите се виждат от координатора на общината.',
    name: 'Въведете име на профила',
    same_name: 'Вече има профил с това име',
    needed_column: 'Името и подписът не могат да липсват: изберете място за колоната',
    same_place: 'Това място вече е дадено на друга колона',
    after_last: 'Изберете дата след {{last}} г., от която важи последната версия',
    not_past: 'Нова версия важи най-рано от утре: списъците до днес остават по своята',
    not_in_turn: 'Междувременно е добавена друга версия. Презаредете страницата и проверете датата.',
    logo_unreadable: 'Логото трябва да е картина PNG или JPEG. Избраният файл не може да се прочете като такава.',
    logo_too_large: 'Логото трябва да е до 2 MB и до 25 мегапиксела',
    created: 'Профилът е добавен.',
    version_added: 'Новата версия е добавена.',
    renamed: 'Името на профила е запазено.',
    unknown_profile: 'Изберете профил от списъка',
  },
  en: {
    not_found: 'We could not find this funder’s profile. Profiles are seen by the municipality’s coordinator.',
    name: 'Enter a name for the profile',
    same_name: 'There already is a profile of this name',
    needed_column: 'Name and signature cannot be left out: choose a place for the column',
    same_place: 'This place is taken by another column',
    after_last: 'Choose a day after {{last}}, from which the last version holds',
    not_past: 'A new version holds from tomorrow at the earliest: sheets up to today keep theirs',
    not_in_turn: 'Another version was added meanwhile. Reload the page and check the day.',
    logo_unreadable: 'The logo must be a PNG or JPEG picture. The chosen file cannot be read as one.',
    logo_too_large: 'The logo must be at most 2 MB and 25 megapixels',
    created: 'The profile has been added.',
    version_added: 'The new version has been added.',
    renamed: 'The name of the profile has been saved.',
    unknown_profile: 'Choose a profile from the list',
  },
})
