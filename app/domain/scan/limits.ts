export const LARGEST_FILE_MB = 15
/** In one submission; every file lies in memory until it is stored. */
export const LARGEST_UPLOAD_MB = 64
export const MOST_FILES = 20
/** Of one PDF. */
export const MOST_PAGES = 50
/** In one picture. */
export const MOST_SHEETS = 20
