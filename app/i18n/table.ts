import { dictionary } from './dictionary'

/** Words of every file a table goes out in. */
export const tableWords = dictionary('table', {
  bg: {
    page: '{{author}} · изготвено на {{madeAt}} · страница {{page}} от {{of}}',
    sheetPage: 'страница {{page}} от {{of}}',
    empty: 'Няма редове.',
    about: 'За файла',
    municipality: 'Община',
    municipalityOf: 'Община {{name}}',
    madeAt: 'Изготвено на',
    madeBy: 'Изготвено от',
    filters: 'Показани са само',
    search: 'търсене „{{text}}“',
    refusedTitle: 'Файлът не може да се изготви',
    back: 'Към страницата',
  },
  en: {
    page: '{{author}} · made on {{madeAt}} · page {{page}} of {{of}}',
    sheetPage: 'page {{page}} of {{of}}',
    empty: 'There are no rows.',
    about: 'About the file',
    municipality: 'Municipality',
    municipalityOf: 'Municipality of {{name}}',
    madeAt: 'Made on',
    madeBy: 'Made by',
    filters: 'Shown only',
    search: 'search “{{text}}”',
    refusedTitle: 'The file cannot be made',
    back: 'To the page',
  },
})
