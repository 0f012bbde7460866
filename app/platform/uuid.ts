/** The form of an id, to stand inside an expression. */
export const UUID_FORM = '[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}'
/** An id and nothing else. */
export const UUID = new RegExp(`^${UUID_FORM}$`)
