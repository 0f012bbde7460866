/** The largest file that is compared, in bytes; an issued one has some hundred thousand. */
export const LARGEST_COMPARED = 15 * 1024 * 1024
