/** The channel on which a session is named when the claims in it have changed. */
export const ATTENDANCE_NEWS = 'attendance'
