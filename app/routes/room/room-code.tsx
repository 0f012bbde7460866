import { groupedCode } from '~/domain/check-in/code'
import type { RoomState } from '~/domain/check-in/room.server'
import { roomWords } from '~/i18n/room'
import { useFormat, useT } from '~/i18n/use-language'
import { Notice } from '~/ui/notice'
import { QrCode } from '~/ui/qr-code'
import { useSecondsLeft } from './use-room'

type Props = { room: RoomState; shortAddress: string | null; opensAt: string | Date; scansFrom: string | Date }

/** The code of this moment, large enough for the last row, or why there is none. */
export function RoomCode({ room, shortAddress, opensAt, scansFrom }: Props) {
  const t = useT(roomWords)
  const format = useFormat()
  if (room.code && shortAddress) {
    const call = t(room.isAfterEnd ? 'scanToLeave' : 'scan')
    return (
      <section className="room-code" aria-label={call}>
        <p className="room-call">{call}</p>
        <QrCode {...room.code.qr} label={t(room.isAfterEnd ? 'qrToLeave' : 'qr')} />
        <div className="room-typed">
          <p>{t('orType', { address: shortAddress })}</p>
          <p className="room-signs">{groupedCode(room.code.code)}</p>
          <Left key={room.code.code} code={room.code} />
          {room.isBeforeOpening ? <p>{t('countsFrom', { time: format.time(opensAt) })}</p> : null}
        </div>
      </section>
    )
  }
  if (room.phase === 'open')
    return (
      <section className="room-code">
        <Notice tone="warn" title={t('noAddress.title')}>
          <p>{t('noAddress.text')}</p>
        </Notice>
      </section>
    )
  return (
    <section className="room-code">
      <Notice tone={room.phase === 'cancelled' ? 'bad' : 'info'} title={t(`phase.${room.phase}`)}>
        <p>
          {room.phase === 'early'
            ? t('phaseText.early', { date: format.date(scansFrom), time: format.time(scansFrom) })
            : t(`phaseText.${room.phase}`)}
        </p>
      </Notice>
    </section>
  )
}

function Left({ code }: { code: NonNullable<RoomState['code']> }) {
  const t = useT(roomWords)
  const seconds = useSecondsLeft(code.leftMs)
  return (
    <div className="room-left">
      <progress max={code.codeSeconds} value={Math.min(seconds, code.codeSeconds)} aria-hidden="true" />
      <span>{t('seconds', { count: seconds })}</span>
    </div>
  )
}
