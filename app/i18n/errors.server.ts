import { accountErrors } from './errors/account'
import { attendanceErrors } from './errors/attendance'
import { certificateErrors } from './errors/certificate'
import { checkInErrors } from './errors/check-in'
import { courseErrors } from './errors/course'
import type { ErrorWords } from './errors/error-words'
import { fieldErrors, generalErrors } from './errors/general'
import { enrolmentErrors } from './errors/enrolment'
import { sessionErrors } from './errors/session'
import { tableErrors } from './errors/table'
import { trainingErrors } from './errors/training'
import { funderErrors } from './errors/funder'
import { paperErrors } from './errors/paper'
import { personErrors } from './errors/person'
import { projectErrors } from './errors/project'
import { scanErrors } from './errors/scan'
import { serviceErrors } from './errors/service'
import { formatNumber } from './format'
import type { Language } from './language'

/** One line a noun: its refusals live in `errors/<noun>.ts`. */
const NOUNS: ErrorWords[] = [
  generalErrors,
  fieldErrors,
  attendanceErrors,
  accountErrors,
  certificateErrors,
  checkInErrors,
  trainingErrors,
  sessionErrors,
  enrolmentErrors,
  courseErrors,
  funderErrors,
  paperErrors,
  personErrors,
  projectErrors,
  scanErrors,
  serviceErrors,
  tableErrors,
]

const SENTENCES: ErrorWords = {
  bg: Object.assign({}, ...NOUNS.map((noun) => noun.bg)),
  en: Object.assign({}, ...NOUNS.map((noun) => noun.en)),
}
const UNKNOWN = 'error.unexpected'
const KEY = /^[a-z][\w-]*(\.[\w-]+)+$/i

export const hasError = (messageKey: string): boolean => messageKey in SENTENCES.bg

/**
 * Returns the sentence a refusal's key stands for, with its values filled in (numbers grouped). An unknown key gives a calm general
 * sentence: a key never reaches the screen. Text that is no key at all is returned as it is.
 */
export function translateError(language: Language, messageKey: string, values: Record<string, string | number> = {}): string {
  if (!hasError(messageKey) && !KEY.test(messageKey)) return messageKey
  const sentence = SENTENCES[language][messageKey] ?? SENTENCES[language][UNKNOWN] ?? ''
  return sentence.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name] ?? ''
    return typeof value === 'number' ? formatNumber(value, language) : value
  })
}
