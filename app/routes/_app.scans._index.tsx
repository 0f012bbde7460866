import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import FileScan from 'lucide-react/icons/scan-line'
import { authorize } from '~/domain/policy'
import { LARGEST_FILE_MB, LARGEST_UPLOAD_MB } from '~/domain/scan/limits'
import { scanList } from '~/domain/scan/scan.server'
import { uploadSchema } from '~/domain/scan/schema'
import { uploadScans } from '~/domain/scan/upload-scans.server'
import { wordTitle } from '~/i18n/page-title'
import { scanWords } from '~/i18n/scan'
import { useT } from '~/i18n/use-language'
import { FieldErrors } from '~/platform/errors'
import { asActor, formAction, redirectWithToast } from '~/platform/handlers.server'
import { PageHeader, Section } from '~/ui/page-header'
import { RefreshWhile } from '~/ui/refresh-while'
import { EmptyState } from '~/ui/status'
import { useFormState } from '~/ui/use-form-state'
import { BeingRead, NotRead, SettledScans, WaitingScans } from './scans/lists'
import { UploadForm } from './scans/upload-form'

/** Beside the files: names of fields and their frames. */
const FRAME_BYTES = 64 * 1024

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, scanWords, 'title')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, scanList)
}

export function action(args: ActionFunctionArgs) {
  return formAction(
    args,
    uploadSchema,
    async (actor, { files }) => {
      const { taken, refused } = await uploadScans(actor, files)
      if (refused.length === 0) return redirectWithToast('/scans', 'scan.taken', { count: taken })
      throw new FieldErrors({
        '': [taken > 0 ? `scan.some_taken|count=${taken}` : 'scan.none_taken'],
        files: refused.map(({ name, reason }) => `scan.${reason}|name=${name.replaceAll('|', ' ')}|max=${LARGEST_FILE_MB}`),
      })
    },
    (actor) => {
      authorize(actor, 'scan.list', null)
      return LARGEST_UPLOAD_MB * 1024 * 1024 + FRAME_BYTES
    },
  )
}

/** Also after a submission of which only a part was taken. */
export function shouldRevalidate() {
  return true
}

export default function ScansPage() {
  const { reading, refused, waiting, settled } = useLoaderData<typeof loader>()
  const { state } = useFormState(useActionData<typeof action>())
  const t = useT(scanWords)
  const isEmpty = [reading, refused, waiting, settled].every((list) => list.length === 0)
  return (
    <>
      <PageHeader title={t('title')} crumbs={[{ to: '/sheets', label: t('sheets') }]} status={t('intro')} />
      {/* what was taken of a refused submission is not sent again */}
      <UploadForm key={JSON.stringify(state?.error)} state={state} />
      {/* the page that comes anew no longer says what was refused */}
      <RefreshWhile active={reading.length > 0 && !state?.error} />
      {reading.length > 0 ? <BeingRead uploads={reading} /> : null}
      {waiting.length > 0 ? <WaitingScans scans={waiting} /> : null}
      {refused.length > 0 ? <NotRead uploads={refused} /> : null}
      {settled.length > 0 ? <SettledScans scans={settled} /> : null}
      {isEmpty ? (
        <Section title={t('settled')}>
          <EmptyState icon={FileScan} title={t('none')}>
            {t('noneText')}
          </EmptyState>
        </Section>
      ) : null}
    </>
  )
}
