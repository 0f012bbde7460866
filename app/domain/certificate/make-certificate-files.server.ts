import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { WorkerActor } from '~/platform/actor'
import { recordEvent } from '~/platform/audit.server'
import { inMunicipality, outsideMunicipalities, type Tx } from '~/platform/db.server'
import { enqueue, wakeWorker } from '~/platform/jobs.server'
import { log } from '~/platform/log.server'
import { parseCertificateFacts } from './certificate-facts'
import { renderCertificate } from './certificate-pdf.server'
import { CERTIFICATE_FILES, fileJobs, type FileJob } from './certificate-queue'

type Waiting = { id: string; facts: string }
type Drawn = { id: string; sha256: string; bytes: Buffer }

const worker = (municipalityId: string): WorkerActor => ({ kind: 'worker', name: CERTIFICATE_FILES, municipalityId })

/**
 * Draws and keeps the files of one job's certificates; what has a file already or is being drawn by another process is left alone.
 * Returns how many were made. Everything of a job is one short transaction whose locks end with the connection, so a process that
 * dies leaves its certificates free for the next. One that cannot be drawn does not hold up the others; then it throws at the end.
 */
export async function makeCertificateFiles(job: FileJob, signal?: AbortSignal): Promise<number> {
  const failed: string[] = []
  const actor = worker(job.municipalityId)
  const made = await inMunicipality(actor, async (tx) => {
    const drawn: Drawn[] = []
    for (const certificate of await takeWaiting(tx, job)) {
      if (signal?.aborted) break
      const file = await draw(certificate)
      if (file) drawn.push(file)
      else failed.push(certificate.id)
      await setImmediate() // requests come between two drawings of some ten milliseconds each
    }
    await keep(tx, actor, drawn)
    return drawn.length
  })
  if (failed.length > 0) throw new Error(`Certificates that could not be drawn: ${failed.join(', ')}`)
  if (signal?.aborted) throw new Error('The process is ending; the rest of the job is for another')
  return made
}

/** Locks the job's certificates first and looks for their files afterwards: what another process kept until then is seen. */
async function takeWaiting(tx: Tx, { municipalityId, registerYear, first, last }: FileJob): Promise<Waiting[]> {
  const free = await tx.$queryRaw<{ id: string }[]>`
    with waiting as materialized (
      select c."id" from "Certificate" c
      where c."municipalityId" = ${municipalityId}::uuid and c."registerYear" = ${registerYear}::int and c."registerNumber" between ${first}::int and ${last}::int
        and not exists (select from "CertificateFile" f where f."certificateId" = c."id")
    )
    select "id" from waiting where pg_try_advisory_xact_lock(hashtextextended("id"::text, 0))`
  if (free.length === 0) return []
  return tx.$queryRaw<Waiting[]>`
    select c."id", t."facts" from "Certificate" c join "CertificateFacts" t on t."certificateId" = c."id"
    where c."id" = any (${free.map(({ id }) => id)}::uuid[]) and not exists (select from "CertificateFile" f where f."certificateId" = c."id")
    order by c."registerNumber"`
}

async function draw({ id, facts }: Waiting): Promise<Drawn | null> {
  try {
    const bytes = await renderCertificate(parseCertificateFacts(facts))
    return { id, sha256: createHash('sha256').update(bytes).digest('hex'), bytes }
  } catch (error) {
    log('error', 'certificate.not_drawn', { certificate: id, error: error instanceof Error ? error.name : 'unknown' })
    return null
  }
}

async function keep(tx: Tx, actor: WorkerActor, drawn: Drawn[]) {
  if (drawn.length === 0) return
  const { municipalityId } = actor
  await tx.blob.createMany({
    data: drawn.map(({ sha256, bytes }) => ({
      municipalityId,
      sha256,
      mediaType: 'application/pdf',
      sizeBytes: bytes.length,
      bytes: new Uint8Array(bytes),
    })),
    skipDuplicates: true,
  })
  await tx.certificateFile.createMany({
    data: drawn.map(({ id, sha256 }) => ({ certificateId: id, municipalityId, sha256 })),
    skipDuplicates: true,
  })
  await recordEvent(
    tx,
    actor,
    'certificate.files_made',
    { type: 'certificate', id: drawn.length === 1 ? drawn[0]!.id : null },
    { files: Object.fromEntries(drawn.map(({ id, sha256 }) => [id, sha256])) },
  )
}

/**
 * Sends jobs for every certificate that has no file, in whatever municipality: the end of what a crash left. Returns how many
 * certificates wait. Jobs that are already on their way for the same certificates find nothing left to do.
 */
export async function sendForMissingFiles(): Promise<number> {
  const places = await outsideMunicipalities((db) => db.$queryRaw<{ id: string }[]>`select municipalities_with_missing_files() as id`)
  let waiting = 0
  for (const { id } of places)
    waiting += await inMunicipality({ municipalityId: id }, async (tx) => {
      const numbers = await tx.certificate.findMany({
        where: { municipalityId: id, file: null, facts: { isNot: null } },
        orderBy: [{ registerYear: 'asc' }, { registerNumber: 'asc' }],
        select: { registerYear: true, registerNumber: true },
      })
      await enqueue(tx, CERTIFICATE_FILES, fileJobs(id, numbers))
      return numbers.length
    })
  if (waiting > 0) wakeWorker(CERTIFICATE_FILES)
  return waiting
}
