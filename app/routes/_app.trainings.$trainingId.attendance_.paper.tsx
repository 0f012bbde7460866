import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { recordAttendance } from '~/domain/attendance/record-attendance.server'
import { RosterForm, rosterRows } from '~/domain/attendance/roster-form'
import { paperBesideRegister } from '~/domain/scan/compare-paper.server'
import { closingWords } from '~/i18n/closing'
import { fullName } from '~/i18n/format'
import { scanWords } from '~/i18n/scan'
import { useFormat, useLanguage, useT } from '~/i18n/use-language'
import { AppError, FieldErrors } from '~/platform/errors'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { EuBlock } from '~/ui/eu-block'
import { Notice } from '~/ui/notice'
import { PageHeader, Section, Tabs } from '~/ui/page-header'
import { Roster } from '~/ui/roster'
import { EmptyState } from '~/ui/status'
import { LateReason } from './attendance/closing-state'
import { useRosterWords } from './attendance/roster-words'
import { useDetail } from './attendance/words'
import { useTypedRoster } from './attendance/use-typed-roster'
import { ScanPicture } from './scans/picture'
import { UploadForm } from './scans/upload-form'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.training.title ?? ''} – Капацитет` }]

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    const sessionId = idOf(new URL(args.request.url).searchParams.get('session') ?? undefined)
    const { rows, ...sheet } = await paperBesideRegister(actor, idOf(args.params.trainingId), sessionId)
    return {
      ...sheet,
      rows: rows.map((row) => ({
        id: row.personId,
        name: fullName(row),
        detail: [row.position, row.unit].filter(Boolean).join(', '),
        number: row.number,
        mark: row.mark,
        late: row.lateMinutes,
        early: row.leftEarlyMinutes,
      })),
    }
  })
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, RosterForm, async (actor, { sessionId, seen, settled, intent, reason }, { key, form }) => {
    const trainingId = idOf(args.params.trainingId)
    if (new URL(args.request.url).searchParams.get('session') !== sessionId) throw new AppError('conflict', 'error.conflict')
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
      source: 'paper',
    })
    return redirectWithToast(
      `/trainings/${trainingId}/attendance/paper?session=${sessionId}`,
      changed ? 'attendance.saved' : 'attendance.unchanged',
      {
        count: changed,
      },
    )
  })
}

export default function PaperPage() {
  const page = useLoaderData<typeof loader>()
  const { training, sessions, session, scans, rows, canRecord, canCorrect, needsReason } = page
  const typed = useTypedRoster(useActionData<typeof action>(), page)
  const t = useT(scanWords)
  const closing = useT(closingWords)
  const detailOf = useDetail()
  const { options, labels } = useRosterWords(session.closure && canCorrect ? { history: closing('correct') } : {})
  const format = useFormat()
  const english = useLanguage() === 'en'
  const title = (english && training.titleEn) || training.title
  const base = `/trainings/${training.id}/attendance`
  const here = `${base}/paper?session=${session.id}`
  return (
    <>
      <PageHeader
        title={t('paperTitle', { title })}
        crumbs={[
          { to: '/trainings', label: t('trainings') },
          { to: `/trainings/${training.id}`, label: title },
          { to: `${base}?session=${session.id}`, label: t('attendance') },
        ]}
        status={format.timeRange(session.startsAt, session.endsAt)}
      />
      {training.isEuFunded ? <EuBlock /> : null}
      {sessions.length > 1 ? (
        <Tabs
          label={t('sessions')}
          tabs={sessions.map((one) => ({
            to: `${base}/paper?session=${one.id}`,
            label: format.timeRange(one.startsAt, one.endsAt),
            current: one.id === session.id,
          }))}
        />
      ) : null}
      {session.closure ? <Notice tone="info">{t('closed')}</Notice> : canRecord ? null : <Notice tone="info">{t('notYet')}</Notice>}
      <div className="beside">
        <div className="beside-stays">
          <Section
            title={t('scans')}
            action={
              scans.length > 0 ? (
                <label className="zoom">
                  <input type="checkbox" /> {t('zoom')}
                </label>
              ) : null
            }
          >
            {scans.length > 0 ? (
              scans.map((scan) => <ScanPicture key={scan.id} scan={scan} />)
            ) : (
              <>
                <p>{t('noScans')}</p>
                <UploadForm beside />
              </>
            )}
          </Section>
        </div>
        <Section title={t('register')}>
          {rows.length === 0 ? (
            <EmptyState title={t('nobody')} />
          ) : (
            <Roster
              key={session.id}
              rows={rows.map((row) => ({
                ...row,
                detail: detailOf([row.detail], row.number),
                note: typed.noteOf(row),
                historyTo: row.mark || session.closure ? `${base}/${row.id}?session=${session.id}` : undefined,
              }))}
              options={options}
              labels={labels}
              state={typed.state}
              restored={typed.restored}
              action={here}
              maxMinutes={Math.min(1440, Math.round((+new Date(session.endsAt) - +new Date(session.startsAt)) / 60_000))}
              readOnly={!canRecord}
              hidden={typed.hidden}
            >
              {needsReason ? <LateReason /> : null}
            </Roster>
          )}
        </Section>
      </div>
    </>
  )
}
