import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ImportForm, importedRows } from '~/domain/attendance/import-form'
import { importPage, readMarks } from '~/domain/attendance/import-marks.server'
import { unpackedRead } from '~/domain/attendance/read-again'
import { recordAttendance } from '~/domain/attendance/record-attendance.server'
import { attendanceImportWords } from '~/i18n/attendance-import'
import { wordTitle } from '~/i18n/page-title'
import { useFormat, useT } from '~/i18n/use-language'
import { AppError, FieldErrors } from '~/platform/errors'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { LARGEST_TABLE } from '~/platform/table/read.server'
import { Button, LinkButton } from '~/ui/button'
import { FileDrop } from '~/ui/file-drop'
import { ActionForm, FormActions } from '~/ui/form'
import { typedValue } from '~/ui/form-state'
import { Notice } from '~/ui/notice'
import { PageHeader } from '~/ui/page-header'
import { useFormState } from '~/ui/use-form-state'
import { MarksPreview } from './attendance/import-preview'
import { rosterOf, useSheetCrumbs } from './attendance/sheet-crumbs'

const LARGEST_MB = LARGEST_TABLE / 1024 / 1024

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, attendanceImportWords, 'title')

const sessionOf = (request: Request) => idOf(new URL(request.url).searchParams.get('session') ?? undefined)

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    const page = await importPage(actor, idOf(args.params.trainingId), sessionOf(args.request))
    const { training, session, people, seen, canRecord, needsReason } = page
    return { training: { id: training.id, course: training.course }, session, people, seen, canRecord, needsReason, largestMb: LARGEST_MB }
  })
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, ImportForm, async (actor, input, { key, form }) => {
    const trainingId = idOf(args.params.trainingId)
    const sessionId = sessionOf(args.request)
    if (input.intent === 'read') return { preview: await readMarks(actor, trainingId, sessionId, await fileOf(form)) }
    const { rows, errors } = importedRows(form)
    if (Object.keys(errors).length > 0) throw new FieldErrors(errors)
    const { changed } = await recordAttendance(actor, {
      trainingId,
      sessionId,
      seen: input.seen,
      key: key ?? crypto.randomUUID(),
      rows,
      markRestPresent: false,
      source: 'import',
      file: input.fileName,
      reason: input.reason,
    })
    return redirectWithToast(rosterOf(trainingId, sessionId), changed ? 'attendance.saved' : 'attendance.unchanged', { count: changed })
  })
}

async function fileOf(form: FormData): Promise<{ name: string; bytes: Buffer }> {
  const file = form.get('file')
  if (!(file instanceof File) || file.size === 0) throw new AppError('invalid', 'table.choose', { field: 'file' })
  if (file.size > LARGEST_TABLE) throw new AppError('invalid', 'table.too_large', { field: 'file', max: LARGEST_MB })
  return { name: file.name, bytes: Buffer.from(await file.arrayBuffer()) }
}

export default function ImportMarksPage() {
  const page = useLoaderData<typeof loader>()
  const { training, session, canRecord, largestMb } = page
  const answer = useActionData<typeof action>()
  const { state, restored } = useFormState(answer, { session: session.id })
  const t = useT(attendanceImportWords)
  const format = useFormat()
  const preview = answer && 'preview' in answer ? answer.preview : null
  const read = preview
    ? { rows: preview.rows, unmarked: preview.unmarked, missing: preview.missing.length }
    : unpackedRead(typedValue(state, 'preview'), page.people)
  const fileName = preview?.fileName ?? String(typedValue(state, 'fileName') ?? '')
  const back = rosterOf(training.id, session.id)
  return (
    <>
      <PageHeader
        title={t('title')}
        crumbs={useSheetCrumbs()(training, session.id)}
        status={format.timeRange(session.startsAt, session.endsAt)}
      />
      {read && canRecord ? (
        <MarksPreview
          page={page}
          read={read}
          fileName={fileName}
          state={preview ? null : state}
          restored={restored}
          here={`/trainings/${training.id}/attendance/import?session=${session.id}`}
          back={back}
        />
      ) : canRecord ? (
        <ActionForm state={state} encType="multipart/form-data">
          <input type="hidden" name="intent" value="read" />
          <input type="hidden" name="session" value={session.id} />
          <FileDrop name="file" label={t('file')} hint={t('hint', { max: largestMb })} accept=".csv,.xlsx,.ods" required />
          <FormActions>
            <Button variant="primary">{t('read')}</Button>
            <LinkButton variant="quiet" to={back}>
              {t('cancel')}
            </LinkButton>
          </FormActions>
        </ActionForm>
      ) : (
        <Notice tone="info">{session.closure ? t('closed') : t('tooEarly')}</Notice>
      )}
    </>
  )
}
