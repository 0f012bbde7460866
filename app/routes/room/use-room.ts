import { useEffect, useState } from 'react'
import type { RoomState } from '~/domain/check-in/room.server'

const RETRY_MS = 5_000

/** `open`: what is shown is what is. `lost`: the connection is being tried again. `ended`: nobody is signed in here any more. */
export type Connection = 'open' | 'lost' | 'ended'

/**
 * The room as the server tells it, from what the page was drawn with onwards. A connection that breaks is tried again; a state that comes
 * with the page, after a form was sent, counts until the next is told.
 */
export function useRoom(address: string, drawn: RoomState): { room: RoomState; connection: Connection } {
  const [told, setTold] = useState<RoomState | null>(null)
  const [connection, setConnection] = useState<Connection>('open')
  useEffect(() => setTold(null), [drawn])
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

/** Whole seconds left of what was told to last `leftMs` more, counted by this device from when it was told; its clock does not matter. */
export function useSecondsLeft(leftMs: number, of: unknown): number {
  const [passed, setPassed] = useState(0)
  useEffect(() => {
    const since = performance.now()
    setPassed(0)
    const timer = setInterval(() => setPassed(performance.now() - since), 1000)
    return () => clearInterval(timer)
  }, [leftMs, of])
  return Math.max(0, Math.ceil((leftMs - passed) / 1000))
}
