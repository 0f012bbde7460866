import { attendanceFileWords } from '~/i18n/attendance-file'
import { useT } from '~/i18n/use-language'
import { ExportMenu } from '~/ui/export-menu'

type AttendanceFilesProps = { trainingId: string; sessionId: string; sessions: number }

/** The sheet of a session, and of the whole training where it has several, as files. */
export function AttendanceFiles({ trainingId, sessionId, sessions }: AttendanceFilesProps) {
  const t = useT(attendanceFileWords)
  const here = `/trainings/${trainingId}/attendance`
  return (
    <div className="toolbar no-print">
      <div className="toolbar-menus">
        <ExportMenu to={`${here}?session=${sessionId}`} label={t('takeSession')} />
        {sessions > 1 ? <ExportMenu to={here} label={t('takeTraining')} /> : null}
      </div>
    </div>
  )
}
