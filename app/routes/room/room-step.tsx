import MonitorUp from 'lucide-react/icons/monitor-up'
import type { RefusedScan } from '~/domain/attendance/refused-scans.server'
import { scanNoteWords } from '~/i18n/scan-notes'
import { useT } from '~/i18n/use-language'
import { LinkButton } from '~/ui/button'
import { PaperLinks } from '../attendance/paper-links'
import { RefusedList } from './refused-list'

type Props = { session: { id: string; closure: object | null }; trainingId: string; refused: RefusedScan[] }

/** From the roster to the room and to paper: the screen with the code, the sheets to sign, and who scanned without being counted. */
export function RoomStep({ session, trainingId, refused }: Props) {
  const t = useT(scanNoteWords)
  return (
    <>
      <div className="form-actions no-print">
        {session.closure ? null : (
          <LinkButton small icon={MonitorUp} to={`/sessions/${session.id}/screen`}>
            {t('open')}
          </LinkButton>
        )}
        <PaperLinks session={session} trainingId={trainingId} />
      </div>
      <RefusedList refused={refused} sessionId={session.id} trainingId={trainingId} back="roster" />
    </>
  )
}
