import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import FileText from 'lucide-react/icons/file-text'
import { certificatePage } from '~/domain/certificate/certificate.server'
import { groupedCode } from '~/domain/certificate/verify-code'
import { certificateWords } from '~/i18n/certificate'
import { formatBytes } from '~/i18n/format'
import { wordTitle } from '~/i18n/page-title'
import { useFormat, useLanguage, useT } from '~/i18n/use-language'
import { asActor, idOf } from '~/platform/handlers.server'
import { LinkButton } from '~/ui/button'
import { Notice } from '~/ui/notice'
import { PageHeader, Section } from '~/ui/page-header'
import { RefreshWhile } from '~/ui/refresh-while'
import { DescriptionList } from '~/ui/status'
import { FactsSheet } from './certificates/facts-sheet'
import { StateChip } from './certificates/state-chip'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, certificateWords, 'certificates')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, (actor) => certificatePage(actor, idOf(args.params.certificateId)))
}

export default function CertificatePage() {
  const { id, trainingId, registerNumber, issuedOn, verifyCode, state, view, file, revocation, may } = useLoaderData<typeof loader>()
  const t = useT(certificateWords)
  const format = useFormat()
  const language = useLanguage()
  const isWaiting = file === null && view !== null
  return (
    <>
      <PageHeader
        title={t('title', { number: String(registerNumber), date: format.date(issuedOn) })}
        crumbs={[{ to: '/certificates', label: t('certificates') }]}
        status={<StateChip state={state} />}
        action={
          file ? (
            <LinkButton variant="primary" icon={FileText} document to={`/certificates/${id}.pdf`}>
              {t('openFile')}
            </LinkButton>
          ) : null
        }
      />
      {revocation ? (
        <Notice tone="bad" title={t('revokedTitle', { date: format.date(revocation.revokedAt) })}>
          <p>
            {t('reason')}: {revocation.reason}
          </p>
          <p>{t('revokedBy', { name: revocation.revokedByName })}</p>
        </Notice>
      ) : null}
      {isWaiting ? <Notice tone="info">{t('notMade')}</Notice> : null}
      <RefreshWhile active={isWaiting} />
      {view ? (
        <FactsSheet view={view} t={t} />
      ) : (
        <Notice tone="info" title={t('erased.title')}>
          <p>{t('erased.text')}</p>
        </Notice>
      )}
      <Section title={t('proof')}>
        <DescriptionList
          items={[
            { label: t('code'), value: groupedCode(verifyCode) },
            { label: t('publicPage'), value: <Link to={`/verify/${verifyCode}`}>{t('openPublic')}</Link> },
            ...(file
              ? [
                  { label: t('sha256'), value: <code className="hash">{file.sha256}</code> },
                  { label: t('size'), value: formatBytes(file.sizeBytes, language) },
                  { label: t('madeAt'), value: format.dateTime(file.createdAt) },
                ]
              : []),
          ]}
        />
      </Section>
      <div className="form-actions">
        {may.openTraining ? <LinkButton to={`/trainings/${trainingId}/certificates`}>{t('toTraining')}</LinkButton> : null}
        {may.revoke ? (
          <LinkButton variant="danger" to={`/certificates/${id}/revoke`}>
            {t('revoke')}
          </LinkButton>
        ) : null}
      </div>
    </>
  )
}
