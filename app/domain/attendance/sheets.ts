/**
 * What a sheet can be, several at once: `open` (begun and not closed), `late` (over for more than a day and not closed), `conflict`
 * (marks contradict each other), `lacking` (a scan is missing), `proposals` (a mark that came after the closing waits), `closed`,
 * `corrected` (changed or looked at after the closing).
 */
export const SHEET_STATES = ['open', 'late', 'conflict', 'lacking', 'proposals', 'closed', 'corrected'] as const
export type SheetState = (typeof SHEET_STATES)[number]

export const LATE_AFTER_MS = 24 * 60 * 60 * 1000
