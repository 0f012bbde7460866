import Upload from 'lucide-react/icons/upload'
import { LARGEST_FILE_MB, LARGEST_UPLOAD_MB, MOST_FILES } from '~/domain/scan/limits'
import { scanWords } from '~/i18n/scan'
import { useT } from '~/i18n/use-language'
import { Button } from '~/ui/button'
import { FileDrop } from '~/ui/file-drop'
import { ActionForm, FormActions } from '~/ui/form'
import type { FormState } from '~/ui/form-state'

/** Several files at once, chosen or dropped; posted to the list of scans from whatever page. `beside` another form it is not the first thing to do. */
export function UploadForm({ state = null, beside }: { state?: FormState | null; beside?: boolean }) {
  const t = useT(scanWords)
  return (
    <ActionForm className="form no-print" action="/scans?index" encType="multipart/form-data" state={state}>
      <FileDrop
        name="files"
        label={t('files')}
        hint={t('filesHint', { max: LARGEST_FILE_MB, files: MOST_FILES, total: LARGEST_UPLOAD_MB })}
        accept="image/jpeg,image/png,application/pdf"
        multiple
        required
      />
      <FormActions>
        <Button variant={beside ? 'secondary' : 'primary'} icon={Upload}>
          {beside ? t('sendPages') : t('send')}
        </Button>
      </FormActions>
    </ActionForm>
  )
}
