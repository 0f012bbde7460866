import { dictionary } from './dictionary'

/** Said where the file of a certificate is asked for and cannot be given. */
export const certificateFileWords = dictionary('certificate-file', {
  bg: {
    making: 'Удостоверението се изготвя',
    wait: 'Номерът и фактите вече са записани, а файлът ще е готов след секунди. Страницата се обновява сама.',
    facts: 'Вижте какво удостоверява',
    none: 'Удостоверението не може да се покаже',
    register: 'Към удостоверенията',
  },
  en: {
    making: 'The certificate is being made',
    wait: 'Its number and facts are recorded; the file will be ready in seconds. The page refreshes by itself.',
    facts: 'See what it certifies',
    none: 'The certificate cannot be shown',
    register: 'To the certificates',
  },
})
