import { z } from 'zod'

const code = z
  .string()
  .regex(/^[a-z_]{1,40}(\.[a-z_]{1,40})?$/)
  .optional()
  .catch(undefined)

/** What the address of the audit trail asks for; what makes no sense there is left out. */
export const auditQuerySchema = z.object({
  action: code,
  type: code,
  subject: z.string().min(1).max(100).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1),
})
export type AuditQuery = z.output<typeof auditQuerySchema>
