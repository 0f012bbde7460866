import type { Comparison, Verified } from '~/domain/certificate/verify-certificate.server'
import { formatBytes } from '~/i18n/format'
import { useLanguage, useT } from '~/i18n/use-language'
import { verifyWords } from '~/i18n/verify'
import { Button } from '~/ui/button'
import { FileDrop } from '~/ui/file-drop'
import { ActionForm, FormActions } from '~/ui/form'
import type { FormState } from '~/ui/form-state'
import { Notice } from '~/ui/notice'
import { Section } from '~/ui/page-header'
import { DescriptionList } from '~/ui/status'

/** The hash of the issued file, and a form that says whether a file is byte for byte that one. */
export function CompareFile({ file, answer, largestMb }: { file: Verified['file']; answer: unknown; largestMb: number }) {
  const t = useT(verifyWords)
  const language = useLanguage()
  const given = answer && typeof answer === 'object' ? answer : {}
  const comparison = 'comparison' in given ? (given.comparison as Comparison | null) : null
  const state = 'error' in given ? (given as FormState) : null
  return (
    <Section title={t('fileTitle')}>
      {file ? (
        <>
          <DescriptionList
            items={[
              { label: t('sha256'), value: <code className="hash">{file.sha256}</code> },
              { label: t('size'), value: formatBytes(file.sizeBytes, language) },
            ]}
          />
          <p className="no-print">{t('fileText')}</p>
          {comparison ? (
            <div role="status">
              <Notice tone={comparison.same ? 'good' : 'bad'} title={t(comparison.same ? 'same.title' : 'different.title')}>
                <p>{t(comparison.same ? 'same.text' : 'different.text')}</p>
                <p>
                  {t('sha256Given')}: <code className="hash">{comparison.sha256}</code>, {formatBytes(comparison.sizeBytes, language)}
                </p>
              </Notice>
            </div>
          ) : null}
          <ActionForm state={state} encType="multipart/form-data" className="form no-print">
            <FileDrop name="file" label={t('file')} hint={t('fileHint', { max: largestMb })} accept="application/pdf,.pdf" required />
            <FormActions>
              <Button>{t('compare')}</Button>
            </FormActions>
          </ActionForm>
        </>
      ) : (
        <p>{t('fileWaits')}</p>
      )}
    </Section>
  )
}
