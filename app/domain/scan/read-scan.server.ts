import type { WorkerActor } from '~/platform/actor'
import { recordEvent } from '~/platform/audit.server'
import { keepBlobs } from '~/platform/blob.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { enqueue, wakeWorker } from '~/platform/jobs.server'
import { openFile, UnreadableFile, type ReadPage, type Unreadable } from '~/platform/pages/open-file.server'
import { readSheetQr, SHEET_QR_PREFIX, type SheetPage } from '../attendance/sheet-qr'
import { MEDIA_TYPE } from './file-kind'
import { MOST_PAGES, MOST_SHEETS } from './limits'
import { READ_SCANS, type ScanJob } from './scan-queue'

/** After this long no further page is begun: those read are kept and the rest is a new job. */
const SLICE_MS = 5_000

type NumberedPage = ReadPage & { number: number }
/** `page` is that of a PDF which could not be read; null where the file was not opened or is a single picture. */
type Refusal = { reason: Unreadable; page: number | null }
type Slice = { pages: NumberedPage[]; count: number; refusal: Refusal | null; isWhole: boolean }

/**
 * Takes an upload apart: every page becomes a picture for viewing and, where the code of a sheet of this municipality is read on it, lies
 * in its session from then on; a photograph of several sheets, or of several pages of one, lies in each place. What was read counts all at
 * once, when the last page was, and not at all when one cannot be read. Pages that are there already are passed over, and an upload that
 * was read changes nothing: a process that died in the middle costs only the pages since. Ends early once `signal` is aborted, with the
 * rest sent anew.
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
  if (slice.pages.length === 0 && !slice.isWhole && !slice.refusal) throw new Error('The process is ending; the job is for another')
  const isDone = await inMunicipality(actor, (tx) => keep(tx, actor, job, slice))
  if (!isDone) wakeWorker(READ_SCANS)
}

/** Says of an upload whose reading fails again and again that it cannot be read, so that it is shown as such and may be sent anew. */
export async function giveUpScan(job: ScanJob): Promise<void> {
  const actor: WorkerActor = { kind: 'worker', name: READ_SCANS, municipalityId: job.municipalityId }
  const refusal: Refusal = { reason: 'time', page: null }
  await inMunicipality(actor, (tx) => keep(tx, actor, job, { pages: [], count: 0, refusal, isWhole: false }))
}

async function readSlice(bytes: Uint8Array, isPdf: boolean, there: Set<number>, signal?: AbortSignal): Promise<Slice> {
  const until = performance.now() + SLICE_MS
  const slice: Slice = { pages: [], count: 0, refusal: null, isWhole: false }
  let asked: number | null = null
  try {
    const file = await openFile(bytes, { isPdf, mostPages: MOST_PAGES, prefix: SHEET_QR_PREFIX })
    try {
      slice.count = file.count
      for (let number = 1; number <= file.count; number += 1) {
        if (there.has(number)) continue
        if (signal?.aborted || (slice.pages.length > 0 && performance.now() > until)) return slice
        asked = number
        slice.pages.push({ number, ...(await file.page(number)) })
      }
      return { ...slice, isWhole: true }
    } finally {
      await file.close()
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    return { ...slice, refusal: { reason: error.reason, page: isPdf ? asked : null } }
  }
}

async function keep(tx: Tx, actor: WorkerActor, job: ScanJob, { pages, count, refusal, isWhole }: Slice): Promise<boolean> {
  const { municipalityId, uploadId } = job
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${uploadId}, 2))`
  if (await tx.sheetReading.findUnique({ where: { uploadId } })) return true
  const settle = (reading: { pageCount: number; refusedFor?: Unreadable; refusedPage?: number | null }) =>
    tx.sheetReading.create({ data: { uploadId, municipalityId, ...reading } })
  const tell = (told: Record<string, string | number | boolean | null>) =>
    recordEvent(tx, actor, 'scan.read', { type: 'scan', id: uploadId }, told)
  if (refusal) {
    await settle({ pageCount: 0, refusedFor: refusal.reason, refusedPage: refusal.page })
    await tell({ isDone: true, refusedFor: refusal.reason, refusedPage: refusal.page })
    return true
  }
  const added = await addPages(tx, job, pages)
  if (isWhole) {
    await settle({ pageCount: count })
    await tell({ pages: count, placed: await tx.scanPlacement.count({ where: { scan: { uploadId } } }), isDone: true })
  } else {
    await enqueue(tx, READ_SCANS, [job])
    await tell({ pages: added, isDone: false })
  }
  return isWhole
}

/** Adds the pages that are not there yet, with the places they lie in; returns how many they were. */
async function addPages(tx: Tx, { municipalityId, uploadId }: ScanJob, pages: NumberedPage[]): Promise<number> {
  const there = new Set((await tx.sheetScan.findMany({ where: { uploadId }, select: { pageOfFile: true } })).map((one) => one.pageOfFile))
  const fresh = pages.filter(({ number }) => !there.has(number))
  const homes = await homesOf(tx, fresh)
  const scans = fresh.flatMap(({ number, view }, at) =>
    (homes[at]!.length > 0 ? homes[at]! : [{ view, sessionId: null, page: null }]).map((home, sheet) => ({
      id: crypto.randomUUID(),
      pageOfFile: number,
      sheetOnPage: sheet + 1,
      ...home,
    })),
  )
  const views = [...new Set(scans.map(({ view }) => view))]
  const names = await keepBlobs(
    tx,
    municipalityId,
    views.map((bytes) => ({ bytes, mediaType: 'image/webp' })),
  )
  await tx.sheetScan.createMany({
    data: scans.map(({ id, pageOfFile, sheetOnPage, view }) => ({
      id,
      municipalityId,
      uploadId,
      pageOfFile,
      sheetOnPage,
      viewSha256: names[views.indexOf(view)]!,
    })),
  })
  await tx.scanPlacement.createMany({
    data: scans.flatMap(({ id, sessionId, page }) =>
      sessionId ? [{ municipalityId, scanId: id, sessionId, page, isByQr: true, placedByName: READ_SCANS }] : [],
    ),
  })
  return fresh.length
}

type Home = Pick<SheetPage, 'sessionId' | 'page'> & Pick<ReadPage, 'view'>

/** The pages of sheets whose codes are on a page, in the order they were found, each once and as it stands upright. */
function namedOn({ codes }: Pick<ReadPage, 'codes'>): Home[] {
  const homes = new Map<string, Home>()
  for (const { text, view } of codes) {
    const found = readSheetQr(text)
    if (!found) continue
    const { sessionId, page } = found
    const place = `${sessionId}:${page}`
    if (!homes.has(place)) homes.set(place, { sessionId, page, view })
  }
  return [...homes.values()]
}

/**
 * Where each page lies: in every session, at every page of its sheet, whose code is on it, when all of them are the municipality's and of
 * one trainer, who then sees no sheet of others; else nowhere, and a person decides, as where there are more codes than sheets can lie in
 * one picture. A session of another municipality is as unknown as one that never was.
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
    return trainers.size === 1 && !trainers.has(undefined) && homes.length <= MOST_SHEETS ? homes : []
  })
}
