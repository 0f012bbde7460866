import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData, type ClientActionFunctionArgs, type ShouldRevalidateFunctionArgs } from '@remix-run/react'
import { scheduledMinutes } from '~/domain/attendance/attendance'
import { attendanceSheet } from '~/domain/attendance/attendance.server'
import { recordAttendance } from '~/domain/attendance/record-attendance.server'
import { RosterForm, rosterRows } from '~/domain/attendance/roster-form'
import { attendanceWords } from '~/i18n/attendance'
import { closingWords } from '~/i18n/closing'
import { fullName } from '~/i18n/format'
import { useFormat, useLanguage, useT } from '~/i18n/use-language'
import { FieldErrors } from '~/platform/errors'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { EuBlock } from '~/ui/eu-block'
import { isKept } from '~/ui/kept-result'
import { Notice } from '~/ui/notice'
import { PageHeader, Tabs } from '~/ui/page-header'
import { Roster } from '~/ui/roster'
import { EmptyState } from '~/ui/status'
import { useRosterWords } from './attendance/roster-words'
import { AttendanceFiles } from './attendance/attendance-files'
import { ClosingState, ClosingStep, CorrectionNotes, LateReason, useRowNotes } from './attendance/closing-state'
import { Contradictions, DeviceNotices } from './attendance/device-notices'
import { sendOrKeep } from './attendance/keep-marks'
import { rosterOf } from './attendance/sheet-crumbs'
import { useDevice } from './attendance/use-device'
import { useTypedRoster } from './attendance/use-typed-roster'
import { useDetail } from './attendance/words'
import { RoomStep } from './room/room-step'
import { scansOf } from './room/scans.server'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.training.course.title ?? ''} – Капацитет` }]

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    const wanted = new URL(args.request.url).searchParams.get('session')
    const { rows, session, proposed, ...sheet } = await attendanceSheet(actor, idOf(args.params.trainingId), wanted ? idOf(wanted) : null)
    return {
      ...sheet,
      session,
      isWhole: rows.every((row) => (row.mark !== null || !row.isEnrolled) && !row.isConflicting && !row.lacksScan),
      scheduled: session ? scheduledMinutes(session, session.breaks) : 0,
      rows: rows.map((row) => ({
        id: row.personId,
        name: fullName(row),
        detail: [row.position, row.unit].filter(Boolean).join(', '),
        number: row.number,
        mark: row.mark,
        late: row.lateMinutes,
        early: row.leftEarlyMinutes,
        isEnrolled: row.isEnrolled,
        isConflicting: row.isConflicting,
        // while the session goes on whoever is in has simply not left yet
        lacksScan: row.lacksScan && sheet.canClose,
        scans: scansOf(row),
        isProposed: proposed.includes(row.personId),
      })),
    }
  })
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, RosterForm, async (actor, { sessionId, seen, settled, intent, reason }, { key, form }) => {
    const trainingId = idOf(args.params.trainingId)
    const { rows, errors } = rosterRows(form)
    if (Object.keys(errors).length > 0) throw new FieldErrors(errors)
    const { changed } = await recordAttendance(actor, {
      trainingId,
      sessionId,
      seen,
      settled,
      key: key ?? crypto.randomUUID(),
      rows,
      markRestPresent: intent === 'all-present',
      reason,
    })
    return redirectWithToast(
      `/trainings/${trainingId}/attendance?session=${sessionId}`,
      changed ? 'attendance.saved' : 'attendance.unchanged',
      {
        count: changed,
      },
    )
  })
}

export function clientAction({ request, serverAction }: ClientActionFunctionArgs) {
  return sendOrKeep(request, serverAction)
}

export function shouldRevalidate({ actionResult, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) {
  return !isKept(actionResult) && defaultShouldRevalidate
}

export default function AttendancePage() {
  const page = useLoaderData<typeof loader>()
  const { training, session, scheduled, corrections, isWhole, canClose, canCorrect, needsReason } = page
  const { device, rows, canRecord } = useDevice(page)
  const typed = useTypedRoster(useActionData(), page)
  const t = useT(attendanceWords)
  const closing = useT(closingWords)
  const notesOf = useRowNotes(corrections)
  const format = useFormat()
  const english = useLanguage() === 'en'
  const title = (english && training.course.titleEn) || training.course.title
  const detailOf = useDetail()
  const { options, labels } = useRosterWords(session?.closure && canCorrect ? { history: closing('correct') } : {})
  return (
    <>
      <PageHeader
        title={`${t('title')}: ${title}`}
        crumbs={[
          { to: '/trainings', label: t('trainings') },
          { to: `/trainings/${training.id}`, label: title },
        ]}
        status={
          session ? (
            <>
              {format.timeRange(session.startsAt, session.endsAt)} · {t('scheduled', { hours: format.hours(scheduled) })}
              {session.breaks.length > 0
                ? ` · ${t('breaks', { spans: session.breaks.map((one) => format.hourRange(one.startsAt, one.endsAt)).join(', ') })}`
                : ''}
              {session.place ? ` · ${format.place(session.place)}` : ''} · {t('trainer', { name: training.trainer.displayName })}
            </>
          ) : null
        }
      />
      {training.project?.isEuFunded ? <EuBlock /> : null}
      {training.sessions.length > 1 ? (
        <Tabs
          label={t('sessions')}
          tabs={training.sessions.map((one) => ({
            to: `/trainings/${training.id}/attendance?session=${one.id}`,
            label: format.timeRange(one.startsAt, one.endsAt),
            current: one.id === session?.id,
          }))}
        />
      ) : null}
      {session ? <RoomStep session={session} trainingId={training.id} refused={page.refused} /> : null}
      {!session ? (
        <EmptyState title={t('noSession.title')}>{t('noSession.text')}</EmptyState>
      ) : rows.length === 0 ? (
        <EmptyState title={t('nobody.title')}>{t('nobody.text')}</EmptyState>
      ) : (
        <>
          <DeviceNotices device={device} />
          <Contradictions rows={rows} to={(id) => `/trainings/${training.id}/attendance/${id}?session=${session.id}`} />
          {session.closure ? <ClosingState closure={session.closure} /> : canRecord ? null : <Notice tone="info">{t('notYet')}</Notice>}
          {canClose ? <ClosingStep to={`/trainings/${training.id}/attendance/close?session=${session.id}`} isWhole={isWhole} /> : null}
          <Roster
            key={session.id}
            rows={rows.map((row) => ({
              ...row,
              detail: detailOf([row.detail], row.number),
              note: [typed.noteOf(row), row.waits, notesOf(row)].filter(Boolean).join(' · '),
              historyTo: row.mark || session.closure ? `/trainings/${training.id}/attendance/${row.id}?session=${session.id}` : undefined,
            }))}
            options={options}
            labels={labels}
            state={typed.state}
            restored={typed.restored}
            action={rosterOf(training.id, session.id)}
            maxMinutes={Math.min(1440, Math.round((+new Date(session.endsAt) - +new Date(session.startsAt)) / 60_000))}
            readOnly={!canRecord}
            hidden={typed.hidden}
            onTyped={device.typed}
          >
            {needsReason ? <LateReason /> : null}
          </Roster>
          <AttendanceFiles trainingId={training.id} sessionId={session.id} sessions={training.sessions.length} canRecord={page.canRecord} />
          <CorrectionNotes corrections={corrections} names={new Map(rows.map(({ id, name }) => [id, name]))} />
        </>
      )}
    </>
  )
}
