import { CERTIFICATE_FILES } from './domain/certificate/certificate-queue'
import { READ_SCANS } from './domain/scan/scan-queue'

/** Every queue the jobs of `jobs.server.ts` work on; they are made when a start is prepared. */
export const QUEUES = [CERTIFICATE_FILES, READ_SCANS] as const
