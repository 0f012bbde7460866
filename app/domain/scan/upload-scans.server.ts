import { createHash } from 'node:crypto'
import { authorize, type AccountActor } from '~/domain/policy'
import { recordEvent } from '~/platform/audit.server'
import { keepBlobs } from '~/platform/blob.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { enqueue, wakeWorker } from '~/platform/jobs.server'
import { fileKind, MEDIA_TYPE, type FileKind, type NotTaken } from './file-kind'
import { LARGEST_FILE_MB } from './limits'
import { READ_SCANS } from './scan-queue'

type Refusal = NotTaken | 'too_large' | 'known'
export type Uploaded = { taken: number; refused: { name: string; reason: Refusal }[] }
type Offered = { name: string; bytes: Uint8Array<ArrayBuffer>; sha256: string; kind: FileKind }

const CONTROL = /[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
const LONGEST_NAME = 200

/** The last part of the name a device gave the file, as it may be shown. */
function nameOf(file: File): string {
  const last = file.name.normalize('NFC').replace(CONTROL, '').split(/[\\/]/).at(-1)!.trim()
  return [...last].slice(-LONGEST_NAME).join('') || 'скан'
}

/**
 * Takes files with scans of signed sheets: each is kept as it came, with the job that reads it. What is no JPEG, PNG or PDF is left out,
 * and what the municipality has already, unless it could not be read; `refused` names them with the reason. Throws `forbidden`.
 */
export async function uploadScans(actor: AccountActor, files: readonly File[]): Promise<Uploaded> {
  authorize(actor, 'scan.list', null)
  const refused: Uploaded['refused'] = []
  const offered: Offered[] = []
  for (const file of files) {
    const name = nameOf(file)
    const checked = file.size > LARGEST_FILE_MB * 1024 * 1024 ? { notTaken: 'too_large' as const } : await open(file)
    if ('notTaken' in checked) refused.push({ name, reason: checked.notTaken })
    else offered.push({ name, ...checked })
  }
  const { taken, known } = await inMunicipality(actor, async (tx) => {
    const there = await knownIn(tx, actor, offered)
    const fresh = offered.filter(({ sha256 }, at) => !there.has(sha256) && offered.findIndex((one) => one.sha256 === sha256) === at)
    if (fresh.length > 0) await keep(tx, actor, fresh)
    return {
      taken: fresh.length,
      known: offered.filter((one) => !fresh.includes(one)).map(({ name }) => ({ name, reason: 'known' as const })),
    }
  })
  if (taken > 0) wakeWorker(READ_SCANS)
  return { taken, refused: [...refused, ...known] }
}

async function open(file: File): Promise<Omit<Offered, 'name'> | { notTaken: NotTaken }> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const kind = fileKind(bytes)
  return typeof kind === 'string' ? { bytes, kind, sha256: createHash('sha256').update(bytes).digest('hex') } : kind
}

/** Of the files offered, those that were read before or wait for it. Two who send the same one at once come one after the other. */
async function knownIn(tx: Tx, actor: AccountActor, offered: Offered[]): Promise<Set<string>> {
  const names = offered.map(({ sha256 }) => sha256).sort()
  for (const sha256 of names)
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`${actor.municipalityId}:${sha256}`}, 1))`
  const rows = await tx.sheetUpload.findMany({
    where: { fileSha256: { in: names }, OR: [{ reading: null }, { reading: { refusedFor: null } }] },
    select: { fileSha256: true },
  })
  return new Set(rows.map(({ fileSha256 }) => fileSha256))
}

async function keep(tx: Tx, actor: AccountActor, fresh: Offered[]) {
  const { municipalityId } = actor
  await keepBlobs(
    tx,
    municipalityId,
    fresh.map(({ bytes, kind }) => ({ bytes, mediaType: MEDIA_TYPE[kind] })),
  )
  const uploads = fresh.map(({ name, sha256 }) => ({
    id: crypto.randomUUID(),
    municipalityId,
    fileSha256: sha256,
    fileName: name,
    uploadedById: actor.accountId,
    uploadedByName: actor.name,
  }))
  await tx.sheetUpload.createMany({ data: uploads })
  await enqueue(
    tx,
    READ_SCANS,
    uploads.map(({ id }) => ({ municipalityId, uploadId: id })),
  )
  const files = Object.fromEntries(uploads.map(({ id, fileSha256 }) => [id, fileSha256]))
  await recordEvent(tx, actor, 'scan.uploaded', { type: 'scan', id: uploads.length === 1 ? uploads[0]!.id : null }, { files })
}
