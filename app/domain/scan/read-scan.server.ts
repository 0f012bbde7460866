import type { WorkerActor } from '~/platform/actor'
import { recordEvent } from '~/platform/audit.server'
import { keepBlobs } from '~/platform/blob.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { enqueue, wakeWorker } from '~/platform/jobs.server'
import { openFile, UnreadableFile, type ReadPage, type Unreadable } from '~/platform/pages/open-file.server'
import { readSheetQr, SHEET_QR_PREFIX, type SheetPage } from '../attendance/sheet-qr'
import { MEDIA_TYPE } from './file-kind'
import { MOST_PAGES } from './limits'
import { READ_SCANS, type ScanJob } from './scan-queue'

/** After this long the pages read so far are kept and the rest is a new job: well before a job counts as lost. */
const SLICE_MS = 5_000

type Slice = { pages: (ReadPage & { number: number })[]; count: number; refusedFor: Unreadable | null; isWhole: boolean }

/**
 * Takes an upload apart: every page becomes a picture for viewing and, where the code of a sheet of this municipality is read on it, lies
 * in its session from then on, in several where sheets of several are in the photograph. Pages that are there already are passed over, and an upload that was read changes nothing: a process that
 * died in the middle costs only the pages since. Ends early once `signal` is aborted, with the rest sent anew.
 */
export async function readScan(job: ScanJob, signal?: AbortSignal): Promise<void> {
  const actor: WorkerActor = { kind: 'worker', name: READ_SCANS, municipalityId: job.municipalityId }
  const upload = await inMunicipality(actor, (tx) =>
    tx.sheetUpload.findFirst({
      where: { id: job.uploadId, reading: null },
      select: { file: { select: { bytes: true, mediaType: true } }, scans: { select: { pageOfFile: true } } },
    }),
  )
  if (!upload) return
  const there = new Set(upload.scans.map(({ pageOfFile }) => pageOfFile))
  const slice = await readSlice(upload.file.bytes, upload.file.mediaType === MEDIA_TYPE.pdf, there, signal)
  if (slice.pages.length === 0 && !slice.isWhole && !slice.refusedFor) throw new Error('The process is ending; the job is for another')
  const isDone = await inMunicipality(actor, (tx) => keep(tx, actor, job, slice))
  if (!isDone) wakeWorker(READ_SCANS)
}

/** Says of an upload whose reading fails again and again that it cannot be read, so that it is shown as such and may be sent anew. */
export async function giveUpScan(job: ScanJob): Promise<void> {
  const actor: WorkerActor = { kind: 'worker', name: READ_SCANS, municipalityId: job.municipalityId }
  await inMunicipality(actor, (tx) => keep(tx, actor, job, { pages: [], count: 0, refusedFor: 'time', isWhole: false }))
}

async function readSlice(bytes: Uint8Array, isPdf: boolean, there: Set<number>, signal?: AbortSignal): Promise<Slice> {
  const until = performance.now() + SLICE_MS
  const slice: Slice = { pages: [], count: 0, refusedFor: null, isWhole: false }
  try {
    const file = await openFile(bytes, { isPdf, mostPages: MOST_PAGES, prefix: SHEET_QR_PREFIX })
    try {
      slice.count = file.count
      for (let number = 1; number <= file.count; number += 1) {
        if (there.has(number)) continue
        if (signal?.aborted || (slice.pages.length > 0 && performance.now() > until)) return slice
        slice.pages.push({ number, ...(await file.page(number)) })
      }
      return { ...slice, isWhole: true }
    } finally {
      file.close()
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    return { ...slice, refusedFor: error.reason }
  }
}

async function keep(tx: Tx, actor: WorkerActor, job: ScanJob, slice: Slice): Promise<boolean> {
  const { municipalityId, uploadId } = job
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${uploadId}, 2))`
  if (await tx.sheetReading.findUnique({ where: { uploadId } })) return true
  const there = new Set((await tx.sheetScan.findMany({ where: { uploadId }, select: { pageOfFile: true } })).map((one) => one.pageOfFile))
  const pages = slice.pages.filter(({ number }) => !there.has(number))
  const views = await keepBlobs(
    tx,
    municipalityId,
    pages.map(({ view }) => ({ bytes: view, mediaType: 'image/webp' })),
  )
  const homes = await homesOf(tx, pages)
  const scans = pages.flatMap(({ number }, at) =>
    (homes[at]!.length > 0 ? homes[at]! : [null]).map((home, sheet) => ({
      scan: { id: crypto.randomUUID(), pageOfFile: number, sheetOnPage: sheet + 1, viewSha256: views[at]! },
      home,
    })),
  )
  await tx.sheetScan.createMany({ data: scans.map(({ scan }) => ({ municipalityId, uploadId, ...scan })) })
  const placed = scans.flatMap(({ scan, home }) => (home ? [{ scanId: scan.id, sessionId: home.sessionId, page: home.page }] : []))
  await tx.scanPlacement.createMany({
    data: placed.map((one) => ({ municipalityId, ...one, isByQr: true, placedByName: READ_SCANS })),
  })
  const isDone = slice.isWhole || slice.refusedFor !== null
  if (isDone) {
    const { refusedFor } = slice
    await tx.sheetReading.create({ data: { uploadId, municipalityId, pageCount: refusedFor ? 0 : slice.count, refusedFor } })
  } else await enqueue(tx, READ_SCANS, [job])
  const told = { pages: pages.length, placed: placed.length, isDone, ...(slice.refusedFor ? { refusedFor: slice.refusedFor } : {}) }
  await recordEvent(tx, actor, 'scan.read', { type: 'scan', id: uploadId }, told)
  return isDone
}

type Home = Pick<SheetPage, 'sessionId' | 'page'>

/** The sessions whose codes are on a page, in the order they were found, each with the first page of its sheet that is there. */
function namedOn({ codes }: Pick<ReadPage, 'codes'>): Home[] {
  const homes = new Map<string, Home>()
  for (const found of codes.map(readSheetQr)) {
    if (!found) continue
    const { sessionId, page } = found
    homes.set(sessionId, { sessionId, page: Math.min(page, homes.get(sessionId)?.page ?? page) })
  }
  return [...homes.values()]
}

/**
 * Where each page lies: in every session whose code is on it, when all of them are the municipality's and of one trainer, who then sees
 * no sheet of others; else nowhere, and a person decides. A session of another municipality is as unknown as one that never was.
 */
async function homesOf(tx: Tx, pages: Pick<ReadPage, 'codes'>[]): Promise<Home[][]> {
  const named = pages.map(namedOn)
  const sessions = await tx.trainingSession.findMany({
    where: { sessionId: { in: named.flat().map(({ sessionId }) => sessionId) } },
    select: { sessionId: true, training: { select: { trainerAccountId: true } } },
  })
  const trainerOf = new Map(sessions.map(({ sessionId, training }) => [sessionId, training.trainerAccountId]))
  return named.map((homes) => {
    const trainers = new Set(homes.map(({ sessionId }) => trainerOf.get(sessionId)))
    return trainers.size === 1 && !trainers.has(undefined) ? homes : []
  })
}
