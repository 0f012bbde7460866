/** The queue of jobs that take uploaded files apart into pages and read the codes on them. */
export const READ_SCANS = 'read-scans'
/** What was tried in vain so often that nobody should wait for it any longer. */
export const SCANS_GIVEN_UP = 'scans-given-up'

export type ScanJob = { municipalityId: string; uploadId: string }
