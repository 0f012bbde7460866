import { CERTIFICATE_FILES, type FileJob } from './domain/certificate/certificate-queue'
import { makeCertificateFiles, sendForMissingFiles } from './domain/certificate/make-certificate-files.server'
import { giveUpScan, readScan } from './domain/scan/read-scan.server'
import { READ_SCANS, SCANS_GIVEN_UP, type ScanJob } from './domain/scan/scan-queue'
import { startWorking } from './platform/jobs.server'
import { log } from './platform/log.server'

/** Beside the sweep at the start, for what no job would ever come back to. */
const SWEEP_MS = 5 * 60_000

async function sweep() {
  const waiting = await sendForMissingFiles()
  if (waiting > 0) log('info', 'certificate.files_waiting', { count: waiting })
}

/**
 * Starts the background jobs in this process and takes up what a crash has left. Returns a function that lets running jobs finish
 * and stops taking new ones.
 */
export async function startJobs(): Promise<() => Promise<void>> {
  const stopWorking = await startWorking({
    [CERTIFICATE_FILES]: async (data, signal) => void (await makeCertificateFiles(data as FileJob, signal)),
    [READ_SCANS]: (data, signal) => readScan(data as ScanJob, signal),
    [SCANS_GIVEN_UP]: (data) => giveUpScan(data as ScanJob),
  })
  await sweep()
  const sweeping = setInterval(() => sweep().catch((error: Error) => log('warn', 'sweep', { error: error.message })), SWEEP_MS)
  return async () => {
    clearInterval(sweeping)
    await stopWorking()
  }
}
