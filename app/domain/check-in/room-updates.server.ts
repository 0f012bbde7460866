import type { AccountActor } from '~/domain/policy'
import { clock } from '~/platform/clock.server'
import { onNews } from '~/platform/live.server'
import { ATTENDANCE_NEWS } from '../attendance/news'
import { codeAt } from './codes.server'
import { roomNow, type Room } from './room.server'

/** News come by notification; for those that are lost the room is read again so often. */
const SLOW_MS = 10_000
/** After one reading the next waits a little, so that fifty arrivals in a second are a few readings. */
const PAUSE_MS = 250

type Tell = (room: Room) => void
type Watched = { room: Room | null; tells: Set<Tell>; refresh(): void; end(): void }

/** One of each session in a process, however many screens show it. */
const rooms = new Map<string, Watched>()

function watched(actor: Pick<AccountActor, 'municipalityId'>, sessionId: string): Watched {
  const tells = new Set<Tell>()
  let [isReading, isStale, isOver] = [false, false, false]
  let codeTimer: NodeJS.Timeout | undefined
  let pauseTimer: NodeJS.Timeout | undefined

  function tellAll() {
    clearTimeout(codeTimer)
    if (!one.room || isOver) return
    for (const tell of tells) tell(one.room)
    const now = clock.now()
    const { endsAt } = codeAt(sessionId, one.room.facts.codeSeconds, now)
    codeTimer = setTimeout(tellAll, +endsAt - +now + 5)
  }

  async function read() {
    if (isReading) return void (isStale = true)
    isReading = true
    isStale = false
    const room = await roomNow(actor, sessionId).catch(() => null)
    if (room && !isOver && JSON.stringify(room) !== JSON.stringify(one.room)) {
      one.room = room
      tellAll()
    }
    if (isOver) return
    pauseTimer = setTimeout(() => {
      isReading = false
      if (isStale) void read()
    }, PAUSE_MS)
  }

  const quiet = onNews(ATTENDANCE_NEWS, (subject) => (subject === null || subject === sessionId) && void read())
  const slow = setInterval(() => void read(), SLOW_MS)
  const one: Watched = {
    room: null,
    tells,
    refresh: () => void read(),
    end() {
      isOver = true
      quiet()
      clearInterval(slow)
      clearTimeout(codeTimer)
      clearTimeout(pauseTimer)
    },
  }
  return one
}

/**
 * Tells what the room is now, and again whenever its code or its list changes, until the function returned is called. The actor has been
 * let in before.
 */
export function watchRoom(actor: Pick<AccountActor, 'municipalityId'>, sessionId: string, tell: Tell): () => void {
  const one = rooms.get(sessionId) ?? watched(actor, sessionId)
  rooms.set(sessionId, one)
  one.tells.add(tell)
  if (one.room) tell(one.room)
  one.refresh()
  return () => {
    one.tells.delete(tell)
    if (one.tells.size > 0 || rooms.get(sessionId) !== one) return
    rooms.delete(sessionId)
    one.end()
  }
}
