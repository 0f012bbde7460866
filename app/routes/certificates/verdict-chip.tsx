import type { Candidate } from '~/domain/certificate/certificate-candidates.server'
import { certificateWords } from '~/i18n/certificate'
import { useT } from '~/i18n/use-language'
import { StatusChip } from '~/ui/status'

export type ListedCandidate = Pick<Candidate, 'verdict' | 'last'> & { isDue: boolean; isOutdated: boolean }

/** Where somebody stands with the certificate of a training, and why. */
export function VerdictChip({ candidate: { verdict, last, isDue, isOutdated } }: { candidate: ListedCandidate }) {
  const t = useT(certificateWords)
  const revoked = last?.isRevoked ? <small>{t('revokedBefore', { number: String(last.registerNumber) })}</small> : null
  if (last && !last.isRevoked)
    return isOutdated ? <StatusChip tone="warn">{t('outdated.chip')}</StatusChip> : <StatusChip tone="good">{t('states.valid')}</StatusChip>
  return (
    <span className="person">
      {isDue ? (
        <StatusChip tone="info">{t('verdict.due')}</StatusChip>
      ) : (
        <StatusChip tone="warn">{t(`verdict.${verdict.refusal!}`)}</StatusChip>
      )}
      {verdict.refusal === 'unmarked' ? <small>{t('unmarked', { count: verdict.unmarked })}</small> : null}
      {revoked}
    </span>
  )
}
