import type { LoaderFunctionArgs } from '@remix-run/node'
import { originOf, roomScreen, stateOfRoom } from '~/domain/check-in/room.server'
import { watchRoom } from '~/domain/check-in/room-updates.server'
import { asActor, idOf } from '~/platform/handlers.server'
import { eventStream } from '~/platform/live.server'
import { principalOfCookie } from '~/platform/session.server'

/** So often it is asked whether whoever looks is still signed in and may still look. */
const ASK_MS = 10_000

/** What the room's screen shows, told anew whenever it changes; ends with the login. */
export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    const { request } = args
    const sessionId = idOf(args.params.sessionId)
    await roomScreen(actor, sessionId)
    const origin = originOf(request.url)
    const hasNames = new URL(request.url).searchParams.get('names') !== '0'
    async function mayStillLook() {
      const now = (await principalOfCookie(request.headers.get('cookie')))?.actor
      return (
        !!now &&
        roomScreen(now, sessionId).then(
          () => true,
          () => false,
        )
      )
    }
    return eventStream(request.signal, (send, end) => {
      const stop = watchRoom(actor, sessionId, (room) => send('room', stateOfRoom(sessionId, room, origin, hasNames)))
      const asking = setInterval(async () => {
        if (await mayStillLook().catch(() => true)) return
        send('ended', null)
        end()
      }, ASK_MS)
      return () => {
        clearInterval(asking)
        stop()
      }
    })
  })
}
