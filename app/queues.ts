import { CERTIFICATE_FILES } from './domain/certificate/certificate-queue'
import { READ_SCANS, SCANS_GIVEN_UP } from './domain/scan/scan-queue'
import type { Queue } from './platform/jobs.server'

/** After these retries, some nine minutes, whoever sent a file is told that it cannot be read. */
const SCAN_RETRIES = 8

/** More than a slice of a file may take by the clock: 90 s to open it, five of pages, and 90 s for a page begun at their end. */
const SCAN_SECONDS = 240

/** Every queue the jobs of `jobs.server.ts` work on; they are made when a start is prepared. */
export const QUEUES: readonly Queue[] = [
  { name: CERTIFICATE_FILES },
  { name: SCANS_GIVEN_UP },
  { name: READ_SCANS, retries: SCAN_RETRIES, givesUpTo: SCANS_GIVEN_UP, mostSeconds: SCAN_SECONDS },
]
