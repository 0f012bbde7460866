/** The most sessions one form plans and the most breaks of one session. */
export const MOST_SESSIONS = 60
export const MOST_BREAKS = 6
