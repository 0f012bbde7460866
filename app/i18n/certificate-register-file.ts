import { dictionary } from './dictionary'

/** Columns of the register of certificates as a file that the page shows together with others. */
export const certificateRegisterFileWords = dictionary('certificate-register-file', {
  bg: { issuedOn: 'Дата на издаване', position: 'Длъжност', unit: 'Услуга или работодател' },
  en: { issuedOn: 'Issued on', position: 'Position', unit: 'Service or employer' },
})
