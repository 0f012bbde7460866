import { scanNoteWords } from '~/i18n/scan-notes'
import { useFormat, useT } from '~/i18n/use-language'

/** When somebody came in and went out by the scans that count, ISO instants; null where no scan decides. */
export type RowScans = { in: string | null; out: string | null; isEarly: boolean } | null

/** Says the times of a row's scans: „вход 08:55, изход 12:00“. */
export function useScanNote() {
  const t = useT(scanNoteWords)
  const format = useFormat()
  return (scans: RowScans): string => {
    if (!scans) return ''
    const inwards = scans.in && t(scans.isEarly ? 'rosterEarly' : 'rosterIn', { time: format.time(scans.in) })
    return [inwards, scans.out && t('rosterOut', { time: format.time(scans.out) })].filter(Boolean).join(', ')
  }
}
