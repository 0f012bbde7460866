import { errorWords } from './error-words'

/** Refusals of tables as files, out and in. */
export const tableErrors = errorWords('table', {
  bg: {
    unknown_format: 'Този вид файл не се изготвя. Изберете CSV, XLSX, ODS или PDF.',
    too_long_for_paper: 'PDF файлът побира най-много {{most}} реда. Изберете CSV, XLSX или ODS, или стеснете избора.',
    too_long: 'Редовете са повече от {{most}}. Стеснете избора с филтрите на страницата.',
  },
  en: {
    unknown_format: 'No file of this kind is made. Choose CSV, XLSX, ODS or PDF.',
    too_long_for_paper: 'A PDF holds at most {{most}} rows. Choose CSV, XLSX or ODS, or narrow the selection.',
    too_long: 'There are more than {{most}} rows. Narrow the selection with the filters of the page.',
  },
})
