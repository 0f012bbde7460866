import { useEffect, useState } from 'react'
import type { Refused } from '~/device/store'
import { usePage } from '~/ui/page-context'
import { RefusedMarks as Marks } from '../attendance/refused-marks'

/** Marks of this device that were not taken: their rosters may be none of whoever made them any more. The region stays, so that what appears is read out. */
export function RefusedMarks() {
  const { formFor } = usePage()
  const [refused, setRefused] = useState<readonly Refused[]>([])
  useEffect(() => {
    let stop: (() => void) | null = null
    const leaving = new AbortController()
    async function watch() {
      const { watchRefused } = await import('~/device/refused-marks')
      if (!leaving.signal.aborted) stop = watchRefused(formFor, setRefused)
    }
    // without a line this part may not be there; it will be once there is one
    if ('indexedDB' in window) void watch().catch(() => {})
    return () => {
      leaving.abort()
      stop?.()
    }
  }, [formFor])
  async function dismiss() {
    const { dismissRefused } = await import('~/device/refused-marks')
    await dismissRefused(refused)
    setRefused([])
  }
  return (
    <div role="status" className="device-notices">
      <Marks refused={refused} dismiss={() => void dismiss()} withSession />
    </div>
  )
}
