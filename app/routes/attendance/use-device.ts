import { useRevalidator } from '@remix-run/react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Roster, Snapshot, View } from '~/device/on-page'
import { offlineWords } from '~/i18n/offline'
import { useFormat, useT } from '~/i18n/use-language'
import { usePage } from '~/ui/page-context'

export type Device = { snapshot: Snapshot | null; send: () => void; dismissRefused: () => void; typed: (changes: number) => void }

type Session = Omit<View['meeting'], 'isCancelled' | 'closedAt'> & { id: string; closure: { closedAt: Date } | null }
type Row = { id: string; name: string; mark: string | null; late: number | null; early: number | null }
type Page<R extends Row> = {
  training: { id: string }
  session: Session | null
  seen: string
  drawnAt: Date
  drawn: string
  rows: R[]
  canRecord: boolean
  /** From when whoever looks may mark; null for never. */
  marksFrom: Date | null
}

/**
 * A roster with what this device knows beyond what the server has sent: marks that wait to be sent, and whether it may be marked by now
 * though it was drawn before. Until the device has been asked, and on the server, the page as it came.
 */
export function useDevice<R extends Row>(page: Page<R>): { device: Device; rows: (R & { waits?: string })[]; canRecord: boolean } {
  const { formFor } = usePage()
  const format = useFormat()
  const t = useT(offlineWords)
  const device = useRoster(useMemo(() => viewOf(page, formFor, format), [page, formFor, format]))
  const { snapshot } = device
  const rows = useMemo(
    () =>
      page.rows.map((row) => {
        const record = snapshot?.overlay.get(row.id)
        const said = record && { mark: record.mark, late: record.lateMinutes, early: record.leftEarlyMinutes }
        return { ...row, ...said, ...(snapshot?.waitingFor.has(row.id) ? { waits: t('rowWaits') } : {}) }
      }),
    [page.rows, snapshot, t],
  )
  return { device, rows, canRecord: page.canRecord || (page.marksFrom !== null && !!snapshot?.isOpenForMarks) }
}

function viewOf(
  { training, session, seen, drawnAt, drawn, rows }: Page<Row>,
  formFor: string,
  format: ReturnType<typeof useFormat>,
): View | null {
  if (!session) return null
  return {
    for: formFor,
    sessionId: session.id,
    when: format.timeRange(session.startsAt, session.endsAt),
    url: `/trainings/${training.id}/attendance?session=${session.id}`,
    seen,
    drawnAt: +drawnAt,
    drawn,
    meeting: { ...session, isCancelled: false, closedAt: session.closure?.closedAt ?? null },
    rows,
  }
}

function useRoster(view: View | null): Device {
  const { revalidate } = useRevalidator()
  const [snapshot, setSnapshot] = useState<Snapshot | null>(null)
  const roster = useRef<Roster | null>(null)
  const typing = useRef(0)
  const typed = useCallback((changes: number) => {
    typing.current = changes
  }, [])
  const latest = useRef({ view, revalidate })
  useEffect(() => {
    latest.current = { view, revalidate }
    if (view) roster.current?.show(view)
  }, [view, revalidate])

  const sessionId = view?.sessionId
  useEffect(() => {
    const leaving = new AbortController()
    async function begin() {
      const { beginRoster } = await import('~/device/on-page')
      if (leaving.signal.aborted || !latest.current.view) return
      // what is typed and not yet saved was typed over what the page shows now
      const renew = () => (typing.current > 0 ? undefined : latest.current.revalidate())
      roster.current = beginRoster(latest.current.view, setSnapshot, renew)
    }
    if (sessionId && 'locks' in navigator && 'indexedDB' in window) void begin()
    return () => {
      leaving.abort()
      roster.current?.close()
      roster.current = null
      setSnapshot(null)
    }
  }, [sessionId])

  return useMemo(
    () => ({
      snapshot,
      send: () => void roster.current?.send(),
      dismissRefused: () => void roster.current?.dismissRefused(),
      typed,
    }),
    [snapshot, typed],
  )
}
