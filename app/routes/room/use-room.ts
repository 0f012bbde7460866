import { useEffect, useState } from 'react'
import type { RoomState } from '~/domain/check-in/room.server'

const RETRY_MS = 5_000

/** `open`: what is shown is what is. `lost`: the connection is being tried again. `ended`: nobody here may look any more. */
export type Connection = 'open' | 'lost' | 'ended'

/**
 * The room as the server tells it, from what the page was drawn with onwards. A connection that breaks is tried again, until the server
 * answers that there is nothing to see here: a login that is over, a role that has ended, a training given to somebody else.
 */
export function useRoom(address: string, drawn: RoomState): { room: RoomState; connection: Connection } {
  const [told, setTold] = useState<RoomState | null>(null)
  const [connection, setConnection] = useState<Connection>('open')
  useEffect(() => {
    let source: EventSource
    let retry: ReturnType<typeof setTimeout>
    const leaving = new AbortController()
    async function again() {
      const isOver = await refusesToTell(address, leaving.signal)
      if (leaving.signal.aborted) return
      if (isOver) setConnection('ended')
      else retry = setTimeout(connect, RETRY_MS)
    }
    function connect() {
      source = new EventSource(address)
      source.addEventListener('open', () => setConnection('open'))
      source.addEventListener('room', ({ data }: MessageEvent<string>) => setTold(JSON.parse(data) as RoomState))
      source.addEventListener('ended', () => {
        source.close()
        setConnection('ended')
      })
      source.addEventListener('error', () => {
        setConnection('lost')
        if (source.readyState === EventSource.CLOSED) void again()
      })
    }
    connect()
    return () => {
      leaving.abort()
      clearTimeout(retry)
      source.close()
    }
  }, [address])
  return { room: told ?? drawn, connection }
}

/** An event source does not say why it was closed: asks once more, and whether it is the asker who is refused and not the moment. */
async function refusesToTell(address: string, signal: AbortSignal): Promise<boolean> {
  const answer = await fetch(address, { signal }).catch(() => null)
  void answer?.body?.cancel().catch(() => {})
  return !!answer && (answer.redirected || (answer.status >= 400 && answer.status < 500))
}

/** Whole seconds left of what lasted `leftMs` more when it was first drawn, counted from then; the device's clock does not matter. */
export function useSecondsLeft(leftMs: number): number {
  const [first] = useState(leftMs)
  const [passed, setPassed] = useState(0)
  useEffect(() => {
    const since = performance.now()
    const timer = setInterval(() => setPassed(performance.now() - since), 1000)
    return () => clearInterval(timer)
  }, [])
  return Math.max(0, Math.ceil((first - passed) / 1000))
}
