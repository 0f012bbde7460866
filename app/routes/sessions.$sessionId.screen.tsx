import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import Maximize from 'lucide-react/icons/maximize'
import { useSyncExternalStore } from 'react'
import { originOf, roomScreen, stateOfRoom } from '~/domain/check-in/room.server'
import { wordTitle } from '~/i18n/page-title'
import { roomWords } from '~/i18n/room'
import { SpeechProvider, useFormat, useLanguage, useT } from '~/i18n/use-language'
import { asActor, idOf } from '~/platform/handlers.server'
import { Button } from '~/ui/button'
import { EuBlock } from '~/ui/eu-block'
import { Notice } from '~/ui/notice'
import { PageProvider } from '~/ui/page-context'
import { RoomCode } from './room/room-code'
import { RefusedList } from './room/refused-list'
import { RoomList } from './room/room-list'
import { useRoom } from './room/use-room'

/** Without JavaScript the page is drawn anew so often; a code is taken for one window longer than it is shown. */
const REFRESH_SECONDS = 10

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, roomWords, 'title')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    const sessionId = idOf(args.params.sessionId)
    const hasNames = new URL(args.request.url).searchParams.get('names') !== '0'
    const { session, room } = await roomScreen(actor, sessionId)
    const origin = originOf(args.request.url)
    return {
      session,
      drawn: stateOfRoom(sessionId, room, origin, hasNames),
      hasNames,
      shortAddress: origin && `${new URL(origin).host}/check-in`,
      formFor: `${actor.municipalityId}.${actor.accountId}`,
      timeZone: actor.timeZone,
    }
  })
}

export default function RoomScreenPage() {
  const { formFor, timeZone, hasNames } = useLoaderData<typeof loader>()
  return (
    <SpeechProvider timeZone={timeZone}>
      <PageProvider formFor={formFor}>
        <RoomBoard key={String(hasNames)} />
      </PageProvider>
    </SpeechProvider>
  )
}

function RoomBoard() {
  const { session, drawn, hasNames, shortAddress } = useLoaderData<typeof loader>()
  const { room, connection } = useRoom(`/sessions/${session.id}/screen/events${hasNames ? '' : '?names=0'}`, drawn)
  const t = useT(roomWords)
  const format = useFormat()
  const english = useLanguage() === 'en'
  const { course, trainer, project, sessions } = session.training
  const place = sessions[0]?.session.place
  const roster = `/trainings/${session.training.id}/attendance?session=${session.id}`
  return (
    <main className="room" id="main">
      <noscript>
        <meta httpEquiv="refresh" content={String(REFRESH_SECONDS)} />
      </noscript>
      <header className="room-head">
        <div>
          <h1>{(english && course.titleEn) || course.title}</h1>
          <p>
            {[format.timeRange(session.startsAt, session.endsAt), place && format.place(place), trainer.displayName]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
        <nav className="room-links" aria-label={t('title')}>
          <Link to={hasNames ? '?names=0' : '?'}>{hasNames ? t('hideNames') : t('showNames')}</Link>
          <Link to={roster}>{t('toRoster')}</Link>
          <FullScreen />
        </nav>
      </header>
      {connection === 'open' ? null : (
        <div role="alert">
          <Notice tone="bad">
            {connection === 'lost' ? t('lost') : t('ended')}{' '}
            {connection === 'ended' ? (
              <Link to={hasNames ? '.' : '?names=0'} reloadDocument>
                {t('reload')}
              </Link>
            ) : null}
          </Notice>
        </div>
      )}
      <RoomCode room={room} shortAddress={shortAddress} opensAt={session.opensAt} scansFrom={session.scansFrom} />
      <aside className="room-side" aria-label={t('list')}>
        <RoomList room={room} opensAt={session.opensAt} />
        <RefusedList refused={room.list.refused} sessionId={session.id} trainingId={session.training.id} back="screen" />
      </aside>
      {project?.isEuFunded ? <EuBlock /> : null}
    </main>
  )
}

/** Only where the browser can, which it says once it runs. */
function FullScreen() {
  const t = useT(roomWords)
  const can = useSyncExternalStore(
    () => () => {},
    () => document.fullscreenEnabled,
    () => false,
  )
  return can ? (
    <Button type="button" variant="quiet" small icon={Maximize} onClick={() => void document.documentElement.requestFullscreen()}>
      {t('fullScreen')}
    </Button>
  ) : null
}
