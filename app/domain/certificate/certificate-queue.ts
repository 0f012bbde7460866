/** The queue of jobs that draw and keep the files of issued certificates. */
export const CERTIFICATE_FILES = 'certificate-files'

/** Certificates a job draws: short enough to be shared out among processes and to be done again after a crash. */
export const FILES_A_JOB = 20

/** The certificates of a register year from one number to another, both included. */
export type FileJob = { municipalityId: string; registerYear: number; first: number; last: number }

type Numbered = { registerYear: number; registerNumber: number }

/** Shares numbers, sorted by year and number, out among jobs of at most `FILES_A_JOB`. */
export function fileJobs(municipalityId: string, numbers: Numbered[]): FileJob[] {
  const jobs: (FileJob & { count: number })[] = []
  for (const { registerYear, registerNumber } of numbers) {
    const job = jobs.at(-1)
    if (job && job.registerYear === registerYear && job.count < FILES_A_JOB)
      Object.assign(job, { last: registerNumber, count: job.count + 1 })
    else jobs.push({ municipalityId, registerYear, first: registerNumber, last: registerNumber, count: 1 })
  }
  return jobs.map(({ count: _, ...job }) => job)
}
