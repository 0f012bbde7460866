import type { RoomState } from '~/domain/check-in/room.server'
import { roomWords } from '~/i18n/room'
import { useFormat, useT } from '~/i18n/use-language'

/** Who came, the last first, and how many of them have not left. */
export function RoomList({ room, opensAt }: { room: RoomState; opensAt: string | Date }) {
  const t = useT(roomWords)
  const format = useFormat()
  const { present, seats } = room.list
  const inside = present.filter(({ left }) => !left)
  const named = present.filter(({ name }) => name !== null)
  return (
    <section className="room-list">
      <h2 className="sr-only">{t('list')}</h2>
      <p className="room-count" role="status">
        <strong>{t('present', { present: inside.length, seats })}</strong> {t('presentLabel')}
      </p>
      {present.length === 0 ? <p>{t('nobody')}</p> : null}
      {named.length === 0 ? null : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls by itself, so the keyboard has to reach it
        <ol tabIndex={0} aria-label={t('list')}>
          {named.map((one) => (
            <li key={one.personId}>
              <span>{one.name}</span>
              <small>
                {one.left
                  ? t('left', { time: format.time(one.left) })
                  : one.isEarly
                    ? t('early', { time: format.time(opensAt) })
                    : one.at
                      ? format.time(one.at)
                      : ''}
              </small>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
