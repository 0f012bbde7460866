import { fullName } from '~/i18n/format'
import { registerNumberText, type CertificateFacts } from './certificate-facts'
import { basisRows, kindWords, quoted, sessionLines, trainingRows, type FactRow } from './certificate-wording'

/** A certificate's facts in the words of its printed page, ready to be shown. */
export type CertificateView = {
  number: string
  recipient: string
  title: string
  rows: FactRow[]
  topics: string[]
  sessions: string[][]
  euFunded: boolean
  demo: boolean
}

const row = (label: string, ...values: (string | null)[]): FactRow[] => {
  const given = values.filter((value) => value !== null)
  return given.length > 0 ? [{ label, values: given }] : []
}

/** Returns every frozen fact; in Bulgarian, the language of the document. */
export function certificateView(facts: CertificateFacts): CertificateView {
  const { issuer, recipient, course, issuedBy } = facts
  return {
    number: registerNumberText(facts),
    recipient: fullName(recipient),
    title: course.title,
    rows: [
      ...row('Издател', `Община ${issuer.municipality}`, issuer.district && `област ${issuer.district}`),
      ...row('Издадено на', fullName(recipient)),
      ...row('Длъжност', recipient.position),
      ...row('Месторабота', recipient.unit),
      ...row('Обучение', kindWords(facts), quoted(course.title), course.titleEn),
      ...trainingRows(facts),
      ...basisRows(facts),
      ...row('Издадено от', [issuedBy.name, issuedBy.role].filter(Boolean).join(', ')),
    ],
    topics: course.topics,
    sessions: sessionLines(facts),
    euFunded: facts.project?.euFunded ?? false,
    demo: facts.demo,
  }
}
