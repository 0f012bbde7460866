import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ImportForm, importedRows } from '~/domain/attendance/import-form'
import { importPage, readMarks, type ImportPreview } from '~/domain/attendance/import-marks.server'
import { recordAttendance } from '~/domain/attendance/record-attendance.server'
import { attendanceImportWords } from '~/i18n/attendance-import'
import { translator } from '~/i18n/dictionary'
import { wordTitle } from '~/i18n/page-title'
import { useFormat, useT } from '~/i18n/use-language'
import { AppError, FieldErrors } from '~/platform/errors'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { LARGEST_TABLE } from '~/platform/table/read.server'
import { Button, LinkButton } from '~/ui/button'
import { FileDrop } from '~/ui/file-drop'
import { ActionForm, FormActions } from '~/ui/form'
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
    const { training, session, canRecord } = await importPage(actor, idOf(args.params.trainingId), sessionOf(args.request))
    return { training: { id: training.id, course: training.course }, session, canRecord, largestMb: LARGEST_MB }
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
      // a reason stands in Bulgarian documents, whatever language its author reads the screen in
      reason: translator(attendanceImportWords, 'bg')('reason', { name: input.fileName }),
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
  const { training, session, canRecord, largestMb } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { state } = useFormState(answer)
  const t = useT(attendanceImportWords)
  const format = useFormat()
  const preview = answer && 'preview' in answer ? (answer.preview as ImportPreview) : null
  const back = rosterOf(training.id, session.id)
  return (
    <>
      <PageHeader
        title={t('title')}
        crumbs={useSheetCrumbs()(training, session.id)}
        status={format.timeRange(session.startsAt, session.endsAt)}
      />
      {preview ? (
        <MarksPreview preview={preview} here={`/trainings/${training.id}/attendance/import?session=${session.id}`} back={back} />
      ) : canRecord ? (
        <ActionForm state={state} encType="multipart/form-data">
          <input type="hidden" name="intent" value="read" />
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
