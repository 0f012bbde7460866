import { authorize, type AccountActor } from '~/domain/policy'
import { recordEvent } from '~/platform/audit.server'
import { inMunicipality } from '~/platform/db.server'
import { violated } from '~/platform/db-errors.server'
import { AppError } from '~/platform/errors'
import { once } from '~/platform/submission.server'
import { findCertificate } from './certificate.server'

/**
 * Revokes a certificate for ever, with the reason the verify page shows. The number stays in the register; another certificate may
 * be issued afterwards. Returns the path of the certificate. Throws `not_found`, `forbidden`, and `conflict` when it was revoked before.
 */
export async function revokeCertificate(actor: AccountActor, certificateId: string, reason: string, key: string | null): Promise<string> {
  try {
    return await inMunicipality(actor, async (tx) => {
      const certificate = await findCertificate(tx, actor, certificateId)
      authorize(actor, 'certificate.revoke', null)
      return once(tx, actor, key, async () => {
        if (certificate.revocation) throw new AppError('conflict', 'certificate.already_revoked')
        await tx.certificateRevocation.create({
          data: { certificateId, municipalityId: actor.municipalityId, reason, revokedById: actor.accountId, revokedByName: actor.name },
        })
        const { registerYear, registerNumber } = certificate
        await recordEvent(
          tx,
          actor,
          'certificate.revoked',
          { type: 'certificate', id: certificateId },
          { registerYear, registerNumber, reason },
        )
        return `/certificates/${certificateId}`
      })
    })
  } catch (error) {
    if (violated(error, 'CertificateRevocation_pkey')) throw new AppError('conflict', 'certificate.already_revoked')
    throw error
  }
}
