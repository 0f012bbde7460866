import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { claimHistory } from '~/domain/attendance/attendance.server'
import { attendanceWords } from '~/i18n/attendance'
import { fullName } from '~/i18n/format'
import { useFormat, useT } from '~/i18n/use-language'
import { asActor, idOf } from '~/platform/handlers.server'
import { PageHeader } from '~/ui/page-header'
import { EmptyState, Timeline } from '~/ui/status'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.name ?? ''} – Капацитет` }]

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    const session = idOf(new URL(args.request.url).searchParams.get('session') ?? undefined)
    const { person, ...history } = await claimHistory(actor, idOf(args.params.trainingId), session, idOf(args.params.personId))
    return { name: fullName(person), ...history }
  })
}

export default function ClaimHistoryPage() {
  const { name, training, session, claims } = useLoaderData<typeof loader>()
  const t = useT(attendanceWords)
  const format = useFormat()
  return (
    <>
      <PageHeader
        title={name}
        crumbs={[
          { to: '/trainings', label: t('trainings') },
          { to: `/trainings/${training.id}`, label: training.course.title },
          { to: `/trainings/${training.id}/attendance?session=${session.id}`, label: t('title') },
        ]}
        status={`${t('historyTitle')} · ${format.timeRange(session.startsAt, session.endsAt)}`}
      />
      {claims.length === 0 ? (
        <EmptyState title={t('historyEmpty.title')}>{t('historyEmpty.text')}</EmptyState>
      ) : (
        <Timeline
          events={claims.map((claim, index) => ({
            id: String(index),
            when: format.dateTime(claim.receivedAt),
            title: [
              claim.mark ? t(`mark.${claim.mark}`) : t(`claim.${claim.kind}`),
              claim.lateMinutes ? t('lateBy', { count: claim.lateMinutes }) : '',
              claim.leftEarlyMinutes ? t('leftBy', { count: claim.leftEarlyMinutes }) : '',
            ]
              .filter(Boolean)
              .join(', '),
            who: t('by', { name: claim.authorName, source: t(`source.${claim.source}`) }),
            detail: claim.reason ? t('reason', { reason: claim.reason }) : undefined,
          }))}
        />
      )}
    </>
  )
}
