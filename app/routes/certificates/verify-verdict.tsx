import type { Verified } from '~/domain/certificate/verify-certificate.server'
import { useFormat, useT } from '~/i18n/use-language'
import { verifyWords } from '~/i18n/verify'
import { Notice } from '~/ui/notice'

/** Whether the certificate holds, in icon, word and sentence. */
export function VerifyVerdict({ found }: { found: Pick<Verified, 'state' | 'factsHold' | 'municipality' | 'revocation'> }) {
  const t = useT(verifyWords)
  const format = useFormat()
  const { state, factsHold, municipality, revocation } = found
  return (
    <>
      {factsHold ? null : (
        <Notice tone="bad" title={t('broken.title')}>
          <p>{t('broken.text')}</p>
        </Notice>
      )}
      {revocation ? (
        <Notice tone="bad" title={t('revoked.title', { date: format.date(revocation.at) })}>
          <p>{t('revoked.text', { reason: revocation.reason })}</p>
        </Notice>
      ) : state === 'erased' ? (
        <Notice tone="info" title={t('erased.title')}>
          <p>{t('erased.text', { name: municipality })}</p>
        </Notice>
      ) : factsHold ? (
        <Notice tone="good" title={t('valid.title')}>
          <p>{t('valid.text', { name: municipality })}</p>
        </Notice>
      ) : null}
    </>
  )
}
