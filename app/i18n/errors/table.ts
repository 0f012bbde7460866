import { errorWords } from './error-words'

/** Refusals of tables as files, out and in. */
export const tableErrors = errorWords('table', {
  bg: {
    unknown_format: 'Този вид файл не се изготвя. Изберете CSV, XLSX, ODS или PDF.',
    too_long_for_paper: 'PDF файлът побира най-много {{most}} реда. Изберете CSV, XLSX или ODS, или стеснете избора.',
    too_long: 'Редовете са повече от {{most}}. Стеснете избора с филтрите на страницата.',
    choose: 'Изберете файл',
    unreadable: 'Файлът не може да се прочете. Запазете го наново като CSV, XLSX или ODS и опитайте пак.',
    old_excel: 'Файлът е от стара версия на Excel (.xls). Запазете го като .xlsx и опитайте пак.',
    too_large: 'Файлът е по-голям от {{max}} MB.',
    too_many_rows: 'Във файла има повече от {{most}} реда.',
    too_much_inside: 'Файлът съдържа много повече данни от списък с хора. Запазете само листа с присъствието и опитайте пак.',
    no_columns: 'На първия ред трябва да има колона „Име“ или „Служебен номер“ и колона „Отметка“.',
  },
  en: {
    unknown_format: 'No file of this kind is made. Choose CSV, XLSX, ODS or PDF.',
    too_long_for_paper: 'A PDF holds at most {{most}} rows. Choose CSV, XLSX or ODS, or narrow the selection.',
    too_long: 'There are more than {{most}} rows. Narrow the selection with the filters of the page.',
    choose: 'Choose a file',
    unreadable: 'The file cannot be read. Save it anew as CSV, XLSX or ODS and try again.',
    old_excel: 'The file is of an old Excel (.xls). Save it as .xlsx and try again.',
    too_large: 'The file is larger than {{max}} MB.',
    too_many_rows: 'The file has more than {{most}} rows.',
    too_much_inside: 'The file holds much more than a list of people. Save the sheet of attendance alone and try again.',
    no_columns: 'The first row needs a column “Name” or “Employee number” and a column “Mark”.',
  },
})
