import { errorWords } from './error-words'

/** Refusals and confirmations of scanned sheets. */
export const scanErrors = errorWords('scan', {
  bg: {
    taken: 'Приети файлове: {{count}}. Четат се, страницата се обновява сама.',
    some_taken: 'Приети файлове: {{count}}. Останалите не бяха приети.',
    none_taken: 'Нито един файл не беше приет.',
    placed: 'Страницата е подредена към занятието.',
    set_aside: 'Страницата е оставена настрана.',
    too_many: 'Изберете най-много {{max}} файла наведнъж',
    heic: '{{name}}: HEIC не се чете. На телефона запишете снимката като JPEG (в настройките на камерата: „Най-съвместим“) и я изпратете отново.',
    other_kind: '{{name}}: не е JPEG, PNG или PDF, каквото и да е името му.',
    two_in_one: '{{name}}: в един файл са скрити два вида съдържание и затова не се приема. Сканирайте или снимайте отново.',
    empty: '{{name}}: файлът е празен.',
    too_large: '{{name}}: файлът е твърде голям, най-много {{max}} MB.',
    known: '{{name}}: този файл вече е изпратен и не се записва втори път.',
  },
  en: {
    taken: 'Files accepted: {{count}}. They are being read; the page renews itself.',
    some_taken: 'Files accepted: {{count}}. The others were not.',
    none_taken: 'No file was accepted.',
    placed: 'The page is filed in the session.',
    set_aside: 'The page is set aside.',
    too_many: 'Choose at most {{max}} files at once',
    heic: '{{name}}: HEIC cannot be read. Save the photograph as JPEG on the phone (camera settings: “Most compatible”) and send it again.',
    other_kind: '{{name}}: it is no JPEG, PNG or PDF, whatever its name says.',
    two_in_one: '{{name}}: two kinds of content are hidden in one file, so it is not accepted. Scan or photograph again.',
    empty: '{{name}}: the file is empty.',
    too_large: '{{name}}: the file is too large, at most {{max}} MB.',
    known: '{{name}}: this file was sent before and is not stored twice.',
  },
})
