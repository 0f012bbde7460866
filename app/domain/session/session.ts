/** The most sessions one form plans and the most breaks of one session. */
export const MOST_SESSIONS = 60
export const MOST_BREAKS = 6

/** How check-in by code goes where the form says nothing else; the database has the same. */
export const CHECK_IN = { opensMinutes: 30, codeSeconds: 20, hasCheckOut: false } as const
export const MOST_OPENS_MINUTES = 240
export const CODE_SECONDS = { min: 10, max: 120 } as const
