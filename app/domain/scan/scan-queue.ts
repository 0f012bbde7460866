/** The queue of jobs that take uploaded files apart into pages and read the codes on them. */
export const READ_SCANS = 'read-scans'

export type ScanJob = { municipalityId: string; uploadId: string }
