import FileUp from 'lucide-react/icons/file-up'
import { attendanceWords } from '~/i18n/attendance'
import { useT } from '~/i18n/use-language'
import { LinkButton } from '~/ui/button'
import { ExportMenu } from '~/ui/export-menu'

type AttendanceFilesProps = { trainingId: string; sessionId: string; sessions: number; canRecord: boolean }

/** The sheet of a session, and of the whole training where it has several, as files; and the way to read marks in from one. */
export function AttendanceFiles({ trainingId, sessionId, sessions, canRecord }: AttendanceFilesProps) {
  const t = useT(attendanceWords)
  const here = `/trainings/${trainingId}/attendance`
  return (
    <div className="toolbar no-print mt-4">
      <div className="toolbar-menus">
        {canRecord ? (
          <LinkButton variant="quiet" icon={FileUp} to={`${here}/import?session=${sessionId}`}>
            {t('readIn')}
          </LinkButton>
        ) : null}
        <ExportMenu to={`${here}?session=${sessionId}`} label={t('takeSession')} />
        {sessions > 1 ? <ExportMenu to={here} label={t('takeTraining')} /> : null}
      </div>
    </div>
  )
}
