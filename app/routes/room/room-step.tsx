import MonitorUp from 'lucide-react/icons/monitor-up'
import type { RefusedScan } from '~/domain/attendance/refused-scans.server'
import { roomWords } from '~/i18n/room'
import { useT } from '~/i18n/use-language'
import { LinkButton } from '~/ui/button'
import { RefusedList } from './refused-list'

type Props = { session: { id: string; closure: object | null }; trainingId: string; refused: RefusedScan[] }

/** From the roster to the room: the screen with the code, and who scanned without being counted. */
export function RoomStep({ session, trainingId, refused }: Props) {
  const t = useT(roomWords)
  return (
    <>
      {session.closure ? null : (
        <p className="form-actions no-print">
          <LinkButton small icon={MonitorUp} to={`/sessions/${session.id}/screen`}>
            {t('open')}
          </LinkButton>
        </p>
      )}
      <RefusedList refused={refused} sessionId={session.id} trainingId={trainingId} back="roster" />
    </>
  )
}
