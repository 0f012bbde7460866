import { useEffect, useState } from 'react'
import type { RoomState } from '~/domain/check-in/room.server'

const RETRY_MS = 5_000

/** `open`: what is shown is what is. `lost`: the connection is being tried again. `ended`: nobody is signed in here any more. */
export type Connection = 'open' | 'lost' | 'ended'

/**
 * The room as the server tells it, from what the page was drawn with onwards. A connection that breaks is tried again.
 */
export function useRoom(address: string, drawn: RoomState): { room: RoomState; connection: Connection } {
  const [told, setTold] = useState<RoomState | null>(null)
  const [connection, setConnection] = useState<Connection>('open')
  useEffect(() => {
    let source: EventSource
    let retry: ReturnType<typeof setTimeout>
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
        if (source.readyState === EventSource.CLOSED) retry = setTimeout(connect, RETRY_MS)
      })
    }
    connect()
    return () => {
      clearTimeout(retry)
      source.close()
    }
  }, [address])
  return { room: told ?? drawn, connection }
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
