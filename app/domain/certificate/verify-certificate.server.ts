import { createHash } from 'node:crypto'
import { outsideMunicipalities } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { useUp } from '~/platform/limits.server'
import { certificateState, type CertificateState } from './certificate'
import { parseCertificateFacts } from './certificate-facts'
import { certificateView, type CertificateView } from './certificate-view'
import { foldCode } from './verify-code'

type Row = {
  municipality: string
  timeZone: string
  registerYear: number
  registerNumber: number
  issuedOn: string
  facts: string | null
  factsHold: boolean | null
  fileSha256: string | null
  fileSize: number | null
  revokedAt: number | null
  revocationReason: string | null
}

export type Verified = {
  code: string
  municipality: string
  timeZone: string
  registerNumber: number
  issuedOn: string
  state: CertificateState
  /** False when the kept facts are not those the register's hash was made of. */
  factsHold: boolean
  view: CertificateView | null
  file: { sha256: string; sizeBytes: number } | null
  revocation: { at: string; reason: string } | null
}

async function lookUp(code: string): Promise<Row | null> {
  const [row] = await outsideMunicipalities((db) => db.$queryRaw<{ found: Row | null }[]>`select verify_certificate(${code}) as found`)
  return row?.found ?? null
}

/**
 * What the public page says of the certificate behind a code as somebody typed it; null for an unknown one, which is counted for
 * `address`. One query for a known code. Throws `rate_limited` after too many unknown ones.
 */
export async function verifyCertificate(typed: string, address: string): Promise<Verified | null> {
  const code = foldCode(typed)
  const row = code && (await lookUp(code))
  if (!code || !row) {
    await useUp('verifyMiss', address)
    return null
  }
  return {
    code,
    municipality: row.municipality,
    timeZone: row.timeZone,
    registerNumber: row.registerNumber,
    issuedOn: row.issuedOn,
    state: certificateState({ isRevoked: row.revokedAt !== null, hasFacts: row.facts !== null }),
    factsHold: row.factsHold !== false,
    view: row.facts === null ? null : certificateView(parseCertificateFacts(row.facts)),
    file: row.fileSha256 === null ? null : { sha256: row.fileSha256, sizeBytes: row.fileSize! },
    revocation: row.revokedAt === null ? null : { at: new Date(row.revokedAt).toISOString(), reason: row.revocationReason! },
  }
}

export type Comparison = { same: boolean; sha256: string; sizeBytes: number }

/**
 * Whether a file is byte for byte the one issued under the code. Each is counted for `address`. Throws `not_found` for an unknown
 * code, `invalid` beside `file` for what is empty or no PDF, `conflict` while the issued file is being made, `rate_limited`.
 */
export async function compareFile(typed: string, bytes: Uint8Array, address: string): Promise<Comparison> {
  await useUp('verifyUpload', address)
  if (bytes.length === 0) throw new AppError('invalid', 'certificate.file_empty', { field: 'file' })
  if (!Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).includes('%PDF-'))
    throw new AppError('invalid', 'certificate.file_not_pdf', { field: 'file' })
  const code = foldCode(typed)
  const row = code && (await lookUp(code))
  if (!row) throw new AppError('not_found', 'certificate.unknown_code')
  if (row.fileSha256 === null) throw new AppError('conflict', 'certificate.file_not_ready', { field: 'file' })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { same: sha256 === row.fileSha256, sha256, sizeBytes: bytes.length }
}
