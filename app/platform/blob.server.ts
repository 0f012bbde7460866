import { createHash } from 'node:crypto'
import type { Tx } from './db.server'

export type NewBlob = { bytes: Uint8Array<ArrayBuffer>; mediaType: string }

/** Keeps files under the SHA-256 of what is in them, each once a municipality; returns those names in order. `mediaType` is decided by content. */
export async function keepBlobs(tx: Tx, municipalityId: string, files: readonly NewBlob[]): Promise<string[]> {
  const named = files.map(({ bytes, mediaType }) => ({
    municipalityId,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    mediaType,
    sizeBytes: bytes.length,
    bytes,
  }))
  // one statement a file: a batch would hold several copies of all of them
  for (const blob of named) await tx.blob.createMany({ data: [blob], skipDuplicates: true })
  return named.map(({ sha256 }) => sha256)
}
