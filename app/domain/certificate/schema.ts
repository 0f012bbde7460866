import { z } from 'zod'
import { id, lines, optional } from '../fields'

/** Issues to one person, or to everybody who has earned it when none is named. */
export const issueSchema = z.object({ person: optional(id()) })

export const revocationSchema = z.object({ reason: lines(1000, 'certificate.reason') })
