import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import Award from 'lucide-react/icons/award'
import { sharePercent } from '~/domain/certificate/certificate'
import { trainingCertificates } from '~/domain/certificate/certificate.server'
import { certificateWords } from '~/i18n/certificate'
import { fullName, listName } from '~/i18n/format'
import { wordTitle } from '~/i18n/page-title'
import { useFormat, useLanguage, useT } from '~/i18n/use-language'
import { asActor, idOf } from '~/platform/handlers.server'
import { LinkButton } from '~/ui/button'
import { DataTable } from '~/ui/data-table'
import { EuBlock } from '~/ui/eu-block'
import { Notice } from '~/ui/notice'
import { PageHeader } from '~/ui/page-header'
import { Progress } from '~/ui/progress'
import { RefreshWhile } from '~/ui/refresh-while'
import { EmptyState, PersonChip, Stat, Stats } from '~/ui/status'
import { OpenSheets, OutdatedCertificates } from './certificates/sheet-warnings'
import { VerdictChip } from './certificates/verdict-chip'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, certificateWords, 'certificates')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, (actor) => trainingCertificates(actor, idOf(args.params.trainingId)))
}

export default function TrainingCertificatesPage() {
  const { training, candidates, issued, filesMade, canIssue, openSheets } = useLoaderData<typeof loader>()
  const t = useT(certificateWords)
  const format = useFormat()
  const english = useLanguage() === 'en'
  const title = (english && training.titleEn) || training.title
  const due = candidates.filter(({ isDue }) => isDue).length
  const base = `/trainings/${training.id}`
  const isMaking = filesMade < issued
  const mayIssue = due > 0 && canIssue
  // certificates rest on what the sheets say: those are closed first, and issuing before that stays possible
  const [openSheet] = openSheets
  return (
    <>
      <PageHeader
        title={t('ofTraining', { title })}
        crumbs={[
          { to: '/trainings', label: t('trainings') },
          { to: base, label: title },
        ]}
        status={
          <>
            {training.startsAt && training.endsAt ? `${format.dateRange(training.startsAt, training.endsAt)} · ` : ''}
            {t('required', { percent: training.requiredSharePercent })}
          </>
        }
        action={
          openSheet ? (
            <LinkButton variant="primary" to={`${base}/attendance?session=${openSheet.id}`}>
              {t('closeSheet', { date: format.date(openSheet.startsAt) })}
            </LinkButton>
          ) : mayIssue ? (
            <LinkButton variant="primary" icon={Award} to={`${base}/certificates/issue`}>
              {t('issueAll', { count: due })}
            </LinkButton>
          ) : null
        }
      />
      {training.isEuFunded ? <EuBlock /> : null}
      {canIssue ? null : (
        <Notice tone="warn" title={t('baseUrl.title')}>
          <p>{t('baseUrl.text')}</p>
        </Notice>
      )}
      <OpenSheets trainingId={training.id} sheets={openSheets} />
      <OutdatedCertificates people={candidates} />
      {isMaking ? <Progress label={t('making')} done={filesMade} total={issued} /> : null}
      <RefreshWhile active={isMaking} />
      <Stats>
        <Stat value={format.number(due)} label={t('due')} />
        <Stat value={format.number(issued)} label={t('issued', { count: issued })} />
        <Stat value={format.number(candidates.length - due - issued)} label={t('refused')} />
      </Stats>
      {openSheet && mayIssue ? (
        <p className="mb-4">
          <LinkButton icon={Award} to={`${base}/certificates/issue`}>
            {t('issueAll', { count: due })}
          </LinkButton>
        </p>
      ) : null}
      <DataTable
        caption={t('certificates')}
        captionHidden
        rows={candidates}
        rowKey={({ personId }) => personId}
        columns={[
          {
            key: 'person',
            header: t('person'),
            cell: (person) => (
              <PersonChip name={listName(person)} position={person.position} service={person.unit} number={person.number} />
            ),
          },
          {
            key: 'presence',
            header: t('presence'),
            cell: ({ verdict }) =>
              t('minutes', {
                attended: format.minutes(verdict.attendedMinutes),
                scheduled: format.minutes(verdict.scheduledMinutes),
                percent: sharePercent(verdict, training.requiredSharePercent),
              }),
          },
          { key: 'state', header: t('state'), cell: (candidate) => <VerdictChip candidate={candidate} /> },
          {
            key: 'number',
            header: t('number'),
            cell: ({ last }) =>
              last && !last.isRevoked ? (
                <Link to={`/certificates/${last.id}`}>{format.registerNumber(last.registerNumber, last.registerYear)}</Link>
              ) : null,
          },
        ]}
        rowActions={({ isDue, personId, ...person }) =>
          isDue && canIssue ? (
            <LinkButton small to={`${base}/certificates/issue?person=${personId}`} aria-label={t('issueFor', { name: fullName(person) })}>
              {t('issueOne')}
            </LinkButton>
          ) : null
        }
        empty={
          <EmptyState icon={Award} title={t('nobody.title')}>
            {t('nobody.text')}
          </EmptyState>
        }
      />
    </>
  )
}
