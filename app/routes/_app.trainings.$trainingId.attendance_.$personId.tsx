import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { claimHistory } from '~/domain/attendance/claim-history.server'
import { correctAttendance } from '~/domain/attendance/correct-attendance.server'
import { CorrectionForm } from '~/domain/attendance/sheet-schema'
import { attendanceWords } from '~/i18n/attendance'
import { correctionWords } from '~/i18n/correction'
import { fullName } from '~/i18n/format'
import { useFormat, useT } from '~/i18n/use-language'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { Notice } from '~/ui/notice'
import { PageHeader, Section } from '~/ui/page-header'
import { DescriptionList, EmptyState } from '~/ui/status'
import { useFormState } from '~/ui/use-form-state'
import { ClaimTimeline } from './attendance/claim-timeline'
import { ClosingState } from './attendance/closing-state'
import { CorrectionFields } from './attendance/correction-fields'
import { rosterOf, useSheetCrumbs } from './attendance/sheet-crumbs'
import { useRecordWords } from './attendance/words'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.name ?? ''} – Капацитет` }]

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    const session = idOf(new URL(args.request.url).searchParams.get('session') ?? undefined)
    const { person, ...history } = await claimHistory(actor, idOf(args.params.trainingId), session, idOf(args.params.personId))
    return { name: fullName(person), ...history }
  })
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, CorrectionForm, async (actor, { session, seen, reason, record }, { key }) => {
    const trainingId = idOf(args.params.trainingId)
    await correctAttendance(actor, {
      trainingId,
      sessionId: session,
      personId: idOf(args.params.personId),
      record,
      reason,
      seen,
      key: key ?? crypto.randomUUID(),
    })
    return redirectWithToast(rosterOf(trainingId, session), 'attendance.corrected')
  })
}

export default function ClaimHistoryPage() {
  const page = useLoaderData<typeof loader>()
  const { name, training, session, claims, record } = page
  const { state, restored } = useFormState(useActionData<typeof action>(), { session: session.id })
  const t = useT(correctionWords)
  const words = useT(attendanceWords)
  const format = useFormat()
  const say = useRecordWords()
  return (
    <>
      <PageHeader
        title={name}
        crumbs={useSheetCrumbs()(training, session.id)}
        status={`${t('history')} · ${format.timeRange(session.startsAt, session.endsAt)}`}
      />
      {session.closure ? <ClosingState closure={session.closure} /> : null}
      {page.lacksScan ? <Notice tone="warn">{t('lacksScan')}</Notice> : null}
      {record ? (
        <Section title={t('state')}>
          <DescriptionList
            items={[
              { label: t('mark'), value: say(record) },
              ...(page.lacksScan ? [] : [{ label: t('attended'), value: format.hours(page.attendedMinutes) }]),
              ...(page.arrivedAt ? [{ label: t('arrived'), value: format.time(page.arrivedAt) }] : []),
              ...(page.leftAt ? [{ label: t('left'), value: format.time(page.leftAt) }] : []),
            ]}
          />
        </Section>
      ) : null}
      {page.canCorrect ? <CorrectionFields page={page} state={state} restored={restored} /> : null}
      <Section title={t('history')}>
        {claims.length === 0 ? (
          <EmptyState title={words('historyEmpty.title')}>{words('historyEmpty.text')}</EmptyState>
        ) : (
          <ClaimTimeline claims={claims} />
        )}
      </Section>
    </>
  )
}
