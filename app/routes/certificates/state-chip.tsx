import Ban from 'lucide-react/icons/ban'
import type { CertificateState } from '~/domain/certificate/certificate'
import { certificateWords } from '~/i18n/certificate'
import { useT } from '~/i18n/use-language'
import { StatusChip } from '~/ui/status'

/** What a certificate is worth today, in icon and word. */
export function StateChip({ state }: { state: CertificateState }) {
  const t = useT(certificateWords)
  if (state === 'revoked')
    return (
      <StatusChip tone="bad" icon={Ban}>
        {t('states.revoked')}
      </StatusChip>
    )
  return <StatusChip tone={state === 'valid' ? 'good' : undefined}>{t(`states.${state}`)}</StatusChip>
}
