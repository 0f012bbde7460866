/**
 * What a sheet can be, several at once: `open` (begun and not closed), `late` (over for more than a day and not closed), `conflict`
 * (marks contradict each other), `lacking` (the session is over and a scan is missing), `proposals` (a mark that came after the closing waits), `closed`,
 * `corrected` (changed or looked at after the closing).
 */
export const SHEET_STATES = ['open', 'late', 'conflict', 'lacking', 'proposals', 'closed', 'corrected'] as const
export type SheetState = (typeof SHEET_STATES)[number]

export const LATE_AFTER_MS = 24 * 60 * 60 * 1000

/** The states a reader is told of, what has to be done first: a late sheet is not said to be open as well. */
export const statesToTell = (sheet: { [state in SheetState]: boolean }): SheetState[] =>
  (['conflict', 'lacking', 'proposals', 'late', 'open', 'closed', 'corrected'] as const).filter(
    (state) => sheet[state] && !(state === 'open' && sheet.late),
  )
