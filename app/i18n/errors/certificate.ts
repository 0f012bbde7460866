import { errorWords } from './error-words'

/** Refusals and confirmations of certificates and of their verification. */
export const certificateErrors = errorWords('certificate', {
  bg: {
    not_found: 'Не намерихме такова удостоверение. Може да нямате достъп до него.',
    base_url:
      'Удостоверения не могат да се издават, докато не е зададен публичният адрес на системата (BASE_URL): по него се проверяват. Обърнете се към администратора на системата.',
    nobody: 'Няма на кого да се издаде удостоверение: всички с право на удостоверение вече имат, или още никой не е изпълнил условията.',
    not_due: 'На това лице не може да се издаде удостоверение: вече има валидно или не е изпълнило условията. Презаредете страницата.',
    sums: 'Отбелязаните минути са повече от предвидените за занятието. Проверете присъствието и опитайте отново. Нищо не е издадено.',
    issued: 'Издадени удостоверения: {{count}}. Файловете се изготвят.',
    issued_before: 'Удостоверенията вече са издадени.',
    reason: 'Въведете причина за анулирането',
    already_revoked: 'Удостоверението вече е анулирано.',
    revoked: 'Удостоверението е анулирано.',
    code: 'Въведете кода за проверка: 16 знака, отпечатани под QR кода',
    unknown_code: 'Няма удостоверение с такъв код. Проверете кода и опитайте отново.',
    file: 'Изберете файла на удостоверението',
    file_empty: 'Файлът е празен. Изберете файла на удостоверението (PDF).',
    file_not_pdf: 'Това не е PDF файл. Изберете файла на удостоверението във вида, в който е изтеглен.',
    file_too_large: 'Файлът е твърде голям: сравняват се файлове до {{max}} MB. Издаденото удостоверение е много по-малко.',
    file_not_ready: 'Файлът на това удостоверение още се изготвя. Опитайте отново след минута.',
  },
  en: {
    not_found: 'We could not find this certificate. You may have no access to it.',
    base_url:
      'Certificates cannot be issued until the public address of the system (BASE_URL) is set: they are verified by it. Ask the administrator of the system.',
    nobody: 'There is nobody to issue a certificate to: everybody who has earned one has it, or nobody has met the conditions yet.',
    not_due: 'This person cannot be issued a certificate: there is a valid one, or the conditions are not met. Reload the page.',
    sums: 'The marked minutes exceed those scheduled for a session. Check the attendance and try again. Nothing was issued.',
    issued: 'Certificates issued: {{count}}. Their files are being made.',
    issued_before: 'The certificates were issued already.',
    reason: 'Enter the reason for revoking',
    already_revoked: 'The certificate is revoked already.',
    revoked: 'The certificate was revoked.',
    code: 'Enter the verification code: the 16 signs printed beside the QR code',
    unknown_code: 'There is no certificate with this code. Check the code and try again.',
    file: 'Choose the file of the certificate',
    file_empty: 'The file is empty. Choose the file of the certificate (PDF).',
    file_not_pdf: 'This is not a PDF file. Choose the file of the certificate as it was downloaded.',
    file_too_large: 'The file is too large: files up to {{max}} MB are compared. An issued certificate is far smaller.',
    file_not_ready: 'The file of this certificate is still being made. Try again in a minute.',
  },
})
